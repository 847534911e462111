//! Agencies, groups of agencies, and successions of agencies.

use domain::{Agency, AgencyGroup, AgencyGroupMember, AgencySuccession, Id, RecordKind, TenantId, text};

use crate::access::Holds;
use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, across, own};
use crate::record::{Record, Searchable, Stored};
use crate::search::{Folded, folded};
use crate::{Edge, Field, Sort, StoreError};

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

mod agency_successions {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agency_successions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub from_id: Uuid,
        pub to_tenant_id: i32,
        pub to_id: Uuid,
        pub happened_on: Option<String>,
        pub function: Option<String>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for AgencySuccession {
    type Entity = agency_successions::Entity;
    type Key = Id<AgencySuccession>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: agency_successions::Model) -> Result<Self, StoreError> {
        let agency_successions::Model {
            tenant_id,
            id,
            visibility,
            from_id,
            to_tenant_id,
            to_id,
            happened_on,
            function,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            from: Id::new(tenant, from_id),
            to: Id::new(TenantId(to_tenant_id), to_id),
            on: codec::date_opt(happened_on.as_deref())?,
            function,
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for AgencySuccession {
    fn row(&self) -> agency_successions::Model {
        agency_successions::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            from_id: self.from.uuid,
            to_tenant_id: self.to.tenant.0,
            to_id: self.to.uuid,
            happened_on: codec::edtf(self.on.as_ref()),
            function: self.function.clone(),
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = Vec::new();
        columns.extend(codec::bounds("happened_earliest", "happened_latest", self.on.as_ref()));
        columns
    }
}

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

impl Folded for Agency {
    fn names(&self) -> String {
        let first = [Some(self.name_vi.as_str()), self.short_name.as_deref(), self.name_en.as_deref()];
        folded(first.into_iter().chain(self.aliases.iter().map(|name| Some(name.as_str()))))
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
