//! Report requests: two provinces answer the center, over two rounds; who sees what meanwhile, with either wall alone; and
//! what is refused.

mod walls;

use domain::Actor;
use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};

use super::faults;
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, Walls, World, actor, codes, tenant_id};

/// Everything that somebody may see of a request, by its id.
const VIEW: &str = "query ($id: ID!) { node(id: $id) { ... on ReportRequest {
    version status title due narrative indicators { code } tenant { slug }
    addressees { tenant { slug } state late submittedOn firstSubmittedOn submission { id } }
    completeness { addressed submitted accepted returned missing late }
    submissions { nodes { id version round state narrative submittedOn submittedBy tenant { slug }
        items { id label order quantity { value } } decision { verdict reason decidedOn decidedBy } } }
} } }";

const SUBMISSION: &str = "submission { id version round state narrative submittedOn items { id label } }";

fn center(role: Role) -> Actor {
    actor("trung-uong", &[role])
}

impl World {
    /// What somebody sees of a request; null when nothing.
    async fn request(&self, actor: &Actor, id: &str) -> Value {
        let answer = self.ask_as(actor, VIEW, json!({ "id": id })).await;
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        answer["data"]["node"].clone()
    }

    /// Has the center ask two provinces.
    async fn asked(&self) -> String {
        let tenant = self.data("{ central { id } }").await.text("central.id").to_owned();
        let addressees = [self.tenant_gid("son-la").await, self.tenant_gid("nghe-an").await];
        let created = self
            .changed(
                &center(Role::Reporter),
                "reportRequestCreate reportRequest { id version status }",
                json!({
                    "tenant": tenant, "title": " Báo cáo năm 2026 ", "due": "2026-12-15", "addressees": addressees,
                    "indicators": ["TRAINING_CLASSES", "CASES_HANDLED"], "narrative": true, "period": {"start": "2026"},
                }),
            )
            .await;
        assert_eq!((created.at("reportRequest.version"), created.text("reportRequest.status")), (&json!(1), "OPEN"));
        created.text("reportRequest.id").to_owned()
    }
}

fn item(indicator: &str, value: &str) -> Value {
    json!({"indicator": indicator, "label": format!("{indicator} {value}"), "quantity": {"value": value}})
}

/// The states of the addressees as somebody sees them.
fn states(view: &Value) -> Vec<String> {
    view.list("addressees").iter().map(|one| format!("{} {}", one.text("tenant.slug"), one.text("state"))).collect()
}

