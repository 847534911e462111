//! What operations ask about: ids, texts, figures and days of both worlds, those that only world A′ knows kept apart.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::hidden::CANARY;
use super::ids::{self, RowId};
use super::sdl::Sdl;
use crate::harness::{At, Engine, World};

/// A little generator of its own (splitmix64), so that every run asks the same.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let end = u64::try_from(end).unwrap();
        usize::try_from((bits ^ (bits >> 31)) % end).unwrap()
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// Values of one kind.
#[derive(Clone, Debug, Default)]
pub struct Values {
    pub visible: Vec<String>,
    pub hidden: Vec<String>,
}

impl Values {
    /// Some of both, hidden ones first.
    pub fn some(&self, dice: &mut Dice, most: usize) -> Vec<String> {
        let mut some = Vec::new();
        for (from, most) in [(&self.hidden, most.div_ceil(2)), (&self.visible, most / 2)] {
            for _ in 0..most.min(from.len()) {
                some.push(dice.pick(from).clone());
            }
        }
        some.dedup();
        some
    }
}

/// Where values come from: what they are for, and the query that reads them past every wall. What a filter compares is
/// named by the filter's type and field.
const QUERIES: [(&str, &str); 22] = [
    ("AgencyWhere.name", "SELECT name_vi FROM agencies"),
    ("AgencyWhere.sector", "SELECT DISTINCT sector FROM agencies WHERE sector IS NOT NULL"),
    ("DocumentWhere.title", "SELECT title_vi FROM documents WHERE title_vi IS NOT NULL"),
    ("DocumentWhere.number", "SELECT number FROM documents WHERE number IS NOT NULL"),
    ("EventWhere.name", "SELECT name FROM events"),
    ("PersonWhere.name", "SELECT name FROM people"),
    ("ProgramWhere.title", "SELECT title_vi FROM programs"),
    ("ProgramWhere.number", "SELECT number FROM programs WHERE number IS NOT NULL"),
    ("ProvinceWhere.name", "SELECT name_vi FROM tenants WHERE id IN (SELECT tenant_id FROM programs)"),
    ("ProvinceWhere.slug", "SELECT slug FROM tenants WHERE id IN (SELECT tenant_id FROM programs)"),
    ("ProvinceWhere.gsoCode", "SELECT gso_code FROM tenants WHERE id IN (SELECT tenant_id FROM programs)"),
    ("ProvinceWhere.isoCode", "SELECT iso_code FROM tenants WHERE id IN (SELECT tenant_id FROM programs)"),
    ("ProvinceWhere.region", "SELECT region FROM tenants WHERE id IN (SELECT tenant_id FROM programs)"),
    ("ProvinceBy.key", "SELECT key FROM tenants WHERE id IN (SELECT tenant_id FROM programs)"),
    ("ResultWhere.indicator", "SELECT DISTINCT indicator FROM results"),
    ("SourceWhere.dossier", "SELECT dossier FROM sources"),
    ("SourceWhere.title", "SELECT coalesce(title, publisher) FROM sources"),
    ("TopicWhere.code", "SELECT DISTINCT topic FROM program_topics"),
    ("TopicWhere.name", "SELECT name_vi FROM topics WHERE code IN (SELECT topic FROM program_topics)"),
    (
        "Date",
        "SELECT CAST(d AS text) FROM (SELECT signed_on_earliest AS d FROM programs
         UNION SELECT period_latest FROM programs UNION SELECT held_on_earliest FROM events
         UNION SELECT issued_on_earliest FROM documents UNION SELECT published_on_earliest FROM sources
         UNION SELECT period_latest FROM results UNION SELECT period_earliest FROM results) t",
    ),
    ("Decimal", "SELECT CAST(value_e4 / 10000 AS text) FROM results WHERE value_e4 IS NOT NULL"),
    ("words", "SELECT folded FROM search_entries WHERE kind <> 'TENANT' AND kind <> 'LOCALITY'"),
];

/// Everything that operations are made of.
pub struct Samples {
    pub values: BTreeMap<&'static str, Values>,
    /// Global ids of rows by type, those first that hidden rows point to.
    pub visible: BTreeMap<String, Vec<String>>,
    /// Rows that only A′ has.
    pub hidden: Vec<RowId>,
    /// Ids of tenants; those that hide something first.
    pub tenants: Vec<String>,
    /// Cursors of each sorted root list, as the first page gives them.
    pub cursors: Vec<(String, Vec<String>)>,
}

