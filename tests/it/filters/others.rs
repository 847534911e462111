//! Filters of the other lists, and those over ids.

use rstest::rstest;
use serde_json::json;

use super::Cases;
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

#[rstest]
#[tokio::test]
async fn provinces(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let every = Cases {
        world: &world,
        list: "provinces",
        input: "ProvinceWhere",
        name: "key",
        arguments: "allVersions: true, ",
    };
    every
        .hold(&[
            ("slug: {eq: \"hung-yen\"}", &["hung-yen:pre2025", "hung-yen:2025"]),
            ("slug: {in: [\"thai-binh\", \"ha-noi\"]}", &["thai-binh:pre2025", "ha-noi"]),
            ("slug: {eq: \"Thai-Binh\"}", &[]),
            ("name: {startsWith: \"thai\"}", &["thai-binh:pre2025", "thai-nguyen:pre2025", "thai-nguyen:2025"]),
            ("gsoCode: {eq: \"34\"}, validTo: {on: \"2025-06-30\"}", &["thai-binh:pre2025"]),
            ("isoCode: {eq: \"VN-20\"}", &["thai-binh:pre2025"]),
            ("validFrom: {on: \"2026-04-30\"}", &["dong-nai:2026"]),
            ("validTo: {isNull: true}, name: {eq: \"hung yen\"}", &["hung-yen:2025"]),
            ("kind: {eq: CENTRAL}", &[]),
            ("kind: {eq: MUNICIPALITY}, name: {startsWith: \"hue\"}", &["hue:2025"]),
        ])
        .await;
    let today = Cases { world: &world, list: "provinces", input: "ProvinceWhere", name: "slug", arguments: "" };
    today
        .hold(&[
            ("region: {eq: \"dong-nam-bo\"}", &["dong-nai", "ho-chi-minh", "tay-ninh"]),
            (
                "kind: {eq: MUNICIPALITY}",
                &["can-tho", "da-nang", "dong-nai", "ha-noi", "hai-phong", "ho-chi-minh", "hue"],
            ),
            (
                "slug: {notIn: [\"ha-noi\"]}, kind: {eq: MUNICIPALITY}, name: {startsWith: \"h\"}",
                &["hai-phong", "ho-chi-minh", "hue"],
            ),
        ])
        .await;
}

#[rstest]
#[tokio::test]
async fn agencies_and_signatories(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let agencies = Cases { world: &world, list: "agencies", input: "AgencyWhere", name: "name", arguments: "" };
    agencies
        .hold(&[
            ("sector: {eq: \"COURT\"}", &[
                "Tòa án nhân dân tối cao",
                "Tòa án nhân dân tỉnh Sơn La",
                "Tòa án nhân dân tỉnh Thái Bình",
            ]),
            ("sector: {eq: \"COURT\"}, level: {eq: CENTRAL}", &["Tòa án nhân dân tối cao"]),
            ("name: {contains: \"mat tran to quoc\"}", &["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Thái Bình"]),
            ("tenant: {slug: {eq: \"vinh-phuc\"}}", &[
                "Công an tỉnh Vĩnh Phúc",
                "Hội Liên hiệp Phụ nữ tỉnh Vĩnh Phúc",
                "Tỉnh ủy Vĩnh Phúc",
            ]),
            ("tenant: {slug: {eq: \"vinh-phuc\"}}, signatures: {none: {}}", &["Tỉnh ủy Vĩnh Phúc"]),
            ("tenant: {slug: {eq: \"thai-binh\"}}, signatures: {some: {program: {signedOn: {from: \"2022-01-01\"}}}}", &[
                "Ban Tuyên giáo Tỉnh ủy Thái Bình",
                "Viện kiểm sát nhân dân tỉnh Thái Bình",
            ]),
            ("signatures: {some: {agency: {level: {eq: CENTRAL}}}}, sector: {in: [\"POLICE\", \"COURT\"]}", &[
                "Bộ Công an",
                "Tòa án nhân dân tối cao",
            ]),
        ])
        .await;
    let signatories =
        Cases { world: &world, list: "signatories", input: "SignatoryWhere", name: "basis", arguments: "" };
    signatories
        .hold(&[
            ("", &[["STATED"; 14].as_slice(), ["INFERRED"; 6].as_slice()].concat()),
            ("basis: {eq: INFERRED}", &["INFERRED"; 6]),
            ("collective: true", &["STATED"; 2]),
            ("collective: false, program: {kind: {eq: PLEDGE}}", &["STATED"; 2]),
            ("personNamed: true", &[]),
            ("person: {name: {eq: \"Lại Hợp Mạnh\"}}", &[]),
            ("agency: {name: {eq: \"bo cong an\"}}", &["STATED"]),
            (
                "not: {collective: true}, program: {tenant: {slug: {eq: \"vinh-phuc\"}}}",
                &["INFERRED", "INFERRED", "STATED", "STATED"],
            ),
        ])
        .await;
}

