//! Filters: each kind of condition picks exactly what it says, and what is no condition is refused.

mod others;
mod refused;

use rstest::rstest;

use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World};

/// Asks a list with several conditions and compares what each of them finds, sorted.
struct Cases<'a> {
    world: &'a World,
    list: &'a str,
    input: &'a str,
    /// The field by which a row is recognised.
    name: &'a str,
    /// Further arguments.
    arguments: &'a str,
}

impl Cases<'_> {
    async fn hold(&self, cases: &[(&str, &[&str])]) {
        for (condition, expected) in cases {
            let query = format!(
                "{{ {}({}first: 100, where: {{{condition}}}) {{ nodes {{ {} }} totalCount {{ value }} }} }}",
                self.list, self.arguments, self.name
            );
            let data = self.world.data(&query).await;
            let path = self.name.replace(" { ", ".").replace(" }", "");
            let mut found = data.texts(&format!("{}.nodes", self.list), &path);
            found.sort();
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            assert_eq!(found, expected, "{}: {condition}", self.input);
            assert_eq!(data.at(&format!("{}.totalCount.value", self.list)), expected.len(), "{condition}");
        }
    }
}

/// The programs of the samples by the dossiers that describe them, which are unique together with the kind.
const CENTRAL: &str = "Chương trình phối hợp trong công tác bảo vệ phụ nữ và trẻ em gái giai đoạn 2019 - 2022";
const THAI_BINH_2020: &str =
    "Chương trình phối hợp thực hiện công tác bảo vệ phụ nữ và trẻ em gái tỉnh Thái Bình giai đoạn 2020 - 2022";
const THAI_BINH_2022: &str = "Chương trình phối hợp công tác thực thi pháp luật, giải quyết các vấn đề nổi cộm, nhân dân quan tâm trên địa bàn tỉnh giai đoạn 2021 - 2025";
const SON_LA: &str = "Chương trình phối hợp công tác bảo vệ phụ nữ và trẻ em gái tỉnh Sơn La giai đoạn 2019 - 2022";
const PLAN: &str = "Kế hoạch phối hợp phòng, chống bạo lực, xâm hại phụ nữ, trẻ em giai đoạn 2022-2027";
const PLEDGE: &str =
    "Giao ước thực hiện kế hoạch phối hợp phòng, chống bạo lực, xâm hại phụ nữ, trẻ em giai đoạn 2022-2027";
const ANNUAL_2017: &str =
    "Chương trình công tác năm 2017 và Hướng dẫn hoạt động năm 2017 của Ban vì sự tiến bộ Phụ nữ ngành KSND";
const ANNUAL_2018: &str = "Chương trình công tác, Hướng dẫn hoạt động năm 2018 của Ban vì sự tiến bộ Phụ nữ ngành KSND";
const ALL: [&str; 8] = [CENTRAL, THAI_BINH_2020, THAI_BINH_2022, SON_LA, PLAN, PLEDGE, ANNUAL_2017, ANNUAL_2018];

fn programs(world: &World) -> Cases<'_> {
    Cases { world, list: "programs", input: "ProgramWhere", name: "title", arguments: "" }
}

#[rstest]
#[tokio::test]
async fn programs_by_their_own_fields(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    programs(&world)
        .hold(&[
            ("", &ALL),
            ("kind: {eq: PLEDGE}", &[PLEDGE]),
            ("kind: {in: [PLEDGE, COORDINATION_PLAN]}", &[PLEDGE, PLAN]),
            ("kind: {in: []}", &[]),
            ("kind: {notIn: [COORDINATION_PROGRAM, ANNUAL_PLAN]}", &[PLEDGE, PLAN]),
            ("kind: {notIn: []}", &ALL),
            ("kind: {}", &ALL),
            ("level: {eq: CENTRAL}", &[CENTRAL, ANNUAL_2017, ANNUAL_2018]),
            ("status: {eq: CONCLUDED}", &[SON_LA]),
            ("status: {in: [DRAFT, CONCLUDED]}", &[SON_LA, ANNUAL_2018]),
            ("numberStatus: {eq: STATED}", &[CENTRAL]),
            (
                "title: {eq: \"ke hoach PHOI HOP phong, chong bao luc, xam hai phu nu, tre em giai doan 2022-2027\"}",
                &[PLAN],
            ),
            ("title: {contains: \"thai binh\"}", &[THAI_BINH_2020]),
            ("title: {contains: \"100%\"}", &[]),
            ("title: {contains: \"_\"}", &[]),
            ("title: {startsWith: \"giao ước\"}", &[PLEDGE]),
            ("title: {startsWith: \"GIAO UOC\"}", &[PLEDGE]),
            ("title: {in: [\"x\"]}", &[]),
            ("openEnded: true", &[]),
            ("openEnded: false", &ALL),
        ])
        .await;
}

