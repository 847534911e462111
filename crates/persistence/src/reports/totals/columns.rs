//! The dimensions of the cube as columns: what is joined, grouped by, and read back.

use domain::reports::totals::{Dimension, Measure, Place};
use domain::{Agency, AgencyGroup, Id, Program, ProgramLink, ProgramTopic};
use sea_orm::sea_query::{Alias, CaseStatement, Condition, Expr, ExprTrait, Func, SelectStatement};
use sea_orm::{DbBackend, JoinType, QueryResult};

use super::{Ask, PARENT, RECORD, parent};
use crate::codec::{self, column};
use crate::filter::alias;
use crate::record::{Key, Record, col};
use crate::reports::signer;
use crate::{Scope, StoreError};

const SECTOR: &str = "s";
const TOPIC: &str = "tp";
const LINK: &str = "l";

/// Adds the columns of each dimension, and names them. Provinces, regions, indicators and units follow from columns that are
/// there anyway.
pub(super) fn add(scope: &Scope, select: &mut SelectStatement, ask: &Ask) -> Vec<&'static str> {
    let t = alias(0);
    let mut names = Vec::new();
    let mut add = |select: &mut SelectStatement, expr: Expr, name: &'static str| {
        select.expr_as(expr, Alias::new(name));
        names.push(name);
    };
    for dimension in &ask.by {
        match dimension {
            Dimension::Province | Dimension::Region | Dimension::Indicator | Dimension::Unit => {}
            Dimension::Level => add(select, col(t, "level"), "level"),
            Dimension::Status => add(select, col(t, "status"), "status"),
            Dimension::Kind => add(select, col(t, "kind"), "kind"),
            Dimension::Program => {
                add(select, col(t, "tenant_id"), "program_tenant_id");
                add(select, col(t, "id"), "program_id");
            }
            Dimension::Year => add(select, year(scope.backend(), ask.of, RECORD), "year"),
            Dimension::Period => {
                let [start, end] = period(ask.of, RECORD);
                add(select, start, "period_start");
                add(select, end, "period_end");
            }
            Dimension::Sector => {
                let sector = sector(scope, select, ask.of);
                add(select, sector, "sector");
            }
            Dimension::Topic => {
                beside::<ProgramTopic>(scope, select, TOPIC);
                add(select, col(TOPIC, "topic"), "topic");
            }
            Dimension::Parent => {
                parents(scope, select);
                for name in PARENT {
                    add(select, col(LINK, name), name);
                }
            }
        }
    }
    names
}

/// Joins what a program has, or nothing.
fn beside<R: Record>(scope: &Scope, select: &mut SelectStatement, name: &'static str) {
    let of = of_program(name).add(scope.visible::<R>(name));
    select.join_as(JoinType::LeftJoin, R::Entity::default(), Alias::new(name), of);
}

/// That a row is of the program.
fn of_program(name: &'static str) -> Condition {
    let t = alias(0);
    Condition::all().add(col(name, "tenant_id").eq(col(t, "tenant_id"))).add(col(name, "program_id").eq(col(t, "id")))
}

/// Joins what a program implements, each once: two sources may say the same.
fn parents(scope: &Scope, select: &mut SelectStatement) {
    const EACH: &str = "e";
    let mut links = SelectStatement::new();
    links
        .distinct()
        .columns(["tenant_id", "program_id"].into_iter().chain(PARENT).map(|name| (Alias::new(EACH), Alias::new(name))))
        .from_as(<ProgramLink as Record>::Entity::default(), Alias::new(EACH))
        .cond_where(col(EACH, "kind").eq("IMPLEMENTS"))
        .cond_where(scope.visible::<ProgramLink>(EACH));
    select.join_subquery(JoinType::LeftJoin, links, Alias::new(LINK), of_program(LINK));
}

