//! Values: codes, dates, periods, figures, names of the catalogues and references by local key. Each reader notes
//! what is wrong and gives nothing back in that case.

use std::collections::BTreeMap;
use std::str::FromStr;

use domain::{
    Agency, AgencyGroup, AgencyGroupMember, Award, Bundle, Citation, Conflict, CooperationArea, Dated, Direction,
    Document, Event, EventProgram, Fault, Involvement, Obligation, Outcome, PartialDate, Period, Person,
    PlannedActivity, Position, Program, ProgramLink, ProgramTopic, Provenance, Qualifier, Quantity, Remark, Source,
    Target, TenantId,
};
use rust_decimal::Decimal;

use super::{At, Compiler, Handle};
use crate::format::{Number, PeriodEntry, QuantityEntry, TenantRef};
use crate::nearest::did_you_mean;
use crate::problem::{Collector, clip};
use crate::reference::TenantFault;

/// A [`Bundle`] without its source.
#[derive(Default)]
pub(super) struct Growing {
    pub(super) agencies: Vec<Agency>,
    pub(super) agency_groups: Vec<AgencyGroup>,
    pub(super) agency_group_members: Vec<AgencyGroupMember>,
    pub(super) people: Vec<Person>,
    pub(super) positions: Vec<Position>,
    pub(super) documents: Vec<Document>,
    pub(super) programs: Vec<Program>,
    pub(super) program_topics: Vec<ProgramTopic>,
    pub(super) program_links: Vec<ProgramLink>,
    pub(super) areas: Vec<CooperationArea>,
    pub(super) targets: Vec<Target>,
    pub(super) events: Vec<Event>,
    pub(super) event_programs: Vec<EventProgram>,
    pub(super) results: Vec<Outcome>,
    pub(super) awards: Vec<Award>,
    pub(super) directions: Vec<Direction>,
    pub(super) obligations: Vec<Obligation>,
    pub(super) planned_activities: Vec<PlannedActivity>,
    pub(super) remarks: Vec<Remark>,
    pub(super) citations: Vec<Citation>,
    pub(super) involvements: Vec<Involvement>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) provenances: Vec<Provenance>,
}

impl Growing {
    pub(super) fn into_bundle(self, source: Source) -> Bundle {
        Bundle {
            source,
            agencies: self.agencies,
            agency_groups: self.agency_groups,
            agency_group_members: self.agency_group_members,
            people: self.people,
            positions: self.positions,
            documents: self.documents,
            programs: self.programs,
            program_topics: self.program_topics,
            program_links: self.program_links,
            areas: self.areas,
            targets: self.targets,
            events: self.events,
            event_programs: self.event_programs,
            results: self.results,
            awards: self.awards,
            directions: self.directions,
            obligations: self.obligations,
            planned_activities: self.planned_activities,
            remarks: self.remarks,
            citations: self.citations,
            involvements: self.involvements,
            conflicts: self.conflicts,
            provenances: self.provenances,
        }
    }
}

/// The record with `key` among those of `list`.
pub(super) fn lookup<T>(
    known: &BTreeMap<&str, Handle<T>>,
    problems: &mut Collector<'_>,
    key: Option<&str>,
    pointer: &str,
    list: &str,
) -> Option<Handle<T>> {
    let key = key?;
    let found = known.get(key).copied();
    if found.is_none() {
        let mend = did_you_mean(key, known.keys().copied()).unwrap_or_else(|| format!("add it under {list}"));
        problems.push(pointer, format!("no entry of {list} has the key \"{}\"; {mend}", clip(key)));
    }
    found
}

