//! Which sources vouch for a record, as people say. What dossiers say comes with their import.

use domain::change::Operation;
use domain::fault::FaultCode;
use domain::{Basis, Fault, Id, Program, Provenance, RecordKind, Source, TenantId};
use sea_orm::sea_query::ExprTrait;
use uuid::Uuid;

use super::{EditError, Edited, Reference, find};
use crate::audit::Written;
use crate::filter::alias;
use crate::record::{Record, Stored, among, col, every, read_all};
use crate::{StoreError, Tx};

/// Has a source vouch for a record that one may see, whosever it is.
pub async fn vouch(
    tx: &Tx,
    source: Id<Source>,
    (kind, tenant, record): (RecordKind, TenantId, Uuid),
    basis: Basis,
) -> Edited<Source> {
    let mut link = Provenance::by_hand(source, kind, (tenant, record), basis);
    let mut faults = Vec::new();
    if kind.has_sources() {
        let to = Reference::record("record", kind, Id::<Provenance>::new(tenant, record));
        match tx.parent(&to).await? {
            Some(visibility) => link.visibility = visibility,
            None => faults.push(to.missing()),
        }
    } else {
        faults.push(Fault::new(
            "record",
            "sources are linked to programs, agencies, people, events and documents; link it to the one that this belongs to",
            "nguồn được gắn với chương trình, cơ quan, cá nhân, sự kiện và văn bản; hãy gắn với hồ sơ mà mục này thuộc về",
        ));
    }
    let found = open(tx, source, &mut faults).await?;
    if !tx.links(source, (tenant, record)).await?.is_empty() {
        faults.push(Fault::of(
            FaultCode::InvalidTransition,
            &["record"],
            "the source vouches for it already; sourceUnlink takes back what was linked by hand",
            "nguồn đã được gắn với hồ sơ này; sourceUnlink hủy liên kết đã gắn thủ công",
        ));
    }
    let Some(found) = found.filter(|_| faults.is_empty()) else { return Err(EditError::Faults(faults)) };
    tx.put(std::slice::from_ref(&link)).await?;
    let entry = Written::between::<Provenance>(&link.id, None, Some(&link.row()));
    tx.written().push(entry);
    tx.linked(&found, (kind, tenant, record)).await?;
    Ok(found)
}

/// Takes back that a source vouches for a record.
pub async fn unvouch(
    tx: &Tx,
    source: Id<Source>,
    (kind, tenant, record): (RecordKind, TenantId, Uuid),
) -> Edited<Source> {
    let mut faults = Vec::new();
    let found = open(tx, source, &mut faults).await?;
    let links = tx.links(source, (tenant, record)).await?;
    let links: Vec<Provenance> = links.into_iter().filter(|one| one.kind == kind).collect();
    if links.is_empty() && found.is_some() {
        faults.push(Fault::not_found("record"));
    } else if !links.iter().all(Provenance::is_by_hand) {
        faults.push(Fault::of(
            FaultCode::InvalidTransition,
            &["record"],
            "the source's dossier says so; change the dossier and import it again",
            "liên kết này do hồ sơ nguồn nêu; hãy sửa hồ sơ nguồn rồi nhập lại",
        ));
    }
    let Some(found) = found.filter(|_| faults.is_empty()) else { return Err(EditError::Faults(faults)) };
    tx.erase_provenances(&links).await?;
    tx.linked(&found, (kind, tenant, record)).await?;
    Ok(found)
}

/// The source, if whoever acts may say for what it vouches.
async fn open(tx: &Tx, source: Id<Source>, faults: &mut Vec<Fault>) -> Result<Option<Source>, StoreError> {
    let Some(found) = find(tx, source).await? else {
        faults.push(Fault::not_found("source"));
        return Ok(None);
    };
    faults.extend(tx.may_change("source", &found, &[found.visibility]));
    Ok(Some(found))
}

impl Tx {
    /// What says that a source vouches for a record.
    async fn links(
        &self,
        source: Id<Source>,
        (tenant, record): (TenantId, Uuid),
    ) -> Result<Vec<Provenance>, StoreError> {
        let t = alias(0);
        let mut select = every::<Provenance>(t);
        select
            .cond_where(among(t, (Some("tenant_id"), "source_id"), &[source]))
            .cond_where(col(t, "record_tenant_id").eq(tenant.0))
            .cond_where(col(t, "record_id").eq(record))
            .cond_where(self.access().condition(Provenance::HOLDS, t));
        read_all(&self.rows(&select).await?)
    }

    /// Tells whoever follows the source that its links have changed, and has it worked out anew what is shared.
    async fn linked(
        &self,
        source: &Source,
        (kind, tenant, record): (RecordKind, TenantId, Uuid),
    ) -> Result<(), StoreError> {
        if kind == RecordKind::Program && self.acts_for(tenant) {
            self.touch([Id::<Program>::new(tenant, record)]);
        }
        self.list::<Source>(Operation::Updated, &[source.id]).await
    }

    /// Removes everything for which sources vouch.
    pub(crate) async fn erase_links(&self, sources: &[Id<Source>]) -> Result<(), StoreError> {
        let t = alias(0);
        let mut select = every::<Provenance>(t);
        select.cond_where(among(t, (Some("tenant_id"), "source_id"), sources));
        let links: Vec<Provenance> = read_all(&self.rows(&select).await?)?;
        self.erase_provenances(&links).await
    }

    async fn erase_provenances(&self, links: &[Provenance]) -> Result<(), StoreError> {
        let entry = |link: &Provenance| Written::between::<Provenance>(&link.id, Some(&link.row()), None);
        self.written().extend(links.iter().map(entry));
        self.delete::<Provenance>(&links.iter().map(Record::key).collect::<Vec<_>>()).await?;
        Ok(())
    }
}
