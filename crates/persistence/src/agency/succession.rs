//! How agencies follow one another.

use domain::{AgencySuccession, Fault, Id, RecordKind, TenantId, Visibility};

use crate::StoreError;
use crate::codec::{self, Computed};
use crate::edit::{Editable, Reference};
use crate::record::{Record, Stored};

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

impl Editable for AgencySuccession {
    const KIND: RecordKind = RecordKind::AgencySuccession;

    fn faults(&self) -> Vec<Fault> {
        AgencySuccession::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("from", RecordKind::Agency, self.from))
    }

    fn references(&self) -> Vec<Reference> {
        vec![Reference::record("agency", RecordKind::Agency, self.to)]
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}