#[rstest]
#[tokio::test]
async fn numbers_in_any_printing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    programs(&world)
        .hold(&[
            ("number: {eq: \"11/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC\"}", &[CENTRAL]),
            ("number: {eq: \"số 11/ctph-twhlhpn-bca-vksndtc-tandtc\"}", &[CENTRAL]),
            ("number: {eq: \"Số: 11 / CTPH - TWHLHPN - BCA - VKSNDTC - TANDTC\"}", &[CENTRAL]),
            ("number: {eq: \"1/CTPH-TWHLHPN-BCA-VKSNDTC-TANDTC\"}", &[]),
            ("number: {eq: \"11/CTPH\"}", &[]),
            ("number: {contains: \"ctph\"}", &[CENTRAL]),
            ("number: {contains: \"vksndtc\"}", &[CENTRAL]),
            ("number: {isNull: false}", &[CENTRAL]),
            ("number: {isNull: true}, level: {eq: CENTRAL}", &[ANNUAL_2017, ANNUAL_2018]),
        ])
        .await;
    let documents = Cases { world: &world, list: "documents", input: "NumberFilter", name: "number", arguments: "" };
    documents
        .hold(&[
            ("number: {eq: \"238-qd/tw\"}", &["238-QĐ/TW"]),
            ("number: {eq: \"Số 238-QĐ/TW\"}", &["238-QĐ/TW"]),
            ("number: {contains: \"/TW\"}", &["238-QĐ/TW", "11-NQ/TW", "21-CT/TW"]),
            ("number: {isNull: false}", &["238-QĐ/TW", "11-NQ/TW", "21-CT/TW"]),
        ])
        .await;
}

#[rstest]
#[tokio::test]
async fn dates_fit_when_every_day_they_can_mean_fits(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    programs(&world)
        .hold(&[
            ("signedOn: {on: \"2022-02-17\"}", &[THAI_BINH_2022]),
            ("signedOn: {from: \"2022-01-01\"}", &[THAI_BINH_2022, PLEDGE]),
            ("signedOn: {to: \"2020-02-25\"}", &[CENTRAL, THAI_BINH_2020]),
            ("signedOn: {to: \"2020-02-24\"}", &[CENTRAL]),
            ("signedOn: {from: \"2020-02-25\", to: \"2020-02-25\"}", &[THAI_BINH_2020]),
            ("signedOn: {isNull: true}", &[SON_LA, PLAN, ANNUAL_2017, ANNUAL_2018]),
            ("signedOn: {isNull: false}", &[CENTRAL, THAI_BINH_2020, THAI_BINH_2022, PLEDGE]),
            ("signedOn: {}", &ALL),
            ("periodStart: {on: \"2018-01-01\"}", &[ANNUAL_2018]),
            ("periodEnd: {to: \"2018-12-31\"}", &[ANNUAL_2017, ANNUAL_2018]),
            ("periodStart: {from: \"2022-01-01\"}, periodEnd: {to: \"2027-12-31\"}", &[PLAN, PLEDGE]),
            ("not: {signedOn: {from: \"2020-01-01\"}}", &[CENTRAL]),
        ])
        .await;
    let events = Cases { world: &world, list: "events", input: "EventWhere", name: "kind", arguments: "" };
    events
        .hold(&[
            // "not after 2023-03-01" may be any earlier day, "not before 2018-01-20" any later one.
            ("date: {to: \"2023-03-01\"}", &["SIGNING", "SIGNING", "PLEDGE", "FINAL_REVIEW"]),
            ("date: {from: \"2018-01-20\"}", &["SIGNING", "SIGNING", "PLEDGE", "ANNUAL_REVIEW"]),
            ("date: {from: \"2018-01-20\", to: \"2023-03-01\"}", &["SIGNING", "SIGNING", "PLEDGE"]),
            ("date: {isNull: true}", &[]),
            ("date: {isNull: false}", &["SIGNING", "SIGNING", "PLEDGE", "FINAL_REVIEW", "ANNUAL_REVIEW"]),
            ("kind: {eq: SIGNING}", &["SIGNING", "SIGNING"]),
            ("name: {startsWith: \"le ky ket\"}", &["SIGNING"]),
            ("tenant: {slug: {eq: \"trung-uong\"}}", &["ANNUAL_REVIEW"]),
            ("programs: {some: {kind: {eq: PLEDGE}}}", &["PLEDGE"]),
            ("programs: {none: {level: {eq: PROVINCE}}}", &["ANNUAL_REVIEW"]),
        ])
        .await;
}

