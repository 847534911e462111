//! People and the positions they hold. Persons share names and titles, so nothing here merges two of them.

use crate::period::backwards;
use crate::{Agency, Fault, Id, PartialDate, Visibility};

/// A person named by a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Key.
    pub id: Id<Person>,
    /// Name as first printed.
    pub name: String,
    /// Other spellings of the same person's name (Thủy, Thuỷ).
    pub variants: Vec<String>,
    /// `Bà`, `Ông`, `Đồng chí` where a source prints one that tells something.
    pub honorific: Option<String>,
    /// What keeps this person apart from namesakes.
    pub note: Option<String>,
    /// Who may see the record.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

/// A post that a person holds (Popolo: membership of a post). A rank (Đại tá) is not a position.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// Key.
    pub id: Id<Position>,
    /// Who holds it.
    pub person: Id<Person>,
    /// Where, when the agency is known to the service.
    pub agency: Option<Id<Agency>>,
    /// Title as printed.
    pub title: String,
    /// Printed order, from 1.
    pub order: i32,
    /// Held from.
    pub from: Option<PartialDate>,
    /// Held until.
    pub to: Option<PartialDate>,
    /// Same as the person's.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Person {
    /// The rules of a person.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        if self.name.trim().is_empty() {
            return vec![Fault::new("name", "a person needs the name as printed", "cá nhân cần có tên như nguồn ghi")];
        }
        Vec::new()
    }
}

impl Position {
    /// The rules of a position.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.title.trim().is_empty() {
            faults.push(Fault::new("title", "a position needs its title", "chức vụ cần có tên gọi"));
        }
        if backwards(self.from.as_ref(), self.to.as_ref()) {
            faults.push(Fault::new(
                "to",
                "it ends before it begins; exchange from and to, or correct one",
                "ngày kết thúc trước ngày bắt đầu; hãy đổi chỗ hoặc sửa from, to",
            ));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;

    #[test]
    fn a_position_has_a_title_and_does_not_end_before_it_begins() {
        let date = |text| PartialDate::parse(text).ok();
        let mut position = Position {
            id: Id::generate(TenantId(2)),
            person: Id::generate(TenantId(2)),
            agency: None,
            title: "Giám đốc".to_owned(),
            order: 1,
            from: date("2019"),
            to: date("2019-03"),
            visibility: Visibility::Draft,
            version: 0,
        };
        assert!(position.faults().is_empty());
        position.title = " ".to_owned();
        position.to = date("2018");
        assert_eq!(position.faults().iter().map(Fault::field).collect::<Vec<_>>(), ["title", "to"]);
    }
}
