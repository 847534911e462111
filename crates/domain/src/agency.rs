//! Agencies, the collective parties that stand for many of them, and how agencies follow one another.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::fault::FaultCode;
use crate::period::backwards;
use crate::{Fault, Id, Locality, PartialDate, Visibility};

/// The level an agency works at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum AgencyLevel {
    /// The centre (trung ương).
    Central,
    /// A province or municipality.
    Province,
    /// Courts and procuracies of several districts, from 2025-07-01 (khu vực).
    Regional,
    /// A district (huyện), until 2025-06-30.
    District,
    /// A commune (xã, phường, đặc khu).
    Commune,
    /// Outside the Vietnamese system: foreign counterparts, donors, enterprises.
    External,
    /// Several levels at once ("các cấp"); only collective parties.
    AllLevels,
}

/// A body that signs, takes part, or is asked to act.
#[derive(Clone, Debug, PartialEq)]
pub struct Agency {
    /// Key.
    pub id: Id<Agency>,
    /// Sector code; none for bodies without one.
    pub sector: Option<String>,
    /// Level.
    pub level: AgencyLevel,
    /// Vietnamese name in full.
    pub name_vi: String,
    /// English name.
    pub name_en: Option<String>,
    /// Short form: `Hội LHPN tỉnh`.
    pub short_name: Option<String>,
    /// Other names and spellings met in sources.
    pub aliases: Vec<String>,
    /// District or commune it works in.
    pub locality: Option<Id<Locality>>,
    /// The agency that it is a part of (a committee inside a procuracy).
    pub parent: Option<Id<Agency>>,
    /// When it began to exist.
    pub valid_from: Option<PartialDate>,
    /// When it ceased to exist.
    pub valid_to: Option<PartialDate>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl Agency {
    /// The rules of an agency.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.name_vi.trim().is_empty() {
            faults.push(Fault::new("name", "an agency needs its Vietnamese name", "cơ quan cần có tên tiếng Việt"));
        }
        if self.level == AgencyLevel::AllLevels {
            faults.push(Fault::new(
                "level",
                "ALL_LEVELS is for groups; give the agency one level",
                "ALL_LEVELS chỉ dùng cho nhóm; hãy chọn một cấp cho cơ quan",
            ));
        }
        if self.parent == Some(self.id) {
            faults.push(Self::circular());
        }
        if backwards(self.valid_from.as_ref(), self.valid_to.as_ref()) {
            faults.push(Fault::new(
                "validTo",
                "it ends before it begins; exchange validFrom and validTo, or correct one",
                "ngày kết thúc trước ngày bắt đầu; hãy đổi chỗ hoặc sửa validFrom, validTo",
            ));
        }
        faults
    }

    /// That it would stand inside itself, at once or by way of others.
    #[must_use]
    pub fn circular() -> Fault {
        Fault::new(
            "parent",
            "an agency cannot be a part of itself, nor of one of its parts; choose another parent",
            "cơ quan không thể trực thuộc chính mình hoặc đơn vị của mình; hãy chọn cơ quan cấp trên khác",
        )
    }

    /// Gives it a new name, and keeps the old one among the aliases. The day, if it is known, becomes a line of the
    /// remarks: an agency has one name at a time, and no dates of names.
    ///
    /// # Errors
    ///
    /// A fault, where it has this name already or does not exist on that day.
    pub fn rename(&mut self, name: String, on: Option<&PartialDate>) -> Result<(), Fault> {
        if name == self.name_vi {
            return Err(Fault::new(
                "name",
                "it has this name already; give the new one",
                "cơ quan đã có tên này; hãy ghi tên mới",
            ));
        }
        self.exists(on)?;
        self.aliases.retain(|alias| *alias != name);
        let old = std::mem::replace(&mut self.name_vi, name);
        if let Some(on) = on {
            let line = format!("{on}: đổi tên, trước đó là \"{old}\".");
            self.note = Some(self.note.take().map_or_else(|| line.clone(), |note| format!("{note}\n{line}")));
        }
        if !self.aliases.contains(&old) {
            self.aliases.push(old);
        }
        Ok(())
    }

    /// Ends it.
    ///
    /// # Errors
    ///
    /// A fault, where it has ended already or had not begun on that day.
    pub fn dissolve(&mut self, on: PartialDate) -> Result<(), Fault> {
        self.lasts()?;
        self.exists(Some(&on))?;
        self.valid_to = Some(on);
        Ok(())
    }

    /// Fails where it has ended already.
    ///
    /// # Errors
    ///
    /// A fault that names the way out.
    pub fn lasts(&self) -> Result<(), Fault> {
        if let Some(day) = &self.valid_to {
            return Err(Fault::of(
                FaultCode::InvalidTransition,
                &["id"],
                format!(
                    "it ended on {day} already: correct the day with agencyUpdate and validTo, or take it back with clear: [VALID_TO]"
                ),
                format!(
                    "cơ quan đã kết thúc ngày {day}: sửa ngày bằng agencyUpdate với validTo, hoặc hủy bằng clear: [VALID_TO]"
                ),
            ));
        }
        Ok(())
    }

    /// Fails where it surely does not exist on that day.
    fn exists(&self, on: Option<&PartialDate>) -> Result<(), Fault> {
        if backwards(self.valid_from.as_ref(), on) || backwards(on, self.valid_to.as_ref()) {
            return Err(Fault::new(
                "on",
                "the agency does not exist on that day; correct the day, or validFrom and validTo with agencyUpdate",
                "cơ quan không tồn tại vào ngày đó; hãy sửa ngày, hoặc sửa validFrom, validTo bằng agencyUpdate",
            ));
        }
        Ok(())
    }
}

