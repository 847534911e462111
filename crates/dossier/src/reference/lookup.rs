//! Finding things in the reference data, and saying what was probably meant where nothing is found.

use chrono::NaiveDate;
use domain::text::fold;
use domain::{Indicator, Locality, PartialDate, Sector, Tenant, TenantId, Topic, Unit};

use super::Reference;
use crate::nearest::did_you_mean;
use crate::problem::clip;

impl Reference {
    /// The sector with `code`.
    pub fn sector(&self, code: &str) -> Option<&Sector> {
        self.sectors.iter().find(|sector| sector.code == code)
    }

    /// The topic with `code`.
    pub fn topic(&self, code: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.code == code)
    }

    /// The unit with `code`.
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The indicator with `code`.
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }

    /// The tenant with `id`.
    pub fn tenant(&self, id: TenantId) -> Option<&Tenant> {
        self.tenants.iter().find(|tenant| tenant.id == id)
    }

    /// The tenant with a frozen key: `hung-yen:2025`.
    ///
    /// # Errors
    ///
    /// The keys of all versions of the unit that may be meant; none when no unit is called so.
    pub fn tenant_by_key(&self, key: &str) -> Result<&Tenant, Vec<&str>> {
        let slug = key.split(':').next().unwrap_or_default();
        let near = || self.tenants.iter().filter(|one| one.slug == slug).map(|one| one.key.as_str()).collect();
        self.tenants.iter().find(|tenant| tenant.key == key).ok_or_else(near)
    }

    /// The version of the unit `slug` that existed as of an EDTF date; without a date, the only version there is.
    ///
    /// # Errors
    ///
    /// A sentence that says what to write instead: the slug is unknown, names several versions, or the unit did not
    /// exist then.
    pub fn tenant_as_of(&self, slug: &str, as_of: Option<&str>) -> Result<&Tenant, TenantFault> {
        let mut versions: Vec<&Tenant> = self.tenants.iter().filter(|tenant| tenant.slug == slug).collect();
        versions.sort_by_key(|tenant| tenant.valid_from);
        let listed = || versions.iter().map(|version| span(version)).collect::<Vec<_>>().join("; ");
        let Some(first) = versions.first() else {
            let slugs = self.tenants.iter().map(|tenant| tenant.slug.as_str());
            let mend = did_you_mean(slug, slugs).unwrap_or_else(|| "write it as thai-binh, or trung-uong".to_owned());
            return Err(TenantFault::Slug(format!("no province is called \"{}\"; {mend}", clip(slug))));
        };
        if first.id == TenantId::CENTRAL {
            return Ok(first);
        }
        let Some(as_of) = as_of else {
            return match versions.as_slice() {
                [only] => Ok(only),
                _ => Err(TenantFault::Slug(format!(
                    "\"{slug}\" has been several units ({}); add asOf with a day on which the one you mean existed",
                    listed()
                ))),
            };
        };
        let date = PartialDate::parse(as_of).map_err(|error| TenantFault::AsOf(error.to_string()))?;
        let (Some(earliest), Some(latest)) = (date.earliest(), date.latest()) else {
            return Err(TenantFault::AsOf(format!("\"{}\" has no bound on one side; write a day", clip(as_of))));
        };
        if let Some(found) = versions.iter().find(|version| version.existed_on(earliest) && version.existed_on(latest))
        {
            return Ok(found);
        }
        let mut message = format!("\"{slug}\" did not exist on {as_of} ({})", listed());
        if earliest < latest
            && versions.iter().any(|version| version.existed_on(earliest) || version.existed_on(latest))
        {
            message = format!("\"{slug}\" changed within {as_of} ({})", listed());
        }
        let mend = match self.followed(&versions, earliest) {
            Some((unit, follows)) if follows => {
                format!("{} followed it, write its slug \"{}\"", unit.name_vi, unit.slug)
            }
            Some((unit, _)) => format!("{} came before it, write its slug \"{}\"", unit.name_vi, unit.slug),
            None => "write a day on which it existed".to_owned(),
        };
        Err(TenantFault::AsOf(format!("{message}; {mend}")))
    }

    /// The unit that stands on `day` where one of `versions` stood before or after; true if it came after.
    fn followed(&self, versions: &[&Tenant], day: NaiveDate) -> Option<(&Tenant, bool)> {
        let after =
            |id: TenantId| self.successions.iter().filter(move |step| step.from == id).map(|step| (step.to, true));
        let before =
            |id: TenantId| self.successions.iter().filter(move |step| step.to == id).map(|step| (step.from, false));
        let steps = versions.iter().flat_map(|version| after(version.id).chain(before(version.id)));
        let mut units = steps.filter_map(|(id, follows)| self.tenant(id).map(|unit| (unit, follows)));
        units.find(|(unit, _)| unit.existed_on(day) && versions.iter().all(|version| version.id != unit.id))
    }

    /// The district of `tenant` called `name`: by full name, short name or a known variant, tone marks and case aside.
    ///
    /// # Errors
    ///
    /// A sentence that says what to write instead.
    pub fn locality(&self, tenant: TenantId, name: &str) -> Result<&Locality, String> {
        let wanted = fold(name);
        let districts: Vec<&Locality> =
            self.localities.iter().filter(|district| district.id.tenant == tenant).collect();
        let full: Vec<&Locality> =
            districts.iter().filter(|district| fold(&district.name_vi) == wanted).copied().collect();
        let known = |district: &&Locality| {
            fold(&district.short_name_vi) == wanted || district.variants.iter().any(|variant| fold(variant) == wanted)
        };
        let loose: Vec<&Locality> =
            if full.is_empty() { districts.iter().copied().filter(known).collect() } else { full };
        // A name given twice is one district before and after a change: the later one is the one in the lists.
        let latest = loose.iter().max_by_key(|district| district.valid_to.unwrap_or(NaiveDate::MAX));
        let Some(latest) = latest else {
            let place = self.tenant(tenant).map_or("this tenant", |tenant| tenant.name_vi.as_str());
            let names =
                districts.iter().flat_map(|district| [district.name_vi.as_str(), district.short_name_vi.as_str()]);
            let mend = did_you_mean(name, names).unwrap_or_else(|| "write its full Vietnamese name".to_owned());
            return Err(format!("no district of {place} is called \"{}\"; {mend}", clip(name)));
        };
        if loose
            .iter()
            .any(|district| district.name_vi != latest.name_vi && fold(&district.name_vi) != fold(&latest.name_vi))
        {
            let names: Vec<&str> = loose.iter().map(|district| district.name_vi.as_str()).collect();
            return Err(format!("\"{}\" may be any of {}; write the full name", clip(name), names.join(", ")));
        }
        Ok(latest)
    }
}

