//! Tables of results: what is read, and what is refused with row and column.

use domain::bundle::Elsewhere;
use domain::{Id, Program, Visibility};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::*;
use crate::format::{Number, TenantRef};
use crate::table::{About, Table};

fn about(program: Option<&str>) -> About {
    About {
        dossier: "results-2024".to_owned(),
        tenant: TenantRef { slug: "thai-binh".to_owned(), ..TenantRef::default() },
        publisher: "Tỉnh Thái Bình".to_owned(),
        title: "results.csv".to_owned(),
        visibility: Visibility::Public,
        program: program.map(str::to_owned),
    }
}

/// The program of a small dossier, with this number.
fn known(number: &str) -> Vec<(Program, Option<Elsewhere>)> {
    let mut program = compiled(SMALL).programs.remove(0);
    program.number = Some(number.to_owned());
    let other = Program {
        id: Id::generate(program.id.tenant),
        title_vi: "Giao ước".to_owned(),
        number: None,
        ..program.clone()
    };
    let at = |path: &str| Some(Elsewhere { dossier: "small".to_owned(), path: path.to_owned() });
    vec![(program, at("programs/main")), (other, at("programs/pledge"))]
}

#[track_caller]
fn read(csv: &str) -> Table {
    Table::read("t.csv", csv.as_bytes(), about(None)).unwrap_or_else(|problems| panic!("{problems}"))
}

#[track_caller]
fn wrong(file: &str, bytes: &[u8]) -> Vec<String> {
    let problems = Table::read(file, bytes, about(None)).expect_err("the table must be refused");
    problems.to_string().lines().map(str::to_owned).collect()
}

const CSV: &str = "\
program;indicator;label;value;qualifier;text;period_start;period_end;as_of;scope;statement
09/CTPH;TRAINING_CLASSES;Lớp;238;;;2020-06;2021-05;;toàn tỉnh;
giao ước;TRAINED_UNION_STAFF;Người;41000;OVER;trên 41.000;;;2021-05-31;;

9/ctph;CASE_RESOLUTION;Giải quyết;;;;;;;;\"phần lớn; kịp thời\"
";

#[test]
fn a_table_becomes_a_dossier() {
    for text in [
        CSV.to_owned(),
        format!("\u{feff}{}", CSV.replace('\n', "\r\n")),
        CSV.replace(';', ",").replace("lớn,", "lớn;"),
    ] {
        let table = read(&text);
        let dossier = table.dossier(&known("09/CTPH")).unwrap_err();
        assert_eq!(
            dossier.to_string(),
            "t.csv:5: program: is the program that other rows call \"09/CTPH\"; call it the same"
        );
        let checked = read(&text.replace("9/ctph", "09/CTPH").replace("009", "09")).dossier(&known("9/CTPH")).unwrap();
        let programs = &checked.dossier.programs;
        let keys: Vec<&str> = programs.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["09-ctph", "giao-uoc"]);
        let same = programs[1].same_as.as_ref().unwrap();
        assert_eq!((same.dossier.as_str(), same.program.as_str()), ("small", "pledge"));
        let (classes, staff) = (&programs[0].results[0], &programs[1].results[0]);
        assert_eq!(classes.quantity.as_ref().unwrap().value, Some(Number::Integer(238)));
        assert_eq!(classes.period.as_ref().unwrap().end.as_deref(), Some("2021-05"));
        assert_eq!((classes.scope.as_deref(), classes.as_of.as_deref()), (Some("toàn tỉnh"), None));
        assert_eq!(staff.quantity.as_ref().unwrap().text.as_deref(), Some("trên 41.000"));
        assert_eq!(staff.as_of.as_deref(), Some("2021-05-31"));
        let resolved = &programs[0].results[1];
        assert_eq!(
            (&resolved.quantity, resolved.statement.as_deref()),
            (&None, Some("phần lớn; kịp thời")),
            "not stated is not zero"
        );
        // What is read is a dossier like any other: it can be written, and comes back.
        let written = crate::write("x.yaml", &checked.dossier).unwrap();
        assert_eq!(super::checked(&written).dossier, checked.dossier);
    }
}

#[test]
fn the_same_table_is_the_same_dossier() {
    let digest = |text: &str| read(text).dossier(&known("9/CTPH")).unwrap().digest;
    let csv = CSV.replace("9/ctph", "09/CTPH").replace("009", "09");
    assert_eq!(digest(&csv), digest(&csv.replace('\n', "\r\n")));
    assert_ne!(digest(&csv), digest(&csv.replace("238", "239")));
}

#[test]
fn every_row_that_is_wrong_is_told_at_once() {
    let csv = "\
program,indicator,label,value,qualifier,period_start,as_of
9/CTPH,TRAINING_CLASES,Lớp,41.000,,2021-13,
9/CTPH,TRAINING_CLASSES,,\"1,5\",,,
,TRAINING_CLASSES,Lớp,3,OVR,,
9/CTPH,TRAINING_CLASSES,Lớp,3,OVR,,2021-02-30
9/CTPH,TRAINING_CLASSES,Lớp,,,,
9/CTPH,TRAINING_CLASSES,Lớp,0,,,,thừa
";
    let told = wrong("t.csv", csv.as_bytes());
    for (place, words) in [
        ("t.csv:2: indicator: ", "did you mean \"TRAINING_CLASSES\"?"),
        ("t.csv:2: value: ", "\"41.000\" may be thousands or decimals"),
        ("t.csv:2: period_start: ", "names no month"),
        ("t.csv:3: label: ", "is empty"),
        ("t.csv:4: program: ", "is empty; write its number or title"),
        ("t.csv:5: qualifier: ", "\"OVR\" is not a known code"),
        ("t.csv:5: as_of: ", "not in the calendar"),
        ("t.csv:6: value: ", "a result says something"),
        ("t.csv:7: ", "cell 8 stands under no column"),
    ] {
        assert!(told.iter().any(|one| one.starts_with(place) && one.contains(words)), "{place}{words}: {told:#?}");
    }
    assert_eq!(told.len(), 9, "{told:#?}");
}