/// Of a signature the sector of who signs, else each one that signed the program.
fn sector(scope: &Scope, select: &mut SelectStatement, of: Measure) -> Expr {
    let t = alias(0);
    if of != Measure::Signatories {
        let same = Condition::all()
            .add(col(SECTOR, "tenant_id").eq(col(t, "tenant_id")))
            .add(col(SECTOR, "program_id").eq(col(t, "id")));
        let signers = signer::sectors(scope, |_| Condition::all());
        select.join_subquery(JoinType::LeftJoin, signers, Alias::new(SECTOR), same);
        return col(SECTOR, "sector");
    }
    let (agency, of_agency) = who::<Agency>(scope, "sa", ("agency_tenant_id", "agency_id"));
    let (party, of_party) = who::<AgencyGroup>(scope, "sg", ("tenant_id", "group_id"));
    select.join_as(JoinType::LeftJoin, <Agency as Record>::Entity::default(), Alias::new(agency), of_agency).join_as(
        JoinType::LeftJoin,
        <AgencyGroup as Record>::Entity::default(),
        Alias::new(party),
        of_party,
    );
    Func::coalesce([col(agency, "sector"), col(party, "sector")]).into()
}

fn who<R: Record>(
    scope: &Scope,
    name: &'static str,
    (tenant, id): (&'static str, &'static str),
) -> (&'static str, Condition) {
    let same = Condition::all()
        .add(col(name, "tenant_id").eq(col(RECORD, tenant)))
        .add(col(name, "id").eq(col(RECORD, id)))
        .add(scope.visible::<R>(name));
    (name, same)
}

/// The year of a record, known by the alias; null where it is not known, or where there are several.
pub(super) fn year(backend: DbBackend, of: Measure, record: &'static str) -> Expr {
    let postgres = backend == DbBackend::Postgres;
    let of_day = |day: Expr| {
        if postgres {
            Expr::cust_with_exprs("cast(extract(year from $1) as integer)", [day])
        } else {
            Expr::cust_with_exprs("cast(substr(?, 1, 4) as integer)", [day])
        }
    };
    let within = |table: &'static str, earliest: &'static str, latest: &'static str| {
        let (first, last) = (of_day(col(table, earliest)), of_day(col(table, latest)));
        let one: Expr = CaseStatement::new().case(first.clone().eq(last), first).into();
        one
    };
    match of {
        Measure::Results => {
            let no_period = Condition::all()
                .add(col(record, "period_earliest").is_null())
                .add(col(record, "period_latest").is_null());
            CaseStatement::new()
                .case(no_period, within(record, "as_of_earliest", "as_of_latest"))
                .finally(within(record, "period_earliest", "period_latest"))
                .into()
        }
        Measure::Events => within(record, "held_on_earliest", "held_on_latest"),
        Measure::Programs | Measure::Signatories | Measure::Awards => {
            within(alias(0), "signed_on_earliest", "signed_on_latest")
        }
    }
}

/// Both ends of the period of a record, known by the alias.
pub(super) fn period(of: Measure, record: &'static str) -> [Expr; 2] {
    if of != Measure::Results {
        return [col(alias(0), "period_start"), col(alias(0), "period_end")];
    }
    let neither = Condition::all().add(col(record, "period_start").is_null()).add(col(record, "period_end").is_null());
    ["period_start", "period_end"]
        .map(|end| CaseStatement::new().case(neither.clone(), col(record, "as_of")).finally(col(record, end)).into())
}

fn code<T: std::str::FromStr>(row: &QueryResult, name: &str) -> Result<Option<T>, StoreError> {
    codec::code_opt(name, column::<Option<String>>(row, name)?.as_deref())
}

/// Reads back where a group stands.
pub(super) fn place(row: &QueryResult, ask: &Ask) -> Result<Place, StoreError> {
    let mut place = Place::default();
    for dimension in &ask.by {
        match dimension {
            Dimension::Province | Dimension::Region | Dimension::Indicator | Dimension::Unit => {}
            Dimension::Level => place.level = code(row, "level")?,
            Dimension::Status => place.status = code(row, "status")?,
            Dimension::Kind => place.kind = code(row, "kind")?,
            Dimension::Program => {
                let program: Id<Program> = Id::from_row(row, "program_tenant_id", "program_id")?;
                place.program = Some(program);
            }
            Dimension::Year => place.year = column(row, "year")?,
            Dimension::Period => {
                let (start, end) = (column(row, "period_start")?, column(row, "period_end")?);
                place.period = Some((start, end))
                    .filter(|(start, end): &(Option<String>, _)| start.is_some() || Option::<String>::is_some(end));
            }
            Dimension::Sector => place.sector = column(row, "sector")?,
            Dimension::Topic => place.topic = column(row, "topic")?,
            Dimension::Parent => place.parent = parent(row)?,
        }
    }
    Ok(place)
}
