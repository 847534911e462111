//! What a submission says on each indicator, and which results that has become.

use domain::{Fault, Id, Outcome, RecordKind, Submission, SubmissionItem, SubmissionResult, TenantId, Visibility};

use crate::access::Holds;
use crate::change::Listed;
use crate::codec;
use crate::edge::{Via, own};
use crate::edit::{Editable, Reference};
use crate::record::{Record, Stored};
use crate::{Edge, StoreError};

mod items {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "submission_items")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub submission_id: Uuid,
        pub position: i32,
        pub indicator: String,
        pub label: String,
        pub value_e4: Option<i64>,
        pub qualifier: String,
        pub quantity_text: Option<String>,
        pub statement: Option<String>,
        pub period_start: Option<String>,
        pub period_end: Option<String>,
        pub open_ended: bool,
        pub as_of: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for SubmissionItem {
    type Entity = items::Entity;
    type Key = Id<SubmissionItem>;
    const HOLDS: Holds = Holds::Between;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: items::Model) -> Result<Self, StoreError> {
        let items::Model {
            tenant_id,
            id,
            visibility,
            submission_id,
            position,
            indicator,
            label,
            value_e4,
            qualifier,
            quantity_text,
            statement,
            period_start,
            period_end,
            open_ended,
            as_of,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            submission: Id::new(tenant, submission_id),
            order: position,
            indicator,
            label,
            quantity: codec::quantity(value_e4, &qualifier, quantity_text)?,
            statement,
            period: codec::period(period_start.as_deref(), period_end.as_deref(), open_ended)?,
            as_of: codec::date_opt(as_of.as_deref())?,
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for SubmissionItem {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::SubmissionItem));

    fn row(&self) -> items::Model {
        let (period_start, period_end, open_ended) = codec::period_columns(self.period.as_ref());
        items::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            submission_id: self.submission.uuid,
            position: self.order,
            indicator: self.indicator.clone(),
            label: self.label.clone(),
            value_e4: self.quantity.value_e4(),
            qualifier: codec::text(self.quantity.qualifier()),
            quantity_text: self.quantity.text().map(ToOwned::to_owned),
            statement: self.statement.clone(),
            period_start,
            period_end,
            open_ended,
            as_of: codec::edtf(self.as_of.as_ref()),
            version: self.version,
        }
    }
}

impl Editable for SubmissionItem {
    const KIND: RecordKind = RecordKind::SubmissionItem;
    const SHARED_BY_PROGRAMS: bool = false;

    fn faults(&self) -> Vec<Fault> {
        SubmissionItem::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("submission", RecordKind::Submission, self.submission))
    }

    fn references(&self) -> Vec<Reference> {
        vec![Reference::code("indicator", "indicators", &self.indicator)]
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

mod results {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "submission_results")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub submission_id: Uuid,
        pub item_id: Uuid,
        pub result_id: Uuid,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for SubmissionResult {
    type Entity = results::Entity;
    type Key = Id<SubmissionResult>;
    const HOLDS: Holds = Holds::Between;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: results::Model) -> Result<Self, StoreError> {
        let results::Model { tenant_id, id, visibility, submission_id, item_id, result_id } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            submission: Id::new(tenant, submission_id),
            item: Id::new(tenant, item_id),
            result: Id::new(tenant, result_id),
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for SubmissionResult {
    fn row(&self) -> results::Model {
        results::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            submission_id: self.submission.uuid,
            item_id: self.item.uuid,
            result_id: self.result.uuid,
        }
    }
}

/// What a submission says, in order.
pub const ITEMS: Edge<Submission, SubmissionItem> =
    Edge::new("submission.items", Via::Child(own("submission_id"))).order(&[("position", false)]);
/// The results that a submission's items have become.
pub const RESULTS: Edge<Submission, Outcome> =
    Edge::new("submission.results", through("submission_id", "result_id")).order(&[("position", false)]);
/// The result that an item has become.
pub const ITEM_RESULT: Edge<SubmissionItem, Outcome> =
    Edge::new("submissionItem.result", through("item_id", "result_id"));
/// The submission by which a result was reported.
pub const OF_RESULT: Edge<Outcome, Submission> = Edge::new("result.submission", through("result_id", "submission_id"));

const fn through(parent: &'static str, child: &'static str) -> Via {
    Via::Through {
        table: "submission_results",
        holds: Holds::Between,
        parent: own(parent),
        child: own(child),
        only: None,
    }
}
