//! The cube: what is counted and added up, by what.
//!
//! Figures are added only where they count the same thing: of one indicator or one unit, without parts of what is counted
//! already, and of stocks only the latest.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::link::LinkTarget;
use crate::program::{ProgramKind, ProgramStatus};
use crate::quantity::Total;
use crate::reports::awards::CountTotal;
use crate::{AgencyLevel, Id, Program, TenantId};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Measure {
    /// Programs.
    Programs,
    /// Signatures of agencies and groups.
    Signatories,
    /// Events that deal with programs.
    Events,
    /// Results, with the sums of their figures.
    Results,
    /// Awards, with how many collectives and individuals received them.
    Awards,
}

/// By what it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Dimension {
    /// The province, as recorded or within other boundaries.
    Province,
    /// The region of that province.
    Region,
    /// The sector that signed: of a signature its own, else each one of the program's.
    Sector,
    /// Each topic of the program.
    Topic,
    /// The indicator; of results only.
    Indicator,
    /// The unit of the indicator; of results only.
    Unit,
    /// The program.
    Program,
    /// Each program or document that the program implements.
    Parent,
    /// The program's level.
    Level,
    /// The year: of a result the one that it covers or was counted in, of an event the one in which it was held, else the one
    /// in which the program was signed. None where it is not known, or where there are several.
    Year,
    /// The period: of a result the one that it covers, else the program's.
    Period,
    /// Where the program stands.
    Status,
    /// The program's kind.
    Kind,
}

impl Dimension {
    /// Whether one record can stand in several cells, so that cells do not add up.
    pub const fn overlaps(self) -> bool {
        matches!(self, Self::Sector | Self::Topic | Self::Parent)
    }
}

/// Why a cube cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TotalsError {
    /// Sums over different units.
    #[error("figures of different units do not add up: add INDICATOR or UNIT to `by`, or name one indicator")]
    Units,
    /// A dimension that only results have.
    #[error("only results have an indicator and a unit: leave {0} out of `by`, or count RESULTS")]
    OfResults(Dimension),
    /// Figures where none are.
    #[error("only results have figures: leave their indicators and days out, or count RESULTS")]
    Figures,
    /// A dimension twice.
    #[error("{0} stands twice in `by`: name it once")]
    Twice(Dimension),
}

/// Whether figures can be counted so: on so many indicators that are named, within days or not.
///
/// # Errors
///
/// [`TotalsError`] says what is wrong and how to mend it.
pub fn check(of: Measure, by: &[Dimension], indicators: usize, days: bool) -> Result<(), TotalsError> {
    if of != Measure::Results && (indicators > 0 || days) {
        return Err(TotalsError::Figures);
    }
    for (place, dimension) in by.iter().enumerate() {
        if by.iter().take(place).any(|before| before == dimension) {
            return Err(TotalsError::Twice(*dimension));
        }
        if matches!(dimension, Dimension::Indicator | Dimension::Unit) && of != Measure::Results {
            return Err(TotalsError::OfResults(*dimension));
        }
    }
    let told_apart = by.iter().any(|one| matches!(one, Dimension::Indicator | Dimension::Unit)) || indicators == 1;
    if of == Measure::Results && !told_apart { Err(TotalsError::Units) } else { Ok(()) }
}

/// Where a cell stands; what is not asked for, or not known, is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The province.
    pub province: Option<TenantId>,
    /// Region code.
    pub region: Option<String>,
    /// Sector code.
    pub sector: Option<String>,
    /// Topic code.
    pub topic: Option<String>,
    /// Indicator code.
    pub indicator: Option<String>,
    /// Unit code.
    pub unit: Option<String>,
    /// The program.
    pub program: Option<Id<Program>>,
    /// What the program implements.
    pub parent: Option<Parent>,
    /// Level.
    pub level: Option<AgencyLevel>,
    /// Year.
    pub year: Option<i32>,
    /// First day or its part, and last.
    pub period: Option<(Option<String>, Option<String>)>,
    /// Status.
    pub status: Option<ProgramStatus>,
    /// Kind.
    pub kind: Option<ProgramKind>,
}

/// What a program implements, in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Parent {
    /// A program.
    Program(Id<Program>),
    /// A document.
    Document(Id<crate::Document>),
}

impl From<Parent> for LinkTarget {
    fn from(parent: Parent) -> Self {
        match parent {
            Parent::Program(id) => Self::Program(id),
            Parent::Document(id) => Self::Document(id),
        }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Records counted.
    pub records: u64,
    /// The sum of the figures; of results only.
    pub figures: Total,
    /// How many figures are left out: parts of what is counted already, and stocks that are not the latest.
    pub left_out: u64,
    /// Collectives that received awards.
    pub collectives: CountTotal,
    /// Individuals that received awards.
    pub individuals: CountTotal,
    /// The tenants of which something is counted; of results, those that state a figure.
    pub reporting: Vec<TenantId>,
}

impl CountTotal {
    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        self.value = match (self.value, other.value) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            (a, b) => a.or(b),
        };
        self.counted += other.counted;
        self.missing += other.missing;
    }
}

impl Cell {
    /// Adds what stands in another cell.
    pub fn merge(&mut self, other: &Self) {
        self.records += other.records;
        self.figures.merge(&other.figures);
        self.left_out += other.left_out;
        self.collectives.merge(&other.collectives);
        self.individuals.merge(&other.individuals);
        for tenant in &other.reporting {
            if let Err(place) = self.reporting.binary_search(tenant) {
                self.reporting.insert(place, *tenant);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_counts_the_same_adds_up() {
        use Dimension::{Indicator, Province, Unit, Year};
        assert_eq!(check(Measure::Results, &[Province, Year], 0, true), Err(TotalsError::Units));
        assert_eq!(check(Measure::Results, &[Province, Year], 2, false), Err(TotalsError::Units));
        assert_eq!(check(Measure::Results, &[Province, Year], 1, false), Ok(()));
        assert_eq!(check(Measure::Results, &[Unit], 0, false), Ok(()));
        assert_eq!(check(Measure::Programs, &[Indicator], 0, false), Err(TotalsError::OfResults(Indicator)));
        assert_eq!(check(Measure::Programs, &[Year, Province, Year], 0, false), Err(TotalsError::Twice(Year)));
        assert_eq!(check(Measure::Programs, &[], 0, false), Ok(()));
        for (indicators, days) in [(1, false), (0, true)] {
            assert_eq!(check(Measure::Awards, &[Year], indicators, days), Err(TotalsError::Figures));
        }
    }

    #[test]
    fn a_tenant_reports_once_in_a_cell() {
        let of = |tenant| Cell { records: 1, reporting: vec![TenantId(tenant)], ..Cell::default() };
        let mut cell = of(3);
        for tenant in [1, 3, 2, 1] {
            cell.merge(&of(tenant));
        }
        assert_eq!((cell.records, cell.reporting), (5, vec![TenantId(1), TenantId(2), TenantId(3)]));
    }
}
