//! What an entry of a catalog cannot be.

use super::{Aggregation, Indicator, IndicatorKind, Reorganization, Sector, Topic, Unit};
use crate::fault::FaultCode;
use crate::{Fault, PartialDate};

/// The longest code.
const MAX_CODE: usize = 64;

/// A code stands in ids, files and programs: it never changes.
fn code(code: &str) -> Option<Fault> {
    let mut letters = code.bytes();
    let begins = letters.next().is_some_and(|byte| byte.is_ascii_uppercase());
    let goes_on = letters.all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    (!begins || !goes_on || code.len() > MAX_CODE).then(|| {
        Fault::new(
            "code",
            "a code is up to 64 of A–Z, 0–9 and _, and begins with a letter: DOMESTIC_VIOLENCE",
            "mã có tối đa 64 ký tự A–Z, 0–9 và _, bắt đầu bằng chữ cái: DOMESTIC_VIOLENCE",
        )
    })
}

fn texts(fields: [(&str, &str); 2]) -> impl Iterator<Item = Fault> {
    fields.into_iter().filter_map(|(field, text)| Fault::blank(field, text))
}

/// A code that is none of those there are.
fn one_of(field: &str, said: &str, known: &[&str]) -> Option<Fault> {
    (!known.contains(&said)).then(|| {
        let known = known.join(", ");
        Fault::new(field, format!("it is one of {known}"), format!("chọn một trong {known}"))
    })
}

/// An end before the beginning.
fn backwards(from: Option<&PartialDate>, to: Option<&PartialDate>) -> Option<Fault> {
    let days = from.and_then(PartialDate::earliest).zip(to.and_then(PartialDate::latest));
    let ends_first = days.is_some_and(|(from, to)| to < from);
    ends_first.then(|| Fault::new("validTo", "it ends before it begins", "ngày kết thúc trước ngày bắt đầu"))
}

impl Topic {
    /// What is wrong with it by itself.
    pub fn faults(&self) -> Vec<Fault> {
        code(&self.code).into_iter().chain(texts([("name", &self.name_vi), ("nameEn", &self.name_en)])).collect()
    }
}

impl Unit {
    /// What is wrong with it by itself.
    pub fn faults(&self) -> Vec<Fault> {
        code(&self.code).into_iter().chain(texts([("name", &self.name_vi), ("nameEn", &self.name_en)])).collect()
    }
}

impl Indicator {
    /// What is wrong with it by itself.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = code(&self.code)
            .into_iter()
            .chain(texts([("label", &self.label_vi), ("labelEn", &self.label_en)]))
            .collect();
        let words = self.kind == IndicatorKind::Qualitative;
        if words == self.unit.is_some() {
            faults.push(Fault::new(
                "unit",
                "figures have a unit; an indicator of kind QUALITATIVE, of words, has none",
                "chỉ tiêu bằng số có đơn vị tính; chỉ tiêu định tính (QUALITATIVE) không có",
            ));
        }
        let adds_up = self.aggregation == Aggregation::Sum;
        if adds_up && self.kind != IndicatorKind::Flow {
            faults.push(Fault::new(
                "aggregation",
                "only what happens within a period, of kind FLOW, adds up; say LATEST or NONE",
                "chỉ số liệu phát sinh trong kỳ (FLOW) mới cộng được; hãy chọn LATEST hoặc NONE",
            ));
        }
        faults
    }

    /// What keeps it from becoming `next`: figures that were reported keep their meaning.
    pub fn cannot_become(&self, next: &Self) -> Option<Fault> {
        let field = if self.unit != next.unit {
            "unit"
        } else if self.kind != next.kind {
            "kind"
        } else {
            return None;
        };
        Some(Fault::of(
            FaultCode::InvalidTransition,
            &[field],
            "figures that stand under the indicator would mean something else; create another indicator",
            "số liệu đã ghi theo chỉ tiêu này sẽ đổi nghĩa; hãy tạo chỉ tiêu khác",
        ))
    }
}

impl Sector {
    /// What is wrong with it by itself.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> =
            code(&self.code).into_iter().chain(texts([("name", &self.name_vi), ("nameEn", &self.name_en)])).collect();
        faults.extend(backwards(self.valid_from.as_ref(), self.valid_to.as_ref()));
        if self.successor.as_deref() == Some(self.code.as_str()) {
            faults.push(Fault::new("successor", "nothing succeeds itself", "một ngành không thể kế thừa chính mình"));
        }
        for (place, level) in self.levels.iter().enumerate() {
            let place = place.to_string();
            let path = ["levels", place.as_str()];
            let mut found: Vec<Fault> = Fault::blank("name", &level.name_vi).into_iter().collect();
            found.extend(backwards(level.valid_from.as_ref(), level.valid_to.as_ref()));
            found.extend(one_of("level", &level.level, &LEVELS));
            faults.extend(found.into_iter().map(|fault| fault.under(&path)));
        }
        faults
    }
}

/// The levels at which a sector has bodies.
const LEVELS: [&str; 7] = ["CENTRAL", "HIGH", "PROVINCE", "REGIONAL", "DISTRICT", "COMMUNE", "STATION"];

/// What may happen to agencies.
const REORGANIZATIONS: [&str; 6] = ["RENAME", "MERGE", "SPLIT", "ABOLISH", "TRANSFER", "DECISION"];

/// How sure its source is.
const CONFIDENCES: [&str; 3] = ["HIGH", "MEDIUM", "LOW"];

impl Reorganization {
    /// What is wrong with it by itself.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> =
            code(&self.code).into_iter().chain(texts([("what", &self.what_vi), ("whatEn", &self.what_en)])).collect();
        faults.extend(Fault::blank("source", &self.source));
        for (field, said, known) in
            [("kind", &self.kind, REORGANIZATIONS.as_slice()), ("confidence", &self.confidence, &CONFIDENCES)]
        {
            faults.extend(one_of(field, said, known));
        }
        faults
    }
}