impl Samples {
    /// Samples what both worlds know, and what only `b` knows.
    pub async fn of(sdl: &Sdl, a: &World, b: &World, engine: Engine, asks_as: Option<&str>) -> Self {
        ids::know_every_table(b).await;
        let known: BTreeSet<RowId> = ids::rows(a, engine).await.into_iter().collect();
        let hidden: Vec<RowId> = ids::rows(b, engine).await.into_iter().filter(|row| !known.contains(row)).collect();
        let hidden_text = text_only_in(a, b).await;
        let mut values = BTreeMap::new();
        for (name, sql) in QUERIES {
            let of = async |world: &World| -> BTreeSet<String> {
                world.select(sql).await.into_iter().flatten().filter(|text| !text.is_empty()).collect()
            };
            let (in_a, in_b) = (of(a).await, of(b).await);
            let hidden: Vec<String> = in_b.difference(&in_a).cloned().collect();
            values.insert(name, Values { visible: in_a.into_iter().collect(), hidden });
        }
        let mut ranked: BTreeMap<String, Vec<(bool, String)>> = BTreeMap::new();
        for row in known {
            let hex = format!("{:032x}", u128::from_be_bytes(row.uuid));
            ranked.entry(row.type_name).or_default().push((!hidden_text.contains(&hex), row.id));
        }
        let mut hiding: BTreeSet<i32> = hidden.iter().map(|row| row.tenant).collect();
        hiding.insert(1);
        let tenants: Vec<String> = hiding.into_iter().chain([2, 30]).map(ids::tenant_id).collect();
        let mut cursors = Vec::new();
        for (root, listed) in sdl.lists().filter(|(root, _)| root.takes("last")) {
            let catalog = sdl.fields(listed).iter().any(|field| field.name == "code");
            let code = if catalog { "code" } else { "" };
            let query = format!("{{ {}(first: 100) {{ edges {{ cursor node {{ id {code} }} }} }} }}", root.name);
            let (_, body) = a.body(&query, &json!({}), asks_as).await;
            let data: Value = serde_json::from_slice(&body).unwrap();
            let path = format!("data.{}.edges", root.name);
            if root.takes("orderBy") {
                cursors.push((root.name.clone(), data.texts(&path, "cursor").into_iter().step_by(3).take(6).collect()));
            }
            for node in data.list(&path).iter().filter(|_| catalog) {
                let touched = hidden_text.contains(&node.text("node.code").to_lowercase());
                ranked.entry(listed.to_owned()).or_default().push((!touched, node.text("node.id").to_owned()));
            }
        }
        let mut visible: BTreeMap<String, Vec<String>> = ranked
            .into_iter()
            .map(|(name, mut ids)| {
                ids.sort();
                (name, ids.into_iter().map(|(_, id)| id).collect())
            })
            .collect();
        visible.insert("Province".to_owned(), tenants[1..].to_vec());
        visible.insert("Central".to_owned(), tenants[..1].to_vec());
        Self { values, visible, hidden, tenants, cursors }
    }

    /// Values for a filter's field, or of a scalar.
    pub fn values(&self, type_name: &str, field: &str, scalar: &str) -> Values {
        let own = self.values.get(format!("{type_name}.{field}").as_str());
        own.or_else(|| self.values.get(scalar))
            .cloned()
            .unwrap_or_else(|| Values { visible: vec!["POLICE".to_owned()], hidden: vec![CANARY.to_owned()] })
    }

    /// Ids of rows of a type.
    pub fn ids(&self, type_name: &str) -> Values {
        let hidden = self.hidden.iter().filter(|row| row.type_name == type_name).map(|row| row.id.clone());
        Values { visible: self.visible.get(type_name).cloned().unwrap_or_default(), hidden: hidden.collect() }
    }

    /// Ids to ask a type's fields of: visible ones, else hidden ones, else one of nothing.
    pub fn reachable(&self, type_name: &str) -> Vec<String> {
        let Values { visible, hidden } = self.ids(type_name);
        let found = if visible.is_empty() { hidden } else { visible };
        if found.is_empty() { vec![ids::record_id(17, 16, &[0x5a; 16])] } else { found }
    }
}

/// All rows that only `b` has, as one text in lower case; uuids without dashes.
async fn text_only_in(a: &World, b: &World) -> String {
    let (in_a, in_b) = (a.rows().await, b.rows().await);
    let mut text = String::new();
    for (name, table) in &in_b.0 {
        let known: BTreeSet<&String> = in_a.0[name].rows.iter().collect();
        for row in table.rows.iter().filter(|row| !known.contains(row)) {
            text.push_str(&row.to_lowercase().replace('-', ""));
            text.push('\n');
        }
    }
    text
}