/// Why a tenant reference names no tenant: which of its two keys is to blame, and the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TenantFault {
    /// The slug.
    Slug(String),
    /// The day.
    AsOf(String),
}

fn span(tenant: &Tenant) -> String {
    let name = &tenant.name_vi;
    match (tenant.valid_from, tenant.valid_to) {
        (None, None) => name.clone(),
        (Some(from), None) => format!("{name} from {from}"),
        (None, Some(to)) => format!("{name} until {to}"),
        (Some(from), Some(to)) => format!("{name} from {from} until {to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(slug: &str, as_of: Option<&str>) -> String {
        match Reference::shipped().unwrap().tenant_as_of(slug, as_of).unwrap_err() {
            TenantFault::Slug(message) | TenantFault::AsOf(message) => message,
        }
    }

    #[test]
    fn a_slug_and_a_day_name_a_version() {
        let reference = Reference::shipped().unwrap();
        let key = |slug, as_of| reference.tenant_as_of(slug, as_of).unwrap().key.as_str();
        assert_eq!(key("hung-yen", Some("2020-02-25")), "hung-yen:pre2025");
        assert_eq!(key("hung-yen", Some("2025-07-01")), "hung-yen:2025");
        assert_eq!(key("thai-binh", None), "thai-binh:pre2025");
        assert_eq!(key("thai-binh", Some("2022")), "thai-binh:pre2025");
        assert_eq!(key("trung-uong", None), "trung-uong");
    }

    #[test]
    fn a_wrong_one_is_answered_with_the_right_one() {
        let unknown = fault("thai-bin", None);
        assert!(unknown.contains("did you mean \"thai-binh\"?"), "{unknown}");
        let several = fault("hung-yen", None);
        assert!(several.contains("Tỉnh Hưng Yên until 2025-06-30; Tỉnh Hưng Yên from 2025-07-01"), "{several}");
        let ended = fault("thai-binh", Some("2026-01-01"));
        assert!(ended.contains("did not exist on 2026-01-01") && ended.contains("\"hung-yen\""), "{ended}");
        let changed = fault("hung-yen", Some("2025"));
        assert!(changed.contains("changed within 2025"), "{changed}");
        let impossible = fault("hung-yen", Some("2025-02-30"));
        assert!(impossible.contains("not in the calendar"), "{impossible}");
    }

    #[test]
    fn districts_are_found_as_they_are_typed() {
        let reference = Reference::shipped().unwrap();
        let thai_binh = reference.tenant_as_of("thai-binh", None).unwrap().id;
        assert_eq!(reference.locality(thai_binh, "huyện quỳnh phụ").unwrap().name_vi, "Huyện Quỳnh Phụ");
        assert_eq!(reference.locality(thai_binh, "Quỳnh Phụ").unwrap().name_vi, "Huyện Quỳnh Phụ");
        let fault = reference.locality(thai_binh, "Huyện Quỳnh Phú Lộc").unwrap_err();
        assert!(fault.contains("Tỉnh Thái Bình"), "{fault}");
    }

    #[test]
    fn districts_have_the_same_id_everywhere() {
        let mut ids: Vec<_> = Reference::shipped().unwrap().localities.iter().map(|district| district.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 707);
        let first = super::super::locality_id(TenantId(2), "001").uuid;
        assert_eq!(first.to_string(), "64697374-7269-8374-8000-000200303031");
    }
}
