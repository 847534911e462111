//! How provinces follow one another: what a merger, a split, a renaming or an elevation is made of.

use chrono::NaiveDate;

use super::{SuccessionKind, Tenant, TenantKind, TenantSuccession};
use crate::fault::FaultCode;
use crate::{Fault, TenantId};

/// The numbers from which provinces are counted that did not come with the program, so that the two never meet.
pub const FIRST_OWN_NUMBER: i32 = 10_000;

/// What happens to provinces on a day.
#[derive(Clone, Debug)]
pub struct Succession {
    /// What happens.
    pub kind: SuccessionKind,
    /// The first day of what follows.
    pub on: NaiveDate,
    /// The legal act.
    pub legal_basis: Option<String>,
}

impl Succession {
    /// What is wrong with it, by the provinces that end and those that follow.
    pub fn faults(&self, from: &[Tenant], to: &[Tenant], today: NaiveDate) -> Vec<Fault> {
        let mut faults = Vec::new();
        let many = |several: bool, list: &[Tenant]| if several { list.len() >= 2 } else { list.len() == 1 };
        let (merge, split) = (self.kind == SuccessionKind::Merge, self.kind == SuccessionKind::Split);
        if !many(merge, from) {
            faults.push(Fault::new(
                "from",
                "a merger has several predecessors, any other succession has one",
                "sáp nhập có từ hai đơn vị trước trở lên, các trường hợp khác có một",
            ));
        }
        if !many(split, to) {
            faults.push(Fault::new(
                "to",
                "a split has several successors, any other succession has one",
                "chia tách có từ hai đơn vị sau trở lên, các trường hợp khác có một",
            ));
        }
        if self.on > today {
            faults.push(Fault::new(
                "on",
                "successors act on their predecessors' records from now on: record it on its first day",
                "đơn vị mới có quyền trên hồ sơ cũ ngay khi ghi nhận: hãy ghi nhận từ ngày có hiệu lực",
            ));
        }
        for (place, tenant) in from.iter().enumerate() {
            faults.extend(self.cannot_end(tenant).map(|fault| fault.under(&["from", &place.to_string()])));
        }
        for (place, tenant) in to.iter().enumerate() {
            faults.extend(self.cannot_begin(tenant).into_iter().map(|fault| fault.under(&["to", &place.to_string()])));
        }
        faults
    }

    fn cannot_end(&self, tenant: &Tenant) -> Option<Fault> {
        if tenant.kind == TenantKind::Central {
            return Some(Fault::new("", "the center has no successor", "trung ương không có đơn vị kế thừa"));
        }
        if self.kind == SuccessionKind::Upgrade && tenant.kind == TenantKind::Municipality {
            return Some(Fault::new("", "it is a municipality already", "đơn vị này đã là thành phố"));
        }
        if let Some(last) = tenant.valid_to {
            return Some(Fault::of(
                FaultCode::InvalidTransition,
                &[],
                format!("it ended on {last}; name the province that exists now"),
                format!("đơn vị này đã kết thúc ngày {last}; hãy nêu đơn vị hiện có"),
            ));
        }
        let began = tenant.valid_from.is_some_and(|first| self.on <= first);
        began.then(|| Fault::new("", "it began later than that", "đơn vị này bắt đầu muộn hơn ngày đó"))
    }

