//! The reference data that ships with the product: tenants and their successions, districts, regions, sectors,
//! topics, units, indicators and reorganizations, read from the files of `reference/` (their origin and licenses are
//! in its README).
//!
//! The files are part of the program, so their problems are the program's; they are reported all the same.

mod catalogue;
mod lookup;
mod territory;

use std::borrow::Cow;
use std::sync::OnceLock;

use domain::{Indicator, Locality, Region, Reorganization, Sector, Tenant, TenantSuccession, Topic, Unit};
use rust_embed::RustEmbed;

use crate::problem::{Problem, Problems};

#[derive(RustEmbed)]
#[folder = "reference/"]
struct Files;

/// The shipped catalogues as domain values.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The central tenant first, then every version of every province, in the order of their ids.
    pub tenants: Vec<Tenant>,
    /// How those versions follow one another.
    pub successions: Vec<TenantSuccession>,
    /// Districts; their ids are the same on every machine, see [`locality_id`].
    pub localities: Vec<Locality>,
    /// Regions.
    pub regions: Vec<Region>,
    /// Sectors.
    pub sectors: Vec<Sector>,
    /// Topics.
    pub topics: Vec<Topic>,
    /// Units.
    pub units: Vec<Unit>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Reorganizations.
    pub reorganizations: Vec<Reorganization>,
}

pub use lookup::TenantFault;
pub use territory::locality_id;

impl Reference {
    /// Reads the shipped files.
    ///
    /// # Errors
    ///
    /// [`Problems`] that name file and line where one of them is wrong.
    pub fn load() -> Result<Self, Problems> {
        let tenants = territory::tenants()?;
        let reference = Self {
            successions: territory::successions(&tenants)?,
            localities: territory::localities(&tenants)?,
            regions: territory::regions()?,
            sectors: catalogue::sectors()?,
            topics: catalogue::topics()?,
            units: catalogue::units()?,
            indicators: catalogue::indicators()?,
            reorganizations: catalogue::reorganizations(&tenants)?,
            tenants,
        };
        let problems = reference.dangling();
        if problems.is_empty() { Ok(reference) } else { Err(Problems(problems)) }
    }

    /// The shipped reference data, read once.
    ///
    /// # Errors
    ///
    /// As [`load`](Self::load).
    pub fn shipped() -> Result<&'static Self, Problems> {
        static SHIPPED: OnceLock<Result<Reference, Problems>> = OnceLock::new();
        SHIPPED.get_or_init(Self::load).as_ref().map_err(Clone::clone)
    }

    /// Codes that one catalogue uses and another does not have.
    fn dangling(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut unknown = |file: &str, what: &str, code: &str, known: bool| {
            if !known {
                let message = format!("the {what} \"{code}\" is in no catalogue");
                problems.push(Problem { file: file.to_owned(), line: None, path: String::new(), message });
            }
        };
        for tenant in &self.tenants {
            if let Some(region) = &tenant.region {
                unknown("provinces.csv", "region", region, self.regions.iter().any(|known| known.code == *region));
            }
        }
        for indicator in &self.indicators {
            if let Some(unit) = &indicator.unit {
                unknown("indicators.yaml", "unit", unit, self.unit(unit).is_some());
            }
        }
        for sector in &self.sectors {
            if let Some(successor) = &sector.successor {
                unknown("sectors.yaml", "sector", successor, self.sector(successor).is_some());
            }
        }
        for change in &self.reorganizations {
            let moved = change.moves.iter().flat_map(|step| [&step.from_sector, &step.to_sector]).flatten();
            for sector in change.sectors.iter().chain(moved) {
                unknown("reorganizations.yaml", "sector", sector, self.sector(sector).is_some());
            }
        }
        problems
    }
}

/// The bytes of a shipped file.
fn bytes(file: &str) -> Result<Cow<'static, [u8]>, Problems> {
    Files::get(file).map(|found| found.data).ok_or_else(|| Problems::one(file, None, "the file is not shipped"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TenantId;

    #[test]
    fn everything_is_there() {
        let reference = Reference::load().unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(reference.tenants.len(), 89);
        assert_eq!(reference.successions.len(), 54);
        assert_eq!(reference.localities.len(), 707);
        assert_eq!(reference.sectors.len(), 38);
        assert_eq!(reference.tenants[0].id, TenantId::CENTRAL);
        assert!(reference.sector("WOMENS_UNION").is_some_and(|sector| !sector.variants.is_empty()));
        assert!(reference.topic("DOMESTIC_VIOLENCE").is_some());
        assert!(reference.indicator("TRAINING_CLASSES").is_some());
        assert!(reference.reorganizations.iter().any(|change| change.scope.is_some() && !change.moves.is_empty()));
    }
}
