//! Reports that add up rather than list: data quality, collaboration, overlaps.

use rstest::rstest;
use serde_json::json;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

#[rstest]
#[tokio::test]
async fn what_is_not_known_of_the_programs_of_each_province(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let fields =
        "tenant { slug } programs withoutNumber { count of ratio } withoutDate { count } withoutNamedSigner { count }
        withoutSource { count } withoutSignatory { count } conflicts openConflicts newestSourceOn newestSourceDays";
    let query = format!("{{ report {{ dataQuality(asOf: \"2026-11-22\") {{ {fields} }} }} }}");
    let rows = world.data(&query).await["report"]["dataQuality"].as_array().unwrap().clone();
    let sum = |path: &str| -> u64 { rows.iter().map(|row| row.at(path).as_u64().unwrap()).sum() };
    let count = async |filter: &str| {
        let query = format!("{{ programs(where: {filter}) {{ totalCount {{ value }} }} }}");
        world.data(&query).await["programs"]["totalCount"]["value"].as_u64().unwrap()
    };
    let signed = "status: {notIn: [DRAFT]}";
    assert_eq!(sum("programs"), count(&format!("{{{signed}}}")).await);
    assert_eq!(sum("withoutNumber.count"), count(&format!("{{{signed}, numberStatus: {{eq: NOT_STATED}}}}")).await);
    assert_eq!(sum("withoutDate.count"), count(&format!("{{{signed}, signedOn: {{isNull: true}}}}")).await);
    // Most offices sign without anybody being named.
    assert!(sum("withoutNamedSigner.count") * 2 > sum("programs"));
    let thai_binh = rows.iter().find(|row| row["tenant"]["slug"] == "thai-binh").unwrap();
    assert_eq!(thai_binh["withoutNumber"]["of"], thai_binh["programs"]);
    assert!(thai_binh["newestSourceDays"].as_i64() > Some(0), "{thai_binh}");

    // Within today's provinces the same programs.
    let query =
        format!("{{ report {{ dataQuality(asOf: \"2026-11-22\", boundaries: \"2026-11-22\") {{ {fields} }} }} }}");
    let now = world.data(&query).await["report"]["dataQuality"].as_array().unwrap().clone();
    assert!(now.len() < rows.len());
    assert_eq!(now.iter().map(|row| row["programs"].as_u64().unwrap()).sum::<u64>(), sum("programs"));
}

#[rstest]
#[tokio::test]
async fn who_signs_with_whom(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let query = "{ report { collaboration { sectors { one { code } other { code } programs since }
        agencies { one { id } other { id } programs } } } }";
    let found = world.data(query).await["report"]["collaboration"].take();
    let sectors = found["sectors"].as_array().unwrap();
    let counts: Vec<u64> = sectors.iter().map(|pair| pair["programs"].as_u64().unwrap()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    assert!(sectors.iter().all(|pair| pair.text("one.code") < pair.text("other.code")));
    // Women's Union and Police sign together most often, from the central program of 2019 on.
    let pair =
        sectors.iter().find(|pair| pair.text("one.code") == "POLICE" && pair.text("other.code") == "WOMENS_UNION");
    let pair = pair.unwrap();
    assert_eq!((pair["programs"].as_u64(), pair["since"].as_str()), (Some(counts[0]), Some("2019-02-26")));
    let agencies = found["agencies"].as_array().unwrap();
    assert!(agencies.iter().all(|pair| pair["one"]["id"] != pair["other"]["id"]));
    let one = "{ report { collaboration(most: 1) { sectors { programs } agencies { programs } } } }";
    let one = world.data(one).await["report"]["collaboration"].take();
    assert_eq!((one["sectors"].as_array().unwrap().len(), one["agencies"].as_array().unwrap().len()), (1, 1));
}

/// A program of Quảng Bình under the same decision as that of Quảng Trị, with which it became one province.
const NEIGHBOR: &str = "\
format: phoihop/1
key: neighbor
tenant: {slug: quang-binh, asOf: 2022-03-16}
source: {publisher: Báo Ví Dụ, coverage: FULL}
agencies:
  - {key: secretariat, name: Ban Bí thư Trung ương Đảng, sector: PARTY_COMMITTEE, level: CENTRAL, tenant: {slug: trung-uong}}
  - {key: procuracy, name: Viện Kiểm sát nhân dân tỉnh Quảng Bình, sector: PROCURACY, level: PROVINCE}
  - {key: court, name: Tòa án nhân dân tỉnh Quảng Bình, sector: COURT, level: PROVINCE}
  - {key: propaganda, name: Ban Tuyên giáo Tỉnh ủy Quảng Bình, sector: PARTY_PROPAGANDA, level: PROVINCE}
documents:
  - {key: decision, kind: DECISION, number: 238-QĐ/TW, issuedOn: 2020-09-30, tenant: {slug: trung-uong}}
programs:
  - key: main
    kind: COORDINATION_PROGRAM
    title: Chương trình phối hợp công tác
    level: PROVINCE
    period: {start: 2022, openEnded: true}
    topics: [JUDICIAL_AFFAIRS]
    signatories: [{agency: procuracy}, {agency: court}, {agency: propaganda}]
    links: [{kind: IMPLEMENTS, document: decision, basis: STATED}]
";

#[rstest]
#[tokio::test]
async fn what_merged_provinces_do_twice(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::sampled(engine).await;
    let overlaps = async |on: &str| {
        let query = format!(
            "{{ report {{ overlaps(on: \"{on}\") {{ kind province {{ slug validFrom }} topic {{ code }}
            parentProgram {{ number }} parentDocument {{ number }} programs {{ tenant {{ slug }} }} }} }} }}"
        );
        world.data(&query).await["report"]["overlaps"].take()
    };
    assert_eq!(overlaps("2025-07-01").await, json!([]), "no two samples do the same in one province of today");
    world.import(&[("neighbor.yaml", NEIGHBOR)]).await;
    let programs = json!([{ "tenant": { "slug": "quang-binh" } }, { "tenant": { "slug": "quang-tri" } }]);
    let after = overlaps("2025-07-01").await;
    assert_eq!(after[0]["kind"], "SAME_PARENT", "{after:#}");
    assert_eq!(after[0]["province"], json!({ "slug": "quang-tri", "validFrom": "2025-07-01" }));
    assert_eq!(after[0]["parentDocument"]["number"], "238-QĐ/TW");
    let mut found = after[0]["programs"].as_array().unwrap().clone();
    found.sort_by_key(ToString::to_string);
    assert_eq!(json!(found), programs);
    // Nothing was merged yet.
    assert_eq!(overlaps("2025-06-30").await, json!([]));
    // By the year after, that of Quảng Trị was over.
    assert_eq!(overlaps("2026-01-01").await, json!([]));
}