impl Compiler<'_> {
    pub(super) fn agency(&mut self, key: Option<&str>, pointer: &str) -> Option<Handle<Agency>> {
        lookup(&self.agencies, &mut self.problems, key, pointer, "agencies")
    }

    pub(super) fn program(&mut self, key: Option<&str>, pointer: &str) -> Option<Handle<Program>> {
        lookup(&self.programs, &mut self.problems, key, pointer, "programs")
    }

    pub(super) fn document(&mut self, key: Option<&str>, pointer: &str) -> Option<Handle<Document>> {
        lookup(&self.documents, &mut self.problems, key, pointer, "documents")
    }

    /// The event where something about a program of `tenant` happened. Such an edge stays within the tenant.
    pub(super) fn event(&mut self, key: Option<&str>, at: &At, tenant: TenantId) -> Option<domain::Id<Event>> {
        let pointer = at.field("event");
        let event = lookup(&self.events, &mut self.problems, key, &pointer, "events")?;
        self.same_tenant(event.id.tenant, tenant, &pointer, "the event").then_some(event.id)
    }

    /// Whether an edge stays within `tenant`, as most must.
    pub(super) fn same_tenant(&mut self, found: TenantId, tenant: TenantId, pointer: &str, what: &str) -> bool {
        if found != tenant {
            let name = |id| self.reference.tenant(id).map_or("another tenant", |tenant| tenant.name_vi.as_str());
            let (there, here) = (name(found), name(tenant));
            let message = format!(
                "{what} belongs to {there}, this record to {here}, and this edge does not cross; leave it out or say it in words"
            );
            self.problems.push(pointer, message);
        }
        found == tenant
    }

    pub(super) fn faults(&mut self, at: &At, faults: Vec<Fault>) {
        for fault in faults {
            self.problems.push(&at.field(fault.field()), fault.message);
        }
    }

    pub(super) fn tenant_ref(&mut self, entry: Option<&TenantRef>, pointer: &str) -> Option<TenantId> {
        let Some(entry) = entry else { return Some(self.tenant) };
        match self.reference.tenant_as_of(&entry.slug, entry.as_of.as_deref()) {
            Ok(tenant) => return Some(tenant.id),
            Err(TenantFault::Slug(message)) => self.problems.push(&format!("{pointer}/slug"), message),
            Err(TenantFault::AsOf(message)) => self.problems.push(&format!("{pointer}/asOf"), message),
        }
        None
    }

    /// A code that the schema let through already.
    pub(super) fn code<T: FromStr>(&mut self, text: &str, pointer: &str) -> Option<T> {
        let code = text.parse().ok();
        if code.is_none() {
            self.problems.push(pointer, format!("\"{}\" is not a known code", clip(text)));
        }
        code
    }

    pub(super) fn code_or<T: FromStr>(&mut self, text: Option<&str>, pointer: &str, default: T) -> T {
        text.and_then(|text| self.code(text, pointer)).unwrap_or(default)
    }

    pub(super) fn optional_code<T: FromStr>(&mut self, text: Option<&str>, pointer: &str) -> Option<T> {
        text.and_then(|text| self.code(text, pointer))
    }

    pub(super) fn date(&mut self, text: Option<&str>, pointer: &str) -> Option<PartialDate> {
        PartialDate::parse(text?).map_err(|error| self.problems.push(pointer, error.to_string())).ok()
    }

    /// The date under `field`, with the reason under `field` + `Inferred`.
    pub(super) fn dated(
        &mut self,
        date: Option<&str>,
        inferred: Option<&String>,
        at: &At,
        field: &str,
    ) -> Option<Dated> {
        if date.is_none() && inferred.is_some() {
            let message = format!("says why a date was inferred, but there is no {field}; add it");
            self.problems.push(&at.field(&format!("{field}Inferred")), message);
        }
        let date = self.date(date, &at.field(field))?;
        Some(Dated { date, inferred: inferred.cloned() })
    }

    pub(super) fn period(&mut self, entry: Option<&PeriodEntry>, at: &At) -> Option<Period> {
        let (entry, pointer) = (entry?, at.field("period"));
        let start = self.date(entry.start.as_deref(), &format!("{pointer}/start"));
        let end = self.date(entry.end.as_deref(), &format!("{pointer}/end"));
        // A date that could not be read was reported; the period cannot be judged then.
        if start.is_some() != entry.start.is_some() || end.is_some() != entry.end.is_some() {
            return None;
        }
        Period::new(start, end, entry.open_ended).map_err(|error| self.problems.push(&pointer, error.to_string())).ok()
    }

    pub(super) fn quantity(&mut self, entry: Option<&QuantityEntry>, at: &At) -> Option<Quantity> {
        let pointer = at.field("quantity");
        let Some(entry) = entry else {
            return Quantity::new(None, Qualifier::Unquantified, None).ok();
        };
        let value = match &entry.value {
            None => None,
            Some(Number::Integer(number)) => Some(Decimal::from(*number)),
            Some(Number::Text(text)) => match decimal(text) {
                Ok(number) => Some(number),
                Err(message) => {
                    self.problems.push(&format!("{pointer}/value"), message);
                    return None;
                }
            },
        };
        let default = if value.is_some() { Qualifier::Exact } else { Qualifier::Unquantified };
        let qualifier = self.code_or(entry.qualifier.as_deref(), &format!("{pointer}/qualifier"), default);
        Quantity::new(value, qualifier, entry.text.clone())
            .map_err(|error| self.problems.push(&pointer, error.to_string()))
            .ok()
    }

    pub(super) fn sector(&mut self, code: Option<&str>, at: &At) -> Option<String> {
        let known = self.reference.sectors.iter().map(|entry| entry.code.as_str());
        catalogued(&mut self.problems, known, code?, &at.field("sector"), "sector")
    }

    pub(super) fn topic(&mut self, code: Option<&str>, pointer: &str) -> Option<String> {
        let known = self.reference.topics.iter().map(|entry| entry.code.as_str());
        catalogued(&mut self.problems, known, code?, pointer, "topic")
    }

    pub(super) fn indicator(&mut self, code: &str, at: &At) -> Option<String> {
        let known = self.reference.indicators.iter().map(|entry| entry.code.as_str());
        catalogued(&mut self.problems, known, code, &at.field("indicator"), "indicator")
    }
}

