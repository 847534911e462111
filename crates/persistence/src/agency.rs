//! Agencies, groups of agencies, and successions of agencies.

use crate::edit::{Editable, Reference, erase_of};
use domain::{Agency, AgencyGroup, AgencySuccession, Fault, Id, RecordKind, TenantId, Visibility, text};

use crate::access::Holds;
use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, across, own};
use crate::record::{Record, Searchable, Stored};
use crate::search::{Folded, folded};
use crate::{Edge, Field, Sort, StoreError, Tx};

mod group;
mod succession;

mod agencies {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agencies")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub sector: Option<String>,
        pub level: String,
        pub name_vi: String,
        pub name_en: Option<String>,
        pub short_name: Option<String>,
        pub aliases: String,
        pub locality_id: Option<Uuid>,
        pub parent_id: Option<Uuid>,
        pub valid_from: Option<String>,
        pub valid_to: Option<String>,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Agency {
    type Entity = agencies::Entity;
    type Key = Id<Agency>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: agencies::Model) -> Result<Self, StoreError> {
        let agencies::Model {
            tenant_id,
            id,
            visibility,
            sector,
            level,
            name_vi,
            name_en,
            short_name,
            aliases,
            locality_id,
            parent_id,
            valid_from,
            valid_to,
            note,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            sector,
            level: codec::code("level", &level)?,
            name_vi,
            name_en,
            short_name,
            aliases: codec::list("aliases", &aliases)?,
            locality: locality_id.map(|id| Id::new(tenant, id)),
            parent: parent_id.map(|id| Id::new(tenant, id)),
            valid_from: codec::date_opt(valid_from.as_deref())?,
            valid_to: codec::date_opt(valid_to.as_deref())?,
            note,
            version,
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for Agency {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Agency));

    fn row(&self) -> agencies::Model {
        agencies::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            sector: self.sector.clone(),
            level: codec::text(self.level),
            name_vi: self.name_vi.clone(),
            name_en: self.name_en.clone(),
            short_name: self.short_name.clone(),
            aliases: codec::json(&self.aliases),
            locality_id: self.locality.map(|id| id.uuid),
            parent_id: self.parent.map(|id| id.uuid),
            valid_from: codec::edtf(self.valid_from.as_ref()),
            valid_to: codec::edtf(self.valid_to.as_ref()),
            note: self.note.clone(),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = vec![
            ("name_fold", text::fold(&self.name_vi).into()),
            ("names_fold", format!("\n{}\n", self.names()).into()),
            ("name_sort", text::sort_key(&self.name_vi).into()),
        ];
        columns.extend(codec::bounds("valid_from_earliest", "valid_from_latest", self.valid_from.as_ref()));
        columns.extend(codec::bounds("valid_to_earliest", "valid_to_latest", self.valid_to.as_ref()));
        columns
    }

    fn searchable(&self) -> Option<Searchable> {
        Some(Searchable {
            tenant: self.id.tenant,
            id: self.id.uuid,
            visibility: self.visibility,
            kind: RecordKind::Agency,
            folded: self.names(),
        })
    }
}

impl Folded for Agency {
    fn names(&self) -> String {
        let first = [Some(self.name_vi.as_str()), self.short_name.as_deref(), self.name_en.as_deref()];
        folded(first.into_iter().chain(self.aliases.iter().map(|name| Some(name.as_str()))))
    }
}

impl Editable for Agency {
    const KIND: RecordKind = RecordKind::Agency;
    const REFERRED: bool = true;

    fn faults(&self) -> Vec<Fault> {
        Agency::faults(self)
    }

    fn references(&self) -> Vec<Reference> {
        let mut references: Vec<Reference> =
            self.sector.iter().map(|sector| Reference::code("sector", "sectors", sector)).collect();
        let own = [
            Reference::maybe("locality", RecordKind::Locality, self.locality),
            Reference::maybe("parent", RecordKind::Agency, self.parent),
        ];
        references.extend(own.into_iter().flatten().map(|one| one.within(self.id.tenant)));
        references
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    async fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> Result<(), StoreError> {
        erase_of::<AgencySuccession, _>(tx, "from_id", ids).await
    }
}

/// Every folded name, each between line breaks.
pub const NAMES: Field<Agency> = Field::new("names_fold");
/// Level.
pub const LEVEL: Field<Agency> = Field::new("level");
/// Sector code.
pub const SECTOR: Field<Agency> = Field::new("sector");
/// Earliest day on which it may have begun.
pub const VALID_FROM: Field<Agency> = Field::new("valid_from_earliest");
/// Latest day on which it may have ended.
pub const VALID_TO: Field<Agency> = Field::new("valid_to_latest");
/// By name, in Vietnamese order.
pub const BY_NAME: Sort<Agency> = Sort::by("name_sort", false);

/// The agencies inside an agency.
pub const CHILDREN: Edge<Agency, Agency> =
    Edge::new("agency.children", Via::Child(own("parent_id"))).order(&[("name_sort", false)]);
/// Members of a group.
pub const OF_GROUP: Edge<AgencyGroup, Agency> = Edge::new(
    "group.members",
    Via::Through {
        table: "agency_group_members",
        holds: Holds::RECORDS,
        parent: own("group_id"),
        child: across("agency_tenant_id", "agency_id"),
        only: None,
    },
)
.order(&[("name_sort", false)]);
/// Groups that an agency is known to be in.
pub const GROUPS: Edge<Agency, AgencyGroup> = Edge::new(
    "agency.groups",
    Via::Through {
        table: "agency_group_members",
        holds: Holds::RECORDS,
        parent: across("agency_tenant_id", "agency_id"),
        child: own("group_id"),
        only: None,
    },
);
/// What took over from an agency.
pub const SUCCESSORS: Edge<Agency, AgencySuccession> = Edge::new("agency.successors", Via::Child(own("from_id")));
/// What an agency took over from.
pub const PREDECESSORS: Edge<Agency, AgencySuccession> =
    Edge::new("agency.predecessors", Via::Child(across("to_tenant_id", "to_id")));