#[rstest]
#[tokio::test]
async fn two_provinces_answer_the_center(
    #[values((Sqlite, Walls::First), (Postgres, Walls::Both), (Postgres, Walls::First), (Postgres, Walls::Second))]
    (engine, walls): (Engine, Walls),
) {
    let world = World::seeded_behind(engine, walls).await;
    let id = world.asked().await;
    let (reporter, decider) = (center(Role::Reporter), center(Role::Publisher));
    let (editor, publisher) = (actor("son-la", &[Role::Editor]), actor("son-la", &[Role::Publisher]));
    let other = actor("nghe-an", &[Role::Publisher]);

    let view = world.request(&reporter, &id).await;
    assert_eq!(states(&view), ["son-la MISSING", "nghe-an MISSING"]);
    assert_eq!(
        view["completeness"],
        json!({"addressed": 2, "submitted": 0, "accepted": 0, "returned": 0, "missing": 2, "late": 0})
    );
    // An addressee sees the request and of the addressees itself; nobody else sees anything.
    let view = world.request(&editor, &id).await;
    assert_eq!((states(&view), view.text("title")), (vec!["son-la MISSING".to_owned()], "Báo cáo năm 2026"));
    assert_eq!(view["completeness"], json!(null));
    for nobody in [actor("lang-son", &[Role::Admin]), actor("hung-yen:2025", &[Role::Admin]), actor("son-la", &[])] {
        assert_eq!(world.request(&nobody, &id).await, json!(null));
    }
    assert_eq!(world.ask_ok(VIEW, json!({ "id": id })).await, json!({ "node": null }));
    let list = "{ reportRequests(where: {status: {eq: OPEN}, due: {from: \"2026-12-01\"}, addressee: {slug: {eq: \"son-la\"}}}) { totalCount { value } }
        province(by: {key: \"son-la\"}) { reportRequests { nodes { id } } } }";
    for (asks, count) in [(&reporter, 1), (&editor, 1), (&other, 0)] {
        let found = world.data_as(asks, list).await;
        assert_eq!(found.at("reportRequests.totalCount.value"), &json!(count));
        assert_eq!(found.list("province.reportRequests.nodes").len(), count);
    }

    // A draft is its authors' alone: whoever asked sees the same bytes before and after.
    let before = world.request(&decider, &id).await;
    let save = format!("submissionSave {SUBMISSION}");
    let draft = world.changed(&editor, &save, json!({"request": id, "items": [item("TRAINING_CLASSES", "12")]})).await;
    assert_eq!((draft.text("submission.state"), draft.at("submission.round")), ("DRAFT", &json!(1)));
    assert_eq!(world.request(&decider, &id).await, before);
    let draft_id = draft.text("submission.id").to_owned();
    let node = "query ($id: ID!) { node(id: $id) { id } }";
    for nobody in [&decider, &other, &actor("son-la", &[Role::Reporter])] {
        let answer = world.ask_as(nobody, node, json!({ "id": draft_id })).await;
        assert_eq!(answer["data"]["node"], json!(null), "a draft is seen by its own staff alone");
    }
    assert_eq!(states(&world.request(&editor, &id).await), ["son-la MISSING"]);

    // Handing in takes a publisher, and everything that was asked for.
    let step = |version: i32| json!({"id": draft_id, "version": version});
    let submit = format!("submissionSubmit {SUBMISSION}");
    let answer = world
        .ask_as(
            &editor,
            "mutation ($i: SubmissionSubmitInput!) { submissionSubmit(input: $i) { errors { code } } }",
            json!({"i": step(1)}),
        )
        .await;
    assert_eq!(codes(&answer), ["FORBIDDEN"]);
    let refused = world.change(&publisher, &submit, step(1)).await;
    assert_eq!(faults(&refused), ["INVALID input.items", "INVALID input.narrative"]);
    assert!(refused.text("errors.0.message").contains("CASES_HANDLED"));
    let again = world.change(&editor, &save, json!({"request": id, "narrative": "Thuyết minh"})).await;
    assert_eq!(faults(&again), ["CONFLICT input.version"], "there is a draft already");
    let kept = draft.text("submission.items.0.id").to_owned();
    let mut first = item("TRAINING_CLASSES", "13");
    first["id"] = json!(kept);
    let items = json!([first, item("CASES_HANDLED", "5")]);
    let draft = world
        .changed(&editor, &save, json!({"request": id, "version": 1, "narrative": "Thuyết minh", "items": items}))
        .await;
    assert_eq!(draft.text("submission.items.0.id"), kept);
    let handed_in = world.changed(&publisher, &submit, step(2)).await;
    assert_eq!(
        (handed_in.text("submission.state"), handed_in.text("submission.submittedOn")),
        ("SUBMITTED", "2026-11-22")
    );
    let refused = world.change(&editor, &save, json!({"request": id, "version": 3, "narrative": "khác"})).await;
    assert_eq!(faults(&refused), ["INVALID_TRANSITION input.id"]);

    // Now whoever asked sees it, to the last item; the other addressee does not.
    let view = world.request(&reporter, &id).await;
    assert_eq!(states(&view), ["son-la SUBMITTED", "nghe-an MISSING"]);
    assert_eq!(view.list("submissions.nodes.0.items").len(), 2);
    assert_eq!(world.request(&other, &id).await.list("submissions.nodes").len(), 0);
    let answer = world.ask_as(&other, node, json!({ "id": draft_id })).await;
    assert_eq!(answer["data"]["node"], json!(null));

    // Who answered does not decide, nor who was asked too. What is given back is given back for a reason.
    let give_back = format!("submissionReturn {SUBMISSION}");
    let back = |reason: &str| json!({"id": draft_id, "version": 3, "reason": reason});
    assert_eq!(faults(&world.change(&publisher, &give_back, back("x")).await), ["FORBIDDEN input.id"]);
    assert_eq!(faults(&world.change(&other, &give_back, back("x")).await), ["NOT_FOUND input.id"]);
    assert_eq!(faults(&world.change(&decider, &give_back, back(" ")).await), ["INVALID input.reason"]);
    let stale = json!({"id": draft_id, "version": 2, "reason": "x"});
    assert_eq!(faults(&world.change(&decider, &give_back, stale).await), ["CONFLICT input.version"]);
    let returned = world.changed(&decider, &give_back, back("Thiếu số liệu quý IV")).await;
    assert_eq!(returned.text("submission.state"), "RETURNED");
    let refused = world.change(&decider, "submissionAccept submission { id }", step(3)).await;
    assert_eq!(faults(&refused), ["INVALID_TRANSITION input.id"]);
    assert!(refused.text("errors.0.message").contains("submissionSave"));
    let view = world.request(&editor, &id).await;
    assert_eq!(view.text("submissions.nodes.0.decision.reason"), "Thiếu số liệu quý IV");
    assert_eq!(states(&view), ["son-la RETURNED"]);

    // The next round begins with what the last one said, and nobody but its authors knows that it has begun.
    let before = world.request(&decider, &id).await;
    assert_eq!(before.at("completeness.returned"), &json!(1));
    let mended = world
        .changed(&editor, &save, json!({"request": id, "version": 3, "narrative": "Thuyết minh đã bổ sung"}))
        .await;
    assert_eq!((mended.at("submission.round"), mended.text("submission.state")), (&json!(2), "DRAFT"));
    assert_eq!(mended.texts("submission.items", "label"), ["TRAINING_CLASSES 13", "CASES_HANDLED 5"]);
    assert_eq!(world.request(&decider, &id).await, before);
    let second = mended.text("submission.id").to_owned();
    world.changed(&publisher, &submit, json!({"id": second, "version": 1})).await;
    let accepted =
        world.changed(&decider, "submissionAccept submission { id state }", json!({"id": second, "version": 2})).await;
    assert_eq!(accepted.text("submission.state"), "ACCEPTED");
    let view = world.request(&reporter, &id).await;
    assert_eq!(states(&view), ["son-la ACCEPTED", "nghe-an MISSING"]);
    assert_eq!(
        view["completeness"],
        json!({"addressed": 2, "submitted": 1, "accepted": 1, "returned": 0, "missing": 1, "late": 0})
    );
    assert_eq!(view.list("submissions.nodes").len(), 2, "what was given back stays as it was");

    results(&world, &second).await;

    // No more answers, and answers again.
    let closed = world
        .changed(&reporter, "reportRequestClose reportRequest { version status }", json!({"id": id, "version": 1}))
        .await;
    assert_eq!(closed.text("reportRequest.status"), "CLOSED");
    let refused = world.change(&other, &save, json!({"request": id, "narrative": "muộn"})).await;
    assert_eq!(faults(&refused), ["INVALID_TRANSITION input.request"]);
    assert!(refused.text("errors.0.message").contains("reportRequestReopen"));
    world.changed(&reporter, "reportRequestReopen reportRequest { id }", json!({"id": id, "version": 2})).await;
    world.changed(&other, &save, json!({"request": id, "narrative": "muộn"})).await;

    for tenant in ["trung-uong", "son-la", "nghe-an"].map(tenant_id) {
        let mut tx = world.store.begin_operation(crate::harness::occasion("test")).await.unwrap();
        tx.act_for(tenant, &[]).await.unwrap();
        assert!(tx.verify_audit(tenant, None).await.unwrap().unwrap().number > 0, "each tenant has written its own");
    }
}

/// Accepted figures become results of a program of the addressee, by the addressee.
async fn results(world: &World, submission: &str) {
    let publisher = actor("son-la", &[Role::Publisher]);
    let programs = world.data("{ programs(where: {tenant: {slug: {eq: \"son-la\"}}}) { nodes { id } } central { programs { nodes { id } } } }").await;
    let (own, abroad) = (programs.text("programs.nodes.0.id"), programs.text("central.programs.nodes.0.id"));
    let publish = "submissionPublishResults submission { results { nodes { id label } } items { result { id submission { id } } } }";
    let input = |program: Value| json!({"id": submission, "version": 2, "program": program});
    assert_eq!(faults(&world.change(&publisher, publish, input(json!(null))).await), ["INVALID input.program"]);
    assert_eq!(faults(&world.change(&publisher, publish, input(json!(abroad))).await), ["INVALID input.program"]);
    let refused = world.change(&center(Role::Admin), publish, input(json!(own))).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input.id"]);
    let done = world.changed(&publisher, publish, input(json!(own))).await;
    assert_eq!(done.texts("submission.results.nodes", "label"), ["TRAINING_CLASSES 13", "CASES_HANDLED 5"]);
    assert_eq!(done.text("submission.items.0.result.submission.id"), submission);
    let again = world.change(&publisher, publish, input(json!(own))).await;
    assert_eq!(faults(&again), ["INVALID_TRANSITION input.id"], "once");

    // The program is public, so they are; by which submission they came, the two tenants know.
    let query =
        "query ($id: ID!) { node(id: $id) { ... on Program { results(last: 2) { nodes { label quantity { value }
        submission { id tenant { slug } decision { decidedBy decidedOn } } } } } } }";
    let seen = world.ask_ok(query, json!({ "id": own })).await;
    assert_eq!(seen.texts("node.results.nodes", "label"), ["TRAINING_CLASSES 13", "CASES_HANDLED 5"]);
    assert_eq!(seen.at("node.results.nodes.0.submission"), &json!(null));
    for side in [publisher, center(Role::Reporter)] {
        let seen = world.ask_as(&side, query, json!({ "id": own })).await;
        assert_eq!(seen.text("data.node.results.nodes.0.submission.id"), submission);
        assert_eq!(seen.text("data.node.results.nodes.0.submission.tenant.slug"), "son-la");
        assert_eq!(seen.text("data.node.results.nodes.0.submission.decision.decidedOn"), "2026-11-22");
    }
}