#[test]
fn columns_are_known_by_name() {
    let told = wrong("t.csv", "Program,indicater,label,value,value,budget\n".as_bytes());
    assert_eq!(told[0], "t.csv:1: indicater: no column is called so; did you mean \"indicator\"?");
    assert_eq!(told[1], "t.csv:1: value: is there twice; keep one of them");
    assert!(
        told[2].starts_with("t.csv:1: budget: no column is called so; the columns are program, indicator"),
        "{told:#?}"
    );
    assert_eq!(told[3], "t.csv:1: indicator: the column is missing; add it");
    assert!(wrong("t.csv", b"")[0].contains("the table is empty"));
    assert!(wrong("t.csv", b"program,indicator,label\n")[0].contains("no row besides its first"));
    assert!(wrong("t.csv", b"program\n\xe9\n")[0].starts_with("t.csv:2: byte 1 of this line (0xe9) is not UTF-8"));
    assert!(wrong("t.csv", &vec![b'a'; 5 << 20])[0].contains("the limit is 4194304"));
    assert!(wrong("t.xlsx", b"no workbook")[0].contains("this is no workbook"));
    let rows = "program,indicator,label\n".to_owned() + &"a,b,c\n".repeat(100_001);
    assert!(wrong("t.csv", rows.as_bytes())[0].contains("more than 100000 rows"));
}

#[test]
fn programs_are_found_by_number_or_title() {
    let of = |name: &str| read(&format!("program,indicator,label,value\n{name},TRAINING_CLASSES,Lớp,1\n"));
    assert!(of("CHƯƠNG TRÌNH phối hợp").dossier(&known("9/CTPH")).is_ok());
    let problem = of("Giao uoc moi").dossier(&known("9/CTPH")).unwrap_err().to_string();
    assert!(problem.starts_with("t.csv:2: program: no program of this tenant is called \"Giao uoc moi\""), "{problem}");
    let mut twice = known("9/CTPH");
    twice[1].0.number = Some("số 9/CTPH".to_owned());
    twice[1].0.title_vi = twice[0].0.title_vi.clone();
    let problem = of("Chương trình phối hợp").dossier(&twice).unwrap_err().to_string();
    assert!(problem.contains("2 programs are called"), "{problem}");
    twice[0].1 = None;
    twice.truncate(1);
    assert!(of("9/CTPH").dossier(&twice).unwrap_err().to_string().contains("no dossier describes"));
    // One program for all rows.
    let all = Table::read("t.csv", b"indicator,label,value\nTRAINING_CLASSES,a,1\n", about(Some("9/CTPH"))).unwrap();
    assert_eq!(all.dossier(&known("9/CTPH")).unwrap().dossier.programs[0].results.len(), 1);
}

#[test]
fn a_workbook_is_read_as_it_was_computed() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (index, name) in ["program", "indicator", "label", "value", "as_of", "text"].into_iter().enumerate() {
        sheet.write(0, u16::try_from(index).unwrap(), name).unwrap();
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let date = ExcelDateTime::from_ymd(2021, 5, 31).unwrap();
    for (row, value) in [(1, 41000.0), (2, 1.125), (4, 0.0)] {
        sheet.write(row, 0, "9/CTPH").unwrap();
        sheet.write(row, 1, "TRAINING_CLASSES").unwrap();
        sheet.write(row, 2, "Lớp").unwrap();
        sheet.write(row, 3, value).unwrap();
        sheet.write_datetime_with_format(row, 4, &date, &day).unwrap();
    }
    sheet.write_formula(4, 3, Formula::new("=1+1").set_result("7")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let table = Table::read("t.XLSX", &bytes, about(None)).unwrap();
    let checked = table.dossier(&known("9/CTPH")).unwrap();
    let results = &checked.dossier.programs[0].results;
    let values: Vec<&Number> =
        results.iter().map(|one| one.quantity.as_ref().unwrap().value.as_ref().unwrap()).collect();
    let decimal = Number::Text("1.1250".to_owned());
    assert_eq!(values, [&Number::Integer(41000), &decimal, &Number::Integer(7)], "the value, not the formula");
    assert!(results.iter().all(|one| one.as_of.as_deref() == Some("2021-05-31")));
    // Rows keep their numbers, also after an empty one.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (index, name) in ["program", "indicator", "label", "value"].into_iter().enumerate() {
        sheet.write(0, u16::try_from(index).unwrap(), name).unwrap();
        sheet.write(3, u16::try_from(index).unwrap(), "41.000").unwrap();
    }
    sheet.write_formula(5, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let told = wrong("t.xlsx", &book.save_to_buffer().unwrap());
    assert!(told.iter().any(|one| one.starts_with("t.xlsx:4: value: \"41.000\" may be thousands")), "{told:#?}");
    assert!(told.iter().any(|one| one.starts_with("t.xlsx:6: ")), "{told:#?}");
}
