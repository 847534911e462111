//! Conflicts: sources that disagree about one field of one record. The disagreement stays visible.

use crate::fault::FaultCode;
use crate::{Fault, Id, RecordKind, TenantId, Visibility};

/// One disagreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Key.
    pub id: Id<Conflict>,
    /// What kind of record.
    pub kind: RecordKind,
    /// The record's tenant.
    pub record_tenant: TenantId,
    /// The record's uuid.
    pub record: uuid::Uuid,
    /// The field, as the API names it.
    pub field: String,
    /// Each version of the value with the source that gives it.
    pub values: Vec<ConflictValue>,
    /// The place among the values of the one that is preferred, once somebody has decided. The others are kept.
    pub preferred: Option<usize>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Same as the record's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// One side of a disagreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictValue {
    /// What this source says.
    pub value: String,
    /// Which source says so, in words.
    pub source: String,
}

/// Which side of a disagreement is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one at this place, from 0.
    At(i32),
    /// The one of this source.
    Of(String),
}

impl RecordKind {
    /// Whether sources can disagree about records of this kind: whatever says something and has an id of its own.
    pub const fn has_conflicts(self) -> bool {
        match self {
            Self::Agency
            | Self::AgencyGroup
            | Self::Award
            | Self::Citation
            | Self::CooperationArea
            | Self::Direction
            | Self::Document
            | Self::Event
            | Self::Involvement
            | Self::Obligation
            | Self::Person
            | Self::PlannedActivity
            | Self::Position
            | Self::Program
            | Self::ProgramLink
            | Self::Remark
            | Self::Result
            | Self::Target => true,
            Self::AgencyGroupMember
            | Self::AgencySuccession
            | Self::Conflict
            | Self::EventProgram
            | Self::Grant
            | Self::ReportRequest
            | Self::Submission
            | Self::SubmissionDecision
            | Self::SubmissionItem
            | Self::Locality
            | Self::ProgramTopic
            | Self::Source
            | Self::Tenant => false,
        }
    }
}

impl Conflict {
    /// The rules of a disagreement.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Fault::blank("field", &self.field).into_iter().collect();
        if self.values.len() < 2 {
            faults.push(Fault::new(
                "values",
                "a disagreement has two sides at least; add the other value",
                "mâu thuẫn phải có ít nhất hai phía; hãy thêm giá trị còn lại",
            ));
        }
        for (place, side) in self.values.iter().enumerate() {
            let blank = [Fault::blank("value", &side.value), Fault::blank("source", &side.source)];
            faults.extend(blank.into_iter().flatten().map(|fault| fault.under(&["values", &place.to_string()])));
        }
        faults
    }

    /// Prefers one side, and keeps the others.
    ///
    /// # Errors
    ///
    /// A fault that names the way out: one is preferred already, or there is no such side.
    pub fn resolve(&mut self, side: &Side) -> Result<(), Fault> {
        if self.preferred.is_some() {
            return Err(Fault::of(
                FaultCode::InvalidTransition,
                &["id"],
                "it is resolved already: take that back with conflictReopen first",
                "mâu thuẫn đã được xử lý: hãy mở lại bằng conflictReopen trước",
            ));
        }
        self.preferred = Some(self.place(side)?);
        Ok(())
    }

    /// Takes back which side was preferred.
    ///
    /// # Errors
    ///
    /// A fault that names the way out: none is preferred.
    pub fn reopen(&mut self) -> Result<(), Fault> {
        if self.preferred.take().is_some() {
            return Ok(());
        }
        Err(Fault::of(
            FaultCode::InvalidTransition,
            &["id"],
            "it is open, and there is nothing to take back: prefer one side with conflictResolve",
            "mâu thuẫn đang mở, không có gì để hủy: hãy chọn một phía bằng conflictResolve",
        ))
    }

    /// The side that is preferred.
    pub fn preference(&self) -> Option<&ConflictValue> {
        self.values.get(self.preferred?)
    }

    fn place(&self, side: &Side) -> Result<usize, Fault> {
        match side {
            Side::At(place) => {
                usize::try_from(*place).ok().filter(|place| *place < self.values.len()).ok_or_else(|| {
                    let last = self.values.len().saturating_sub(1);
                    Fault::new(
                        "prefer",
                        format!("there is no value at place {place}; the places are 0 to {last}"),
                        format!("không có giá trị ở vị trí {place}; các vị trí là 0 đến {last}"),
                    )
                })
            }
            Side::Of(source) => {
                let mut places = self.values.iter().enumerate().filter(|(_, one)| one.source == *source);
                match (places.next(), places.next()) {
                    (Some((place, _)), None) => Ok(place),
                    (None, _) => Err(Fault::new(
                        "prefer",
                        "no value has this source; copy the text from values.source, or give the place",
                        "không có giá trị nào của nguồn này; hãy chép từ values.source hoặc nêu vị trí",
                    )),
                    (Some(_), Some(_)) => Err(Fault::new(
                        "prefer",
                        "several values have this source; give the place",
                        "nhiều giá trị có cùng nguồn này; hãy nêu vị trí",
                    )),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conflict(sources: &[&str]) -> Conflict {
        let side = |source: &&str| ConflictValue { value: format!("của {source}"), source: (*source).to_owned() };
        Conflict {
            id: Id::generate(TenantId(16)),
            kind: RecordKind::Program,
            record_tenant: TenantId(16),
            record: uuid::Uuid::nil(),
            field: "signedOn".to_owned(),
            values: sources.iter().map(side).collect(),
            preferred: None,
            note: None,
            visibility: Visibility::Draft,
            version: 0,
        }
    }

    #[test]
    fn one_side_is_preferred_and_all_are_kept() {
        let mut open = conflict(&["A", "B"]);
        assert!(open.reopen().unwrap_err().message.contains("conflictResolve"));
        open.resolve(&Side::Of("B".to_owned())).unwrap();
        assert_eq!((open.preferred, open.values.len()), (Some(1), 2));
        assert_eq!(open.preference().unwrap().source, "B");
        assert!(open.resolve(&Side::At(0)).unwrap_err().message.contains("conflictReopen"));
        open.reopen().unwrap();
        open.resolve(&Side::At(0)).unwrap();
        assert_eq!(open.preference().unwrap().source, "A");
    }

    #[test]
    fn a_side_that_is_not_there_is_refused() {
        for side in [Side::At(2), Side::At(-1), Side::Of("C".to_owned())] {
            assert_eq!(conflict(&["A", "B"]).resolve(&side).unwrap_err().field(), "prefer");
        }
        assert!(conflict(&["A", "A"]).resolve(&Side::Of("A".to_owned())).is_err());
    }

    #[test]
    fn every_fault_of_a_conflict_is_told() {
        assert_eq!(conflict(&["A", "B"]).faults(), []);
        let wrong = Conflict { field: String::new(), ..conflict(&[" "]) };
        let paths: Vec<String> = wrong.faults().iter().map(|fault| fault.path.join(".")).collect();
        assert_eq!(paths, ["field", "values", "values.0.source"]);
    }
}