    fn cannot_begin(&self, tenant: &Tenant) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (field, text) in [
            ("name", &tenant.name_vi),
            ("shortName", &tenant.short_name_vi),
            ("nameEn", &tenant.name_en),
            ("shortNameEn", &tenant.short_name_en),
        ] {
            faults.extend(Fault::blank(field, text));
        }
        let of_letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if tenant.slug.is_empty() || !tenant.slug.bytes().all(of_letters) {
            faults.push(Fault::new(
                "slug",
                "a slug is of a–z, 0–9 and -: hung-yen",
                "slug gồm a–z, 0–9 và dấu -: hung-yen",
            ));
        }
        if tenant.kind == TenantKind::Central
            || (self.kind == SuccessionKind::Upgrade && tenant.kind != TenantKind::Municipality)
        {
            faults.push(Fault::new(
                "kind",
                "it is PROVINCE or MUNICIPALITY; after UPGRADE it is MUNICIPALITY",
                "chọn PROVINCE hoặc MUNICIPALITY; sau UPGRADE là MUNICIPALITY",
            ));
        }
        faults
    }

    /// The frozen key of a province that begins: its slug and the year, or the day where another began that year.
    pub fn key(&self, slug: &str, taken: impl Fn(&str) -> bool) -> String {
        let by_year = format!("{slug}:{}", self.on.format("%Y"));
        if taken(&by_year) { format!("{slug}:{}", self.on) } else { by_year }
    }

    /// A province as it ends.
    #[must_use]
    pub fn ended(&self, tenant: Tenant) -> Tenant {
        Tenant { valid_to: self.on.pred_opt(), ..tenant }
    }

    /// Each step from one that ends to one that follows.
    pub fn steps(&self, from: &[Tenant], to: &[Tenant]) -> Vec<TenantSuccession> {
        let step = |from: TenantId, to: TenantId| TenantSuccession {
            from,
            to,
            on: self.on,
            kind: self.kind,
            legal_basis: self.legal_basis.clone(),
        };
        from.iter()
            .flat_map(|old| to.iter().map(move |new| (old.id, new.id)))
            .map(|(old, new)| step(old, new))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(id: i32, kind: TenantKind) -> Tenant {
        let text = || "Tên".to_owned();
        Tenant {
            id: TenantId(id),
            key: format!("ten-{id}:pre2025"),
            slug: "ten".to_owned(),
            kind,
            name_vi: text(),
            short_name_vi: text(),
            name_en: text(),
            short_name_en: text(),
            gso_code: None,
            iso_code: None,
            region: None,
            region_basis: None,
            valid_from: None,
            valid_to: None,
            seat: None,
            district_count: None,
            commune_count: None,
            legal_source: None,
            note: None,
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn faults(kind: SuccessionKind, from: &[Tenant], to: &[Tenant]) -> Vec<String> {
        let succession = Succession { kind, on: day("2026-07-01"), legal_basis: None };
        let found = succession.faults(from, to, day("2026-11-22"));
        found.iter().map(|fault| fault.path.join(".")).collect()
    }

    #[test]
    fn each_kind_has_its_own_shape() {
        use SuccessionKind::{Merge, Rename, Split, Upgrade};
        let [a, b] = [1, 2].map(|id| tenant(id, TenantKind::Province));
        let city = tenant(3, TenantKind::Municipality);
        let (one, two) = (std::slice::from_ref(&a), [a.clone(), b.clone()]);
        assert_eq!(faults(Merge, &two, one), Vec::<String>::new());
        assert_eq!(faults(Merge, one, &two), ["from", "to"]);
        assert_eq!(faults(Split, one, &two), Vec::<String>::new());
        assert_eq!(faults(Rename, one, one), Vec::<String>::new());
        assert_eq!(faults(Upgrade, one, one), ["to.0.kind"]);
        assert_eq!(faults(Upgrade, one, std::slice::from_ref(&city)), Vec::<String>::new());
        assert_eq!(faults(Upgrade, std::slice::from_ref(&city), std::slice::from_ref(&city)), ["from.0"]);
    }

    #[test]
    fn what_ended_does_not_end_again() {
        let gone = Tenant { valid_to: Some(day("2025-06-30")), ..tenant(1, TenantKind::Province) };
        let late = Tenant { valid_from: Some(day("2026-07-01")), ..tenant(2, TenantKind::Province) };
        let next = [tenant(9, TenantKind::Province)];
        assert_eq!(
            faults(SuccessionKind::Merge, &[gone, late, tenant(3, TenantKind::Central)], &next),
            ["from.0", "from.1", "from.2"]
        );
    }

    #[test]
    fn keys_tell_versions_apart() {
        let succession = Succession { kind: SuccessionKind::Rename, on: day("2026-07-01"), legal_basis: None };
        assert_eq!(succession.key("ten", |_| false), "ten:2026");
        assert_eq!(succession.key("ten", |key| key == "ten:2026"), "ten:2026-07-01");
        assert_eq!(succession.ended(tenant(1, TenantKind::Province)).valid_to, Some(day("2026-06-30")));
    }
}
