//! Results.

use std::collections::BTreeSet;

use crate::edit::{Editable, Reference, erase_of};
use domain::{Event, Fault, Id, Involvement, Outcome, Program, RecordKind, TenantId, Visibility};

use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, own};
use crate::filter::alias;
use crate::record::{Key, Record, Stored, among, every, read_all};
use crate::{Edge, Field, Sort, StoreError, Tx};

mod results {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "results")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_id: Uuid,
        pub event_id: Option<Uuid>,
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
        pub scope: Option<String>,
        pub sites: String,
        pub audience: String,
        pub names: String,
        pub of_result_id: Option<Uuid>,
        pub subset_of_id: Option<Uuid>,
        pub denominator_id: Option<Uuid>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Outcome {
    type Entity = results::Entity;
    type Key = Id<Outcome>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: results::Model) -> Result<Self, StoreError> {
        let results::Model {
            tenant_id,
            id,
            visibility,
            program_id,
            event_id,
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
            scope,
            sites,
            audience,
            names,
            of_result_id,
            subset_of_id,
            denominator_id,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            program: Id::new(tenant, program_id),
            event: event_id.map(|id| Id::new(tenant, id)),
            order: position,
            indicator,
            label,
            quantity: codec::quantity(value_e4, &qualifier, quantity_text)?,
            statement,
            period: codec::period(period_start.as_deref(), period_end.as_deref(), open_ended)?,
            as_of: codec::date_opt(as_of.as_deref())?,
            scope,
            sites: codec::list("sites", &sites)?,
            audience: codec::list("audience", &audience)?,
            names: codec::list("names", &names)?,
            of_result: of_result_id.map(|id| Id::new(tenant, id)),
            subset_of: subset_of_id.map(|id| Id::new(tenant, id)),
            denominator: denominator_id.map(|id| Id::new(tenant, id)),
            visibility: codec::code("visibility", &visibility)?,
            version,
        })
    }
}

impl Stored for Outcome {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Result).within("program_id"));

    fn row(&self) -> results::Model {
        let (period_start, period_end, open_ended) = codec::period_columns(self.period.as_ref());
        results::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id: self.program.uuid,
            event_id: self.event.map(|id| id.uuid),
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
            scope: self.scope.clone(),
            sites: codec::json(&self.sites),
            audience: codec::json(&self.audience),
            names: codec::json(&self.names),
            of_result_id: self.of_result.map(|id| id.uuid),
            subset_of_id: self.subset_of.map(|id| id.uuid),
            denominator_id: self.denominator.map(|id| id.uuid),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = Vec::new();
        columns.extend(codec::period_bounds(self.period.as_ref()));
        columns.extend(codec::bounds("as_of_earliest", "as_of_latest", self.as_of.as_ref()));
        columns
    }
}

impl Editable for Outcome {
    const KIND: RecordKind = RecordKind::Result;

    fn faults(&self) -> Vec<Fault> {
        Outcome::faults(self)
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("program", RecordKind::Program, self.program))
    }

    fn references(&self) -> Vec<Reference> {
        let mut references = vec![Reference::code("indicator", "indicators", &self.indicator)];
        let others = self.depends_on().map(|(field, id)| Reference::record(field, RecordKind::Result, id));
        let own = Reference::maybe("event", RecordKind::Event, self.event).into_iter().chain(others);
        references.extend(own.map(|one| one.within(self.id.tenant)));
        references
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    async fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> Result<(), StoreError> {
        erase_of::<Involvement, _>(tx, "result_id", ids).await
    }
}

/// The fields by which a result depends on one that depends on it.
pub async fn circular(tx: &Tx, result: &Outcome) -> Result<Vec<Fault>, StoreError> {
    let t = alias(0);
    let mut faults = Vec::new();
    for (field, first) in result.depends_on().filter(|(_, other)| *other != result.id) {
        let mut seen = BTreeSet::new();
        let mut ahead = vec![first];
        while !ahead.is_empty() {
            seen.extend(ahead.iter().copied());
            let mut select = every::<Outcome>(t);
            select.cond_where(among(t, <Id<Outcome> as Key>::COLUMNS, &ahead));
            select.cond_where(tx.access().condition(Outcome::HOLDS, t));
            let found: Vec<Outcome> = read_all(&tx.rows(&select).await?)?;
            ahead = found.iter().flat_map(Outcome::depends_on).map(|(_, other)| other).collect();
            if ahead.contains(&result.id) {
                faults.push(Outcome::circular(field));
                break;
            }
            ahead.retain(|other| !seen.contains(other));
        }
    }
    Ok(faults)
}

/// Indicator code.
pub const INDICATOR: Field<Outcome> = Field::new("indicator");
/// Ten-thousandths of the value.
pub const VALUE_E4: Field<Outcome> = Field::new("value_e4");
/// Qualifier.
pub const QUALIFIER: Field<Outcome> = Field::new("qualifier");
/// First day that it may cover.
pub const PERIOD_EARLIEST: Field<Outcome> = Field::new("period_earliest");
/// Last day that it may cover.
pub const PERIOD_LATEST: Field<Outcome> = Field::new("period_latest");
/// The last day on which it may have been counted.
pub const AS_OF_LATEST: Field<Outcome> = Field::new("as_of_latest");
/// By value.
pub const BY_VALUE: Sort<Outcome> = Sort::by("value_e4", false);
/// By the last day it covers.
pub const BY_PERIOD_END: Sort<Outcome> = Sort::by("period_latest", false);
/// The program of a result.
pub const PROGRAM: Edge<Outcome, Program> = Edge::new("result.program", Via::Parent(own("program_id")));
/// Results of a program, in the order of the text.
pub const OF_PROGRAM: Edge<Program, Outcome> =
    Edge::new("program.results", Via::Child(own("program_id"))).order(&[("position", false)]);
/// Results reported at an event.
pub const OF_EVENT: Edge<Event, Outcome> =
    Edge::new("event.results", Via::Child(own("event_id"))).order(&[("position", false)]);
/// The audience figures of an activity.
pub const AUDIENCE: Edge<Outcome, Outcome> =
    Edge::new("result.audienceResults", Via::Child(own("of_result_id"))).order(&[("position", false)]);
/// The parts of a figure.
pub const SUBSETS: Edge<Outcome, Outcome> =
    Edge::new("result.subsets", Via::Child(own("subset_of_id"))).order(&[("position", false)]);