/// A collective party: "Công an các huyện, thành phố". Storable before anyone knows its members.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencyGroup {
    /// Key.
    pub id: Id<AgencyGroup>,
    /// The words of the source.
    pub label: String,
    /// Sector code.
    pub sector: Option<String>,
    /// Level of its members.
    pub level: Option<AgencyLevel>,
    /// How many members the source counts; none when it does not say.
    pub count: Option<i32>,
    /// Remarks of the compilers.
    pub note: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
    /// Grows by one with each change.
    pub version: i32,
}

impl AgencyGroup {
    /// The rules of a group.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.label.trim().is_empty() {
            faults.push(Fault::new(
                "label",
                "a group needs the words that the source uses for it",
                "nhóm cần có cách gọi mà nguồn dùng",
            ));
        }
        if self.count.is_some_and(|count| count < 1) {
            faults.push(Fault::new(
                "count",
                "a group counts at least one member; leave the count out if it is unknown",
                "nhóm có ít nhất một thành viên; bỏ trống số lượng nếu chưa biết",
            ));
        }
        faults
    }
}

/// An agency known to be in a group.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencyGroupMember {
    /// Key.
    pub id: Id<AgencyGroupMember>,
    /// The group.
    pub group: Id<AgencyGroup>,
    /// The member.
    pub agency: Id<Agency>,
    /// Same as the group's.
    pub visibility: Visibility,
}

/// One agency's function passing to another on a day (W3C ORG: `ChangeEvent`).
#[derive(Clone, Debug, PartialEq)]
pub struct AgencySuccession {
    /// Key; its tenant is the tenant of the agency that ended.
    pub id: Id<AgencySuccession>,
    /// The agency that ended or gave up a function.
    pub from: Id<Agency>,
    /// The agency that took it over.
    pub to: Id<Agency>,
    /// When.
    pub on: Option<PartialDate>,
    /// Which function; none when all of it.
    pub function: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
}

impl AgencySuccession {
    /// The rules of a succession.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        if self.from == self.to {
            return vec![Fault::new(
                "agency",
                "an agency does not follow itself; name another one",
                "cơ quan không thể kế thừa chính mình; hãy chọn cơ quan khác",
            )];
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    fn agency() -> Agency {
        Agency {
            id: Id::generate(TenantId(2)),
            sector: None,
            level: AgencyLevel::Province,
            name_vi: "Sở A".to_owned(),
            name_en: None,
            short_name: None,
            aliases: vec!["Sở B".to_owned()],
            locality: None,
            parent: None,
            valid_from: Some(date("2010")),
            valid_to: None,
            note: Some("x".to_owned()),
            visibility: Visibility::Draft,
            version: 1,
        }
    }

    #[test]
    fn a_renamed_agency_keeps_its_old_name() {
        let mut agency = agency();
        assert_eq!(agency.rename("Sở B".to_owned(), Some(&date("2020-03"))), Ok(()));
        assert_eq!((agency.name_vi.as_str(), agency.aliases.as_slice()), ("Sở B", &["Sở A".to_owned()][..]));
        assert_eq!(agency.note.as_deref(), Some("x\n2020-03: đổi tên, trước đó là \"Sở A\"."));
        assert_eq!(agency.rename("Sở B".to_owned(), None).unwrap_err().field(), "name");
        assert_eq!(agency.rename("Sở C".to_owned(), Some(&date("2009-12"))).unwrap_err().field(), "on");
    }

    #[test]
    fn an_agency_ends_once_and_not_before_it_begins() {
        let mut agency = agency();
        assert_eq!(agency.dissolve(date("2009")).unwrap_err().field(), "on");
        assert_eq!(agency.dissolve(date("2025-03-01")), Ok(()));
        let again = agency.dissolve(date("2025-07-01")).unwrap_err();
        assert_eq!(again.code, FaultCode::InvalidTransition);
        assert!(again.message.contains("agencyUpdate"));
        assert!(agency.faults().is_empty());
        agency.valid_from = Some(date("2026"));
        agency.parent = Some(agency.id);
        let fields: Vec<String> = agency.faults().iter().map(|fault| fault.field().to_owned()).collect();
        assert_eq!(fields, ["parent", "validTo"]);
    }
}