#[rstest]
#[tokio::test]
async fn late_and_missing_answers_are_visible(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let id = world.asked().await;
    let answers = actor("nghe-an", &[Role::Publisher]);
    let items = [
        item("TRAINING_CLASSES", "1"),
        json!({"indicator": "CASES_HANDLED", "label": "x", "statement": "chưa có số liệu"}),
    ];
    let draft = world
        .changed(&answers, "submissionSave submission { id }", json!({"request": id, "narrative": "x", "items": items}))
        .await;
    let step = json!({"id": draft.text("submission.id"), "version": 1});
    world.changed(&answers, "submissionSubmit submission { id }", step).await;
    let on = async |day: &str| {
        let query = "query ($id: ID!, $day: Date!) { node(id: $id) { ... on ReportRequest {
            addressees(asOf: $day) { tenant { slug } state late submission { id } } completeness(asOf: $day) { submitted missing late } } } }";
        let answer = world.ask_as(&center(Role::Viewer), query, json!({ "id": id, "day": day })).await;
        answer["data"]["node"].clone()
    };
    let late = |view: &Value| -> Vec<bool> {
        view.list("addressees").iter().map(|one| one.at("late").as_bool().unwrap()).collect()
    };
    assert_eq!(late(&on("2026-12-15").await), [false, false]);
    let after = on("2026-12-16").await;
    assert_eq!(
        (states(&after), late(&after)),
        (vec!["son-la MISSING".to_owned(), "nghe-an SUBMITTED".to_owned()], vec![true, false])
    );
    assert_eq!(after["completeness"], json!({"submitted": 1, "missing": 1, "late": 1}));
    // The day before it came, it had not come.
    let before = on("2026-11-21").await;
    assert_eq!(states(&before), ["son-la MISSING", "nghe-an MISSING"]);
    assert_eq!(before.at("addressees.1.submission"), &json!(null));
    // As if it had been due earlier.
    world.execute("UPDATE report_requests SET due = '2026-11-20'").await;
    assert_eq!(late(&on("2026-11-22").await), [true, true]);
}

