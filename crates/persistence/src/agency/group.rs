//! Collective parties and their members.

use domain::{AgencyGroup, AgencyGroupMember, Fault, Id, RecordKind, TenantId, Visibility};

use crate::change::Listed;
use crate::codec;
use crate::edit::{Editable, Reference, erase_of};
use crate::record::{Record, Stored};
use crate::{StoreError, Tx};

mod agency_groups {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agency_groups")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub label: String,
        pub sector: Option<String>,
        pub level: Option<String>,
        pub member_count: Option<i32>,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for AgencyGroup {
    type Entity = agency_groups::Entity;
    type Key = Id<AgencyGroup>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: agency_groups::Model) -> Result<Self, StoreError> {
        let agency_groups::Model { tenant_id, id, visibility, label, sector, level, member_count, note, version } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            label,
            sector,
            level: codec::code_opt("level", level.as_deref())?,
            count: member_count,
            note,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for AgencyGroup {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::AgencyGroup));

    fn row(&self) -> agency_groups::Model {
        agency_groups::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            label: self.label.clone(),
            sector: self.sector.clone(),
            level: self.level.map(codec::text),
            member_count: self.count,
            note: self.note.clone(),
            version: self.version,
        }
    }
}

mod agency_group_members {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agency_group_members")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub group_id: Uuid,
        pub agency_tenant_id: i32,
        pub agency_id: Uuid,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for AgencyGroupMember {
    type Entity = agency_group_members::Entity;
    type Key = Id<AgencyGroupMember>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: agency_group_members::Model) -> Result<Self, StoreError> {
        let agency_group_members::Model { tenant_id, id, visibility, group_id, agency_tenant_id, agency_id } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            group: Id::new(tenant, group_id),
            agency: Id::new(TenantId(agency_tenant_id), agency_id),
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for AgencyGroupMember {
    fn row(&self) -> agency_group_members::Model {
        agency_group_members::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            group_id: self.group.uuid,
            agency_tenant_id: self.agency.tenant.0,
            agency_id: self.agency.uuid,
        }
    }
}

impl Editable for AgencyGroup {
    const KIND: RecordKind = RecordKind::AgencyGroup;

    fn faults(&self) -> Vec<Fault> {
        AgencyGroup::faults(self)
    }

    fn references(&self) -> Vec<Reference> {
        self.sector.iter().map(|sector| Reference::code("sector", "sectors", sector)).collect()
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    async fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> Result<(), StoreError> {
        erase_of::<AgencyGroupMember, _>(tx, "group_id", ids).await
    }
}

impl Editable for AgencyGroupMember {
    const KIND: RecordKind = RecordKind::AgencyGroupMember;

    fn faults(&self) -> Vec<Fault> {
        Vec::new()
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("group", RecordKind::AgencyGroup, self.group))
    }

    fn references(&self) -> Vec<Reference> {
        vec![Reference::record("", RecordKind::Agency, self.agency)]
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}
