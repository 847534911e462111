//! Every entry keeps what it promises: a table that is added wrongly is found here, before anybody asks for it.

use std::collections::BTreeSet;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use persistence::listing::CellKind;

use super::*;

/// The kinds of cells that a column of a kind may have.
fn fits(kind: Kind, cell: CellKind) -> bool {
    match cell {
        CellKind::Text => matches!(kind, Kind::Text | Kind::Code | Kind::PartialDate),
        CellKind::Int => kind == Kind::Integer,
        CellKind::Scaled => kind == Kind::Decimal,
        CellKind::Day => kind == Kind::Date,
        CellKind::Flag => kind == Kind::Boolean,
        CellKind::Record(_) => kind == Kind::Id,
    }
}

#[test]
fn names_are_told_apart_and_explained() {
    let mut tables = BTreeSet::new();
    for table in TABLES {
        assert!(tables.insert(table.name), "{}", table.name);
        assert!(table.title.iter().chain([&table.about]).all(|text| !text.is_empty()), "{}", table.name);
        let mut columns = BTreeSet::new();
        for column in table.columns {
            let Column { name, labels, about, names, .. } = column;
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            assert!(columns.insert(*name) && name.bytes().all(plain), "{}.{name}", table.name);
            assert!(
                about.ends_with(['.', '…']) && labels.iter().all(|label| !label.is_empty()),
                "{}.{name}",
                table.name
            );
            let of = names.is_none_or(|of| table.columns.iter().any(|other| other.name == of && other.names.is_none()));
            assert!(of, "{}.{name} names no column", table.name);
        }
        // Pairs of sectors are of no province.
        assert!(columns.contains("province_slug") || table.name == "collaboration", "{}", table.name);
        let parameters: BTreeSet<&str> = table.parameters.iter().map(|one| one.name).collect();
        assert_eq!(parameters.len(), table.parameters.len(), "{}", table.name);
    }
}

#[test]
fn lists_have_the_columns_of_the_store() {
    for table in TABLES {
        let Source::List(list) = &table.source else { continue };
        for column in table.columns {
            let cell = list.kind(column.name).unwrap_or_else(|| panic!("{}.{} is not read", table.name, column.name));
            assert!(fits(column.kind, cell), "{}.{} is read as {cell:?}", table.name, column.name);
        }
        let described: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(list.names(), described, "{}", table.name);
    }
}

/// Whether a document asks for a path, fragments in their place.
fn asks(document: &ExecutableDocument, set: &SelectionSet, path: &[&str]) -> bool {
    let Some((first, rest)) = path.split_first() else { return set.items.is_empty() };
    set.items.iter().any(|item| match &item.node {
        Selection::Field(field) => {
            field.node.response_key().node == *first && asks(document, &field.node.selection_set.node, rest)
        }
        Selection::InlineFragment(inline) => asks(document, &inline.node.selection_set.node, path),
        Selection::FragmentSpread(spread) => {
            let fragment = document.fragments.get(&spread.node.fragment_name.node);
            fragment.is_some_and(|fragment| asks(document, &fragment.node.selection_set.node, path))
        }
    })
}

#[test]
fn reports_fit_the_schema_and_ask_for_what_they_show() {
    let graph = graphql::Graph::new().unwrap();
    for table in TABLES {
        let Source::Report(report) = &table.source else { continue };
        let mut asked = Asked::default();
        for one in table.parameters {
            let known = || one.takes.known().and_then(|known| known.first().copied());
            let value = if one.takes == Takes::Day { "2020-02-25" } else { "EQAAAAEBogU0R0h1kZwGLDOd9Ak6" };
            asked.values.insert(one.name, vec![known().unwrap_or(value).to_owned()]);
        }
        report.plan(&graph, table, &asked, Some("x")).unwrap_or_else(|error| panic!("{}: {error:?}", table.name));
        let document = parse_query(report.document).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let asks = |path: &str| {
            let path: Vec<&str> = path.split('.').collect();
            asks(&document, &operation.node.selection_set.node, &path)
        };
        assert!(!report.paged || asks(&format!("{}.pageInfo.endCursor", report.root)), "{}", table.name);
        let mut shown = BTreeSet::new();
        for lines in report.lines {
            let mut parts = vec![("root", report.root.to_owned())];
            for (name, path) in *lines {
                let (part, rest) = path.trim_end_matches('?').split_once('.').unwrap();
                let (_, before) = parts.iter().rev().find(|(known, _)| *known == part).unwrap();
                parts.push((name, format!("{before}.{rest}")));
            }
            for column in table.columns {
                let (part, rest) = column.at.split_once('.').unwrap();
                let Some((_, before)) = parts.iter().rev().find(|(known, _)| *known == part) else { continue };
                assert!(asks(&format!("{before}.{rest}")), "{}.{}: {before}.{rest}", table.name, column.name);
                shown.insert(column.name);
            }
        }
        assert_eq!(shown.len(), table.columns.len(), "{}: a column that no line has", table.name);
    }
}