#[rstest]
#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let tenant = world.data("{ central { id } }").await.text("central.id").to_owned();
    let (son_la, ended) = (world.tenant_gid("son-la").await, world.tenant_gid("thai-binh:pre2025").await);
    let create = "reportRequestCreate reportRequest { id addressees { tenant { slug } } }";
    let editor = center(Role::Editor);
    let wrong = json!({
        "tenant": tenant, "title": " ", "due": "2026-11-21", "addressees": [son_la, tenant, son_la, ended, "AQAAJxA"],
        "indicators": ["TRAINING_CLASSES", "NONE_SUCH"],
    });
    let mut found = faults(&world.change(&editor, create, wrong).await);
    found.sort();
    assert_eq!(
        found,
        [
            "INVALID input.addressees.1",
            "INVALID input.addressees.2",
            "INVALID input.addressees.3",
            "INVALID input.due",
            "INVALID input.title",
            "NOT_FOUND input.addressees.4",
            "NOT_FOUND input.indicators",
        ]
    );
    let right = json!({"tenant": tenant, "title": "x", "due": "2026-11-22", "addressees": [son_la], "narrative": true, "idempotencyKey": "k"});
    let foreign = world.change(&actor("son-la", &[Role::Admin]), create, right.clone()).await;
    assert_eq!(faults(&foreign)[0], "FORBIDDEN input.tenant", "nobody asks in another's name");
    let viewer = world
        .ask_as(
            &center(Role::Viewer),
            "mutation ($i: ReportRequestCreateInput!) { reportRequestCreate(input: $i) { errors { code } } }",
            json!({"i": right}),
        )
        .await;
    assert_eq!(codes(&viewer), ["FORBIDDEN"]);
    let once = world.changed(&editor, create, right.clone()).await;
    assert_eq!(world.changed(&editor, create, right).await, once, "the key carries it out once");

    // Others are asked instead, as long as who is left out has not answered.
    let id = once.text("reportRequest.id");
    let update = "reportRequestUpdate reportRequest { version addressees { tenant { slug } } }";
    let nghe_an = world.tenant_gid("nghe-an").await;
    let changed =
        world.changed(&editor, update, json!({"id": id, "version": 1, "addressees": [nghe_an], "text": "y"})).await;
    assert_eq!(changed.texts("reportRequest.addressees", "tenant.slug"), ["nghe-an"]);
    assert_eq!(world.request(&actor("son-la", &[Role::Admin]), id).await, json!(null), "no longer asked");
    let save = json!({"request": id, "narrative": "x"});
    let refused =
        world.change(&actor("son-la", &[Role::Editor]), "submissionSave submission { id }", save.clone()).await;
    assert_eq!(faults(&refused), ["NOT_FOUND input.request"]);
    let refused = world.change(&editor, "submissionSave submission { id }", save.clone()).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input.request"], "who asks does not answer");
    let answers = actor("nghe-an", &[Role::Publisher]);
    let draft = world.changed(&answers, "submissionSave submission { id }", save).await;
    world
        .changed(
            &answers,
            "submissionSubmit submission { id }",
            json!({"id": draft.text("submission.id"), "version": 1}),
        )
        .await;
    let left_out = json!({"id": id, "version": 2, "addressees": [son_la], "clear": ["TEXT"]});
    assert_eq!(faults(&world.change(&editor, update, left_out).await), ["IN_USE input.addressees"]);
    let foreign = world.change(&answers, update, json!({"id": id, "version": 2, "title": "z"})).await;
    assert_eq!(faults(&foreign), ["FORBIDDEN input.id"]);
}
