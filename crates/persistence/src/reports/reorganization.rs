//! Programs that a reorganization touches: their province or district ended, or one of their parties did.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::catalogue::Reorganization;
use domain::reports::reorganization::Touch;
use domain::{Agency, Id, Program, TenantId};
use futures_util::FutureExt;
use sea_orm::Iterable;
use sea_orm::sea_query::{Alias, SelectStatement};

use super::signed;
use crate::filter::alias;
use crate::record::{Key, Record};
use crate::{Filter, Loader, Operand, Scope, StoreError, Test, agency, involvement, locality, program, tenant};

/// What was reorganized, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The first day that counts.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
    /// Sectors that were reorganized in this time, everywhere or in one province.
    sectors: Vec<(Option<TenantId>, String)>,
}

impl Window {
    /// From the first of these days to the last, with what the catalog knows of that time.
    pub fn new(from: NaiveDate, to: NaiveDate, known: &[Reorganization]) -> Self {
        let mut sectors: Vec<(Option<TenantId>, String)> = Self::of(from, to, known)
            .flat_map(|one| one.sectors.iter().map(|sector| (one.scope, sector.clone())))
            .collect();
        sectors.sort();
        sectors.dedup();
        Self { from, to, sectors }
    }

    /// The reorganizations of agencies that surely took effect in this time.
    pub fn of(from: NaiveDate, to: NaiveDate, known: &[Reorganization]) -> impl Iterator<Item = &Reorganization> {
        let surely = move |one: &&Reorganization| {
            one.on.earliest().is_some_and(|first| from <= first) && one.on.latest().is_some_and(|last| last <= to)
        };
        // A decision only announces.
        known.iter().filter(|one| one.kind != "DECISION").filter(surely)
    }

    fn ended<R>(&self, field: crate::Field<R>) -> Filter<R> {
        let day = |day| Operand::Date(day);
        Filter::all(vec![Filter::test(field, Test::Gte(day(self.from))), Filter::test(field, Test::Lte(day(self.to)))])
    }

    /// The condition of one way to be touched.
    fn touches(&self, touch: Touch) -> Filter<Program> {
        let signed_by = |agency| Filter::some(involvement::SIGNATORIES, Filter::some(involvement::AGENCY, agency));
        match touch {
            Touch::ProvinceEnded => Filter::some(tenant::OF_PROGRAM, self.ended(tenant::VALID_TO)),
            Touch::DistrictEnded => Filter::some(locality::OF_PROGRAM, self.ended(locality::VALID_TO)),
            Touch::PartyEnded => signed_by(self.ended(agency::VALID_TO)),
            Touch::PartyProvinceEnded => signed_by(Filter::some(tenant::OF_AGENCY, self.ended(tenant::VALID_TO))),
            Touch::PartyDistrictEnded => signed_by(Filter::some(locality::OF_AGENCY, self.ended(locality::VALID_TO))),
            Touch::SectorReorganized => signed_by(Filter::any(self.sectors.iter().map(of_sector).collect())),
        }
    }
}

fn of_sector((tenant, sector): &(Option<TenantId>, String)) -> Filter<Agency> {
    let mut all = vec![Filter::test(agency::SECTOR, Test::Eq(Operand::Text(sector.clone())))];
    all.extend(tenant.map(|tenant| Filter::tenants(&[tenant])));
    Filter::all(all)
}

/// Those of `programs` that are touched, were not surely over before, nor surely signed afterwards.
pub fn touched(programs: Filter<Program>, window: &Window) -> Filter<Program> {
    let unknown_or =
        |field, test| Filter::any(vec![Filter::test(field, Test::IsNull(true)), Filter::test(field, test)]);
    Filter::all(vec![
        programs,
        signed(),
        unknown_or(program::PERIOD_LATEST, Test::Gte(Operand::Date(window.from))),
        unknown_or(program::SIGNED_EARLIEST, Test::Lte(Operand::Date(window.to))),
        Filter::any(Touch::iter().map(|touch| window.touches(touch)).collect()),
    ])
}

/// In which ways a program is touched.
struct Touches;

impl Loader {
    /// In which ways a program is touched.
    pub async fn touches(&self, program: Id<Program>, window: &Window) -> Result<Vec<Touch>, StoreError> {
        let asked = window.clone();
        let fetch = |scope: Scope, programs: Vec<_>| async move { scope.touches(programs, &asked).await }.boxed();
        Ok(self.fact::<Touches, _, _, _>(format!("{window:?}"), program, fetch).await?.unwrap_or_default())
    }
}

impl Scope {
    async fn touches(
        &self,
        programs: Vec<Id<Program>>,
        window: &Window,
    ) -> Result<HashMap<Id<Program>, Vec<Touch>>, StoreError> {
        let mut found: HashMap<Id<Program>, Vec<Touch>> = HashMap::new();
        for touch in Touch::iter() {
            let filter = Filter::all(vec![Filter::keys(programs.clone()), window.touches(touch)]);
            for program in self.keys::<Program>(&filter).await? {
                found.entry(program).or_default().push(touch);
            }
        }
        Ok(found)
    }

    /// The keys of the rows for which a filter holds.
    async fn keys<R: Record<Key = Id<R>>>(&self, filter: &Filter<R>) -> Result<Vec<Id<R>>, StoreError> {
        let t = alias(0);
        let mut select = SelectStatement::new();
        select
            .columns(["tenant_id", "id"].map(|name| (Alias::new(t), Alias::new(name))))
            .from_as(R::Entity::default(), Alias::new(t))
            .cond_where(self.visible::<R>(t))
            .cond_where(filter.condition(self, 0));
        self.rows(&select).await?.iter().map(|row| Key::from_row(row, "tenant_id", "id")).collect()
    }
}