#[test]
fn labels_choose_the_columns_that_stand_for_codes() {
    let table = find("results").unwrap();
    let names = |labels| {
        let asked = Asked { labels, ..Asked::default() };
        table.chosen(&asked).iter().map(|column| column.name).collect::<Vec<_>>()
    };
    let (both, code, name) = (names(Labels::Both), names(Labels::Code), names(Labels::Name));
    assert_eq!(both.len(), table.columns.len());
    assert!(code.contains(&"indicator") && !code.contains(&"indicator_name") && code.contains(&"label"));
    assert_eq!(name.iter().collect::<BTreeSet<_>>(), both.iter().collect::<BTreeSet<_>>());
    assert_eq!(name.last(), Some(&"unit"), "codes come last");
}

#[test]
fn the_cube_has_the_columns_that_are_asked_for() {
    let table = find("totals").unwrap();
    let columns = |query: &[(&str, &str)]| {
        let pairs = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let asked = Asked::read(table, Format::Csv, pairs).unwrap();
        table.chosen(&asked).iter().map(|column| column.name).collect::<Vec<_>>()
    };
    let usual = columns(&[]);
    assert!(["province_slug", "indicator", "unit_name", "year", "value"].iter().all(|name| usual.contains(name)));
    assert!(!usual.contains(&"region") && !usual.contains(&"collectives"));
    assert_eq!(
        columns(&[("of", "AWARDS"), ("by", "KIND"), ("by", "REGION"), ("labels", "code")]),
        [
            "region",
            "kind",
            "records",
            "collectives",
            "collectives_missing",
            "individuals",
            "individuals_missing",
            "provinces_reporting",
            "provinces_missing"
        ]
    );
    for column in table.columns {
        let Some((parameter, value)) = column.only else { continue };
        let parameter = table.parameters.iter().find(|one| one.name == parameter).unwrap();
        assert!(parameter.takes.known().unwrap().contains(&value), "{}", column.name);
    }
    for (name, value, words) in [
        ("by", "COLOR", "known: PROVINCE, REGION"),
        ("by", "YAER", "did you mean \"YEAR\""),
        ("of", "RESULT", "did you mean \"RESULTS\""),
    ] {
        let Wrong(wrong) = Asked::read(table, Format::Csv, vec![(name.to_owned(), value.to_owned())]).unwrap_err();
        assert!(wrong.starts_with(name) && wrong.contains(words), "{wrong}");
    }
}

fn asked(query: &[(&str, &str)]) -> Result<Asked, String> {
    let pairs = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Asked::read(find("results").unwrap(), Format::Csv, pairs).map_err(|Wrong(message)| message)
}

#[test]
fn parameters_are_read_strictly() {
    let read = asked(&[("tenant", "son-la"), ("tenant", "thai-binh"), ("from", "2020-01-01"), ("bom", "1")]).unwrap();
    assert_eq!(read.of("tenant"), ["son-la", "thai-binh"]);
    assert!(read.bom && read.escape && read.one("from") == Some("2020-01-01") && read.of("to").is_empty());
    for (query, words) in [
        (("tennant", "x"), "did you mean \"tenant\""),
        (("from", "2020-1-1"), "from: \"2020-1-1\" is no day"),
        (("labels", "cod"), "labels: there is no value \"cod\"; did you mean \"code\""),
        (("lang", "fr"), "known: vi, en"),
        (("bom", "yes"), "known: 0, 1"),
        (("topic", ""), "topic: it is empty"),
        (("Access_Token", "secret"), "never stands in an address"),
    ] {
        let wrong = asked(&[query]).unwrap_err();
        assert!(wrong.contains(words) && !wrong.contains("secret"), "{wrong}");
    }
    for twice in ["from", "lang"] {
        let value = if twice == "lang" { "vi" } else { "2020-01-01" };
        assert_eq!(asked(&[(twice, value), (twice, value)]).unwrap_err(), format!("{twice}: it is given twice"));
    }
    let json = Asked::read(find("results").unwrap(), Format::Json, vec![("bom".to_owned(), "1".to_owned())]);
    assert_eq!(json.unwrap_err(), Wrong("bom: it is for csv alone".to_owned()));
    let coverage = Asked::read(find("coverage").unwrap(), Format::Csv, Vec::new());
    assert!(coverage.unwrap_err().0.starts_with("of: it is missing"));
}