#[rstest]
#[tokio::test]
async fn conditions_combine(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    programs(&world)
        .hold(&[
            ("and: []", &ALL),
            ("or: []", &[]),
            ("not: {}", &[]),
            ("and: [{level: {eq: PROVINCE}}, {kind: {eq: PLEDGE}}]", &[PLEDGE]),
            ("or: [{kind: {eq: PLEDGE}}, {status: {eq: CONCLUDED}}]", &[PLEDGE, SON_LA]),
            ("or: [{}, {kind: {eq: PLEDGE}}]", &ALL),
            ("not: {level: {eq: PROVINCE}}", &[CENTRAL, ANNUAL_2017, ANNUAL_2018]),
            ("not: {not: {kind: {eq: PLEDGE}}}", &[PLEDGE]),
            ("level: {eq: PROVINCE}, or: [{kind: {eq: PLEDGE}}, {number: {isNull: false}}]", &[PLEDGE]),
            (
                "and: [{or: [{kind: {eq: PLEDGE}}, {kind: {eq: COORDINATION_PLAN}}]}, {not: {signedOn: {isNull: true}}}]",
                &[PLEDGE],
            ),
        ])
        .await;
}

#[rstest]
#[tokio::test]
async fn programs_by_what_hangs_on_them(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    programs(&world)
        .hold(&[
            ("tenant: {slug: {eq: \"thai-binh\"}}", &[THAI_BINH_2020, THAI_BINH_2022]),
            ("tenant: {kind: {eq: CENTRAL}}", &[CENTRAL, ANNUAL_2017, ANNUAL_2018]),
            ("tenant: {name: {eq: \"son la\"}}", &[SON_LA]),
            ("topics: {some: {code: {eq: \"HUMAN_TRAFFICKING\"}}}", &[SON_LA]),
            ("topics: {none: {}}", &[]),
            ("signatories: {some: {collective: true}}", &[PLEDGE]),
            ("signatories: {some: {basis: {eq: INFERRED}}}", &[SON_LA, PLAN]),
            ("signatories: {none: {}}", &[ANNUAL_2017, ANNUAL_2018]),
            ("signatories: {some: {personNamed: true}}", &[]),
            ("signatories: {some: {agency: {sector: {eq: \"COURT\"}}}}", &[CENTRAL, THAI_BINH_2020, SON_LA]),
            ("signatories: {some: {agency: {sector: {eq: \"COURT\"}, level: {eq: CENTRAL}}}}", &[CENTRAL]),
            ("links: {some: {kind: {eq: EXECUTES}}}", &[PLEDGE]),
            ("links: {some: {basis: {eq: INFERRED}}}", &[SON_LA]),
            ("links: {some: {program: {number: {contains: \"ctph\"}}}}", &[THAI_BINH_2020, SON_LA]),
            ("links: {some: {document: {kind: {eq: DECISION}}}}", &[THAI_BINH_2022]),
            ("links: {none: {}}", &[CENTRAL, PLAN, ANNUAL_2017, ANNUAL_2018]),
            ("events: {some: {kind: {eq: FINAL_REVIEW}}}", &[SON_LA]),
            ("events: {none: {}}", &[CENTRAL]),
            ("results: {some: {value: {gte: \"41000\"}}}", &[SON_LA]),
            ("results: {some: {indicator: {eq: \"COMMITTEE_PERFORMANCE\"}}}", &[ANNUAL_2017]),
        ])
        .await;
}

#[rstest]
#[tokio::test]
async fn results_by_figure(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let name = "indicator { code }";
    Cases { world: &world, list: "results", input: "ResultWhere", name, arguments: "" }
        .hold(&[
            ("value: {eq: \"238\"}", &["INTEGRATED_COMMUNICATION_SESSIONS"]),
            ("value: {eq: 238.0}", &["INTEGRATED_COMMUNICATION_SESSIONS"]),
            ("value: {gte: \"2000\"}", &["INTEGRATED_COMMUNICATION_ATTENDANCES", "THEMATIC_TALK_AUDIENCE"]),
            ("value: {gte: \"37\", lte: \"40\"}", &["TRAINING_CLASSES", "CASES_HANDLED"]),
            ("value: {lte: \"4.9999\"}", &[]),
            ("value: {isNull: true}", &["CASE_RESOLUTION", "COMMITTEE_ASSESSMENT", "COMMITTEE_PERFORMANCE"]),
            (
                "value: {isNull: false}, qualifier: {eq: EXACT}",
                &["INTEGRATED_COMMUNICATION_SESSIONS", "THEMATIC_TALKS", "TRAINING_CLASSES"],
            ),
            ("indicator: {in: [\"THEMATIC_TALKS\", \"CASES_HANDLED\"]}", &["THEMATIC_TALKS", "CASES_HANDLED"]),
            (
                "periodStart: {from: \"2017-01-01\"}, periodEnd: {to: \"2017-12-31\"}",
                &["COMMITTEE_ASSESSMENT", "COMMITTEE_PERFORMANCE"],
            ),
            ("program: {status: {eq: CONCLUDED}}, value: {lte: 5}", &["THEMATIC_TALKS"]),
        ])
        .await;
}
