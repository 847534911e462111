//! Values as they are written: codes only where they differ from what is meant without them, figures and dates as text.

use domain::{Dated, PartialDate, Period, Qualifier, Quantity, TenantId};
use rust_decimal::Decimal;

use super::Decompiler;
use crate::format::{Number, PeriodEntry, QuantityEntry, TenantRef};

pub(super) fn code(code: impl Into<&'static str>) -> String {
    code.into().to_owned()
}

/// A code, unless it is the one that is meant anyway.
pub(super) fn unless<T: Copy + PartialEq + Into<&'static str>>(value: T, default: T) -> Option<String> {
    (value != default).then(|| code(value))
}

pub(super) fn date(date: Option<&PartialDate>) -> Option<String> {
    date.map(|date| date.edtf().to_owned())
}

/// A date and the reason why it was inferred.
pub(super) fn dated(dated: Option<&Dated>) -> (Option<String>, Option<String>) {
    (date(dated.map(|one| &one.date)), dated.and_then(|one| one.inferred.clone()))
}

pub(super) fn period(period: Option<&Period>) -> Option<PeriodEntry> {
    let period = period?;
    Some(PeriodEntry {
        start: date(period.start.as_ref()),
        end: date(period.end.as_ref()),
        open_ended: period.open_ended,
    })
}

pub(super) fn quantity(quantity: &Quantity) -> QuantityEntry {
    let value = quantity.value();
    let default = if value.is_some() { Qualifier::Exact } else { Qualifier::Unquantified };
    QuantityEntry {
        value: value.map(number),
        qualifier: unless(quantity.qualifier(), default),
        text: quantity.text().map(str::to_owned),
    }
}

fn number(value: Decimal) -> Number {
    let text = value.to_string();
    match (text.parse(), value.scale()) {
        (Ok(whole), _) => Number::Integer(whole),
        // Three decimals alone would be read as thousands.
        (Err(_), 3) => Number::Text(format!("{text}0")),
        (Err(_), _) => Number::Text(text),
    }
}

impl Decompiler<'_> {
    /// A tenant that is not the dossier's.
    pub(super) fn other_tenant(&self, id: TenantId) -> Option<TenantRef> {
        (id != self.tenant).then(|| self.tenant_ref(id))
    }

    /// A tenant, with a day only where its name was that of several.
    pub(super) fn tenant_ref(&self, id: TenantId) -> TenantRef {
        let tenant = self.reference.tenant(id);
        let slug = tenant.map(|one| one.slug.clone()).unwrap_or_default();
        let several = self.reference.tenants.iter().filter(|one| one.slug == slug).count() > 1;
        let day = tenant.filter(|_| several).and_then(|one| one.valid_from.or(one.valid_to));
        TenantRef { slug, as_of: day.map(|day| day.to_string()), basis: None, evidence: Vec::new() }
    }

    /// The name of a district.
    pub(super) fn locality(&self, id: Option<domain::Id<domain::Locality>>) -> Option<String> {
        let id = id?;
        self.reference.localities.iter().find(|one| one.id == id).map(|one| one.name_vi.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_so_that_they_are_read_again() {
        let written = |text: &str| number(text.parse::<Decimal>().unwrap().normalize());
        assert_eq!(written("41000"), Number::Integer(41000));
        assert_eq!(written("3.0"), Number::Integer(3));
        assert_eq!(written("0.25"), Number::Text("0.25".to_owned()));
        assert_eq!(written("1.125"), Number::Text("1.1250".to_owned()));
        assert_eq!(written("-0.5"), Number::Text("-0.5".to_owned()));
    }
}