#[rstest]
#[tokio::test]
async fn people_documents_sources_and_topics(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let cases = |list, input, name| Cases { world: &world, list, input, name, arguments: "" };
    cases("people", "PersonWhere", "name")
        .hold(&[
            ("name: {eq: \"bui thanh thuy\"}", &["Bùi Thanh Thủy"]),
            ("name: {eq: \"Bùi Thanh Thuỷ\"}", &["Bùi Thanh Thủy"]),
            ("name: {startsWith: \"nguyen t\"}", &["Nguyễn Thị Thu Hà", "Nguyễn Tiến Thành"]),
            ("name: {in: [\"lai hop manh\", \"dinh ngoc khoa\"]}", &["Lại Hợp Mạnh", "Đinh Ngọc Khoa"]),
            ("tenant: {kind: {eq: CENTRAL}}", &["Trần Công Phàn"]),
        ])
        .await;
    cases("documents", "DocumentWhere", "kind")
        .hold(&[
            ("kind: {eq: LAW}", &["LAW", "LAW"]),
            ("kind: {in: [DECISION, DIRECTIVE]}", &["DECISION", "DIRECTIVE"]),
            ("title: {contains: \"to tung hinh su\"}", &["LAW"]),
            ("issuedOn: {from: \"2007-04-27\", to: \"2007-04-27\"}", &["RESOLUTION"]),
            ("issuedOn: {isNull: false}", &["RESOLUTION", "DIRECTIVE", "DECISION"]),
            ("tenant: {slug: {eq: \"thai-binh\"}}", &["RESOLUTION"]),
        ])
        .await;
    cases("sources", "SourceWhere", "dossier")
        .hold(&[
            ("dossier: {eq: \"seed-3\"}", &["seed-3"]),
            ("coverage: {eq: FULL}", &["seed-0", "seed-1", "seed-2", "seed-3", "seed-4"]),
            ("coverage: {notIn: [FULL]}", &[]),
            ("publishedOn: {from: \"2022-01-01\"}", &["seed-1", "seed-4"]),
            ("publishedOn: {isNull: true}", &["seed-2", "seed-3"]),
            ("title: {contains: \"son la\"}", &["seed-1"]),
            ("tenant: {slug: {eq: \"thai-binh\"}}", &["seed-0", "seed-4"]),
        ])
        .await;
    cases("topics", "TopicWhere", "code")
        .hold(&[
            ("code: {in: [\"WOMEN\", \"CHILDREN\", \"NOBODY\"]}", &["WOMEN", "CHILDREN"]),
            ("name: {eq: \"TRE EM\"}", &["CHILDREN"]),
            ("not: {code: {notIn: [\"WOMEN\"]}}", &["WOMEN"]),
        ])
        .await;
}

#[rstest]
#[tokio::test]
async fn ids_that_name_nothing_give_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let data = world.data("{ programs(first: 2) { nodes { id title } } agencies(first: 1) { nodes { id } } }").await;
    let known = data.text("programs.nodes.0.id");
    let other = data.text("programs.nodes.1.id");
    let agency = data.text("agencies.nodes.0.id");
    // A program that does not exist: the one of a world of its own.
    let elsewhere = World::seeded(engine).await;
    elsewhere.import_one(crate::harness::SMALL).await;
    let stranger = elsewhere.data("{ programs(where: {title: {contains: \"vi du\"}}) { nodes { id } } }").await;
    let unknown = stranger.text("programs.nodes.0.id");
    let query = "query ($where: ProgramWhere!) { programs(where: $where) { nodes { id } totalCount { value } } }";
    for (condition, expected) in [
        (json!({ "eq": known }), vec![known]),
        (json!({ "in": [known, other, unknown] }), vec![known, other]),
        (json!({ "eq": unknown }), vec![]),
        (json!({ "eq": agency }), vec![]),
        (json!({ "in": [] }), vec![]),
    ] {
        let data = world.ask_ok(query, json!({ "where": { "id": condition } })).await;
        let mut found = data.texts("programs.nodes", "id");
        found.sort();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(found, expected, "{condition}");
        assert_eq!(data.at("programs.totalCount.value"), expected.len(), "{condition}");
    }
    let lookups = world
        .ask_ok(
            "query ($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id }
               province(by: {key: \"nowhere\"}) { id } search(text: \"son la\", tenants: [$id]) { nodes { __typename } } }",
            json!({ "id": unknown, "ids": [unknown, known] }),
        )
        .await;
    assert_eq!(
        lookups,
        json!({ "node": null, "nodes": [null, { "id": known }], "province": null, "search": { "nodes": [] } })
    );
    let codes = world
        .refused(
            "query ($where: ProgramWhere!) { programs(where: $where) { nodes { id } } }",
            json!({ "where": { "id": { "eq": "no id" } } }),
        )
        .await;
    assert_eq!(codes, ["BAD_USER_INPUT"]);
    assert_eq!(world.refused("{ node(id: \"no id\") { id } }", json!({})).await, ["BAD_USER_INPUT"]);
}