fn catalogued<'c>(
    problems: &mut Collector<'_>,
    known: impl Iterator<Item = &'c str> + Clone,
    code: &str,
    pointer: &str,
    what: &str,
) -> Option<String> {
    if known.clone().any(|known| known == code) {
        return Some(code.to_owned());
    }
    let mend = did_you_mean(code, known).unwrap_or_else(|| format!("use a code of the {what}s catalogue"));
    problems.push(pointer, format!("the {what} \"{}\" is in no catalogue; {mend}", clip(code)));
    None
}

/// A decimal number, and nothing that might be one with separators of thousands.
fn decimal(text: &str) -> Result<Decimal, String> {
    let shown = clip(text);
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = digits.split('.').skip(1).all(|group| group.len() == 3 && numeric(group)) && numeric(whole);
    if grouped && !decimals.is_empty() && (decimals.contains('.') || !whole.starts_with('0')) {
        return Err(format!(
            "\"{shown}\" may be thousands or decimals; write thousands without separators ({}), decimals with another digit ({shown}0)",
            digits.replace('.', "")
        ));
    }
    if whole.is_empty() || !numeric(whole) || !numeric(decimals) {
        return Err(format!(
            "\"{shown}\" is not a number; write digits, with a point before decimals, and no separators"
        ));
    }
    text.parse().map_err(|_error: rust_decimal::Error| format!("\"{shown}\" is too long for a number; round it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_to_the_digit_or_not_at_all() {
        assert_eq!(decimal("0.25").unwrap().to_string(), "0.25");
        assert_eq!(decimal("-3").unwrap().to_string(), "-3");
        assert_eq!(decimal("0.125").unwrap().to_string(), "0.125");
        assert_eq!(decimal("1.1250").unwrap().to_string(), "1.1250");
        assert!(decimal("41.000").unwrap_err().contains("41000"));
        assert!(decimal("1.234.567").unwrap_err().contains("1234567"));
        for text in ["41,000", "1_000", "abc", "", ".", "1e3", "1.2.3", "--1", "999999999999999999999999999999999999"] {
            assert!(decimal(text).is_err(), "{text}");
        }
    }
}
