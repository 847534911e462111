//! "May I, and why not": what `viewer` says of a record equals what the mutation then answers, for every noun, wherever
//! a record stands, whoever asks.

use domain::Actor;
use domain::actor::Role;
use rstest::rstest;
use serde_json::{Value, json};

use super::staff;
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor, codes};

/// A noun: how a record of it is made, where it may stand, and what may be done with it. `@tenant` and `@program` stand
/// for ids; a step before the record itself is one of its program.
struct Noun {
    name: &'static str,
    input: &'static str,
    states: &'static [&'static [Step]],
    verbs: &'static [Step],
}

/// A verb and what its input says besides id and version.
type Step = (&'static str, &'static str);

const TO_PARTIES: Step = ("Publish", r#"{"visibility": "INTERNAL"}"#);
const TO_ALL: Step = ("Publish", "{}");
/// Of the program to which a part belongs.
const PROGRAM: &[Step] = &[("programSign", "{}"), ("programPublish", "{}")];
const SHOWN: &[&[Step]] = &[&[], &[TO_PARTIES], &[TO_ALL]];
const NOTED: &[Step] = &[("Update", r#"{"note": "sửa"}"#), ("Publish", "{}"), ("Withdraw", "{}"), ("Delete", "{}")];
const PARTS: &[&[Step]] = &[&[], PROGRAM];

const NOUNS: [Noun; 13] = [
    Noun {
        name: "Program",
        input: r#"{"tenant": "@tenant", "kind": "PLEDGE", "title": "Thử", "level": "PROVINCE"}"#,
        states: &[
            &[],
            &[TO_PARTIES],
            &[("Sign", "{}")],
            &[("Sign", "{}"), TO_ALL],
            &[("Sign", "{}"), TO_PARTIES, ("Conclude", "{}")],
            &[("Sign", "{}"), TO_ALL, ("Terminate", "{}")],
        ],
        verbs: &[
            ("Update", r#"{"note": "sửa"}"#),
            ("Sign", "{}"),
            ("Publish", "{}"),
            ("Withdraw", "{}"),
            ("Amend", r#"{"title": "Sửa đổi"}"#),
            ("Renew", r#"{"title": "Tiếp"}"#),
            ("Conclude", "{}"),
            ("Terminate", "{}"),
            ("Reopen", "{}"),
            ("Delete", "{}"),
        ],
    },
    Noun {
        name: "Agency",
        input: r#"{"tenant": "@tenant", "name": "Phòng Thử", "level": "PROVINCE"}"#,
        states: &[&[], &[TO_PARTIES], &[TO_ALL], &[("Dissolve", r#"{"on": "2025"}"#)]],
        verbs: &[
            ("Update", r#"{"note": "sửa"}"#),
            ("Rename", r#"{"name": "Phòng Khác"}"#),
            ("Dissolve", r#"{"on": "2026"}"#),
            ("Publish", "{}"),
            ("Withdraw", "{}"),
            ("Delete", "{}"),
        ],
    },
    Noun {
        name: "AgencyGroup", input: r#"{"tenant": "@tenant", "label": "Các huyện"}"#, states: SHOWN, verbs: NOTED
    },
    Noun { name: "Person", input: r#"{"tenant": "@tenant", "name": "Lê Thử"}"#, states: SHOWN, verbs: NOTED },
    Noun {
        name: "Event",
        input: r#"{"tenant": "@tenant", "kind": "SEMINAR", "name": "Thử"}"#,
        states: SHOWN,
        verbs: NOTED,
    },
    Noun {
        name: "Document",
        input: r#"{"tenant": "@tenant", "kind": "PLAN", "number": "1/KH-T"}"#,
        states: SHOWN,
        verbs: NOTED,
    },
    Noun {
        name: "Source",
        input: r#"{"tenant": "@tenant", "publisher": "Báo Thử", "coverage": "FULL"}"#,
        states: SHOWN,
        verbs: NOTED,
    },
    Noun {
        name: "Target",
        input: r#"{"program": "@program", "indicator": "TRAINING_CLASSES", "label": "Lớp", "quantity": {"value": "3"}}"#,
        states: PARTS,
        verbs: &[("Update", r#"{"label": "Các lớp"}"#), ("Delete", "{}")],
    },
    Noun {
        name: "Result",
        input: r#"{"program": "@program", "indicator": "TRAINING_CLASSES", "label": "Lớp", "quantity": {"value": "3"}}"#,
        states: PARTS,
        verbs: &[("Update", r#"{"label": "Các lớp"}"#), ("Delete", "{}")],
    },
    Noun {
        name: "Award",
        input: r#"{"program": "@program", "kind": "Giấy khen"}"#,
        states: PARTS,
        verbs: &[("Update", r#"{"note": "sửa"}"#), ("Delete", "{}")],
    },
    Noun {
        name: "Direction",
        input: r#"{"program": "@program", "text": "Làm đi"}"#,
        states: PARTS,
        verbs: &[("Update", r#"{"text": "Làm tiếp"}"#), ("Delete", "{}")],
    },
    Noun {
        name: "Remark",
        input: r#"{"program": "@program", "kind": "AIM", "text": "Mục đích"}"#,
        states: PARTS,
        verbs: &[("Update", r#"{"text": "Mục đích khác"}"#), ("Delete", "{}")],
    },
    Noun {
        name: "Conflict",
        input: r#"{"record": "@program", "field": "title", "values": [{"value": "a", "source": "A"}, {"value": "b", "source": "B"}]}"#,
        states: &[&[], PROGRAM, &[("Resolve", r#"{"prefer": {"index": 1}}"#)]],
        verbs: &[("Resolve", r#"{"prefer": {"index": 1}}"#), ("Reopen", "{}"), ("Delete", "{}")],
    },
];

impl Noun {
    /// The mutation of a verb: `agencyGroupUpdate`.
    fn mutation(&self, verb: &str) -> String {
        let (first, rest) = self.name.split_at(1);
        format!("{}{rest}{verb}", first.to_lowercase())
    }

    /// A new record in that state: its id and version.
    async fn fresh(&self, world: &World, tenant: &str, state: &[Step]) -> (String, i64) {
        let admin = staff(&[Role::Admin]);
        let program = world.draft("Chương trình của mục thử").await;
        let steps = state.iter().filter(|(verb, _)| verb.starts_with("program"));
        for (version, (mutation, _)) in (1..).zip(steps) {
            let input = json!({"id": program, "version": version});
            world.changed(&admin, &format!("{mutation} program {{ id }}"), input).await;
        }
        let input = self.input.replace("@tenant", tenant).replace("@program", &program);
        let noun = self.mutation("");
        let made = format!("{} {noun} {{ id version }}", self.mutation("Create"));
        let mut made = world.changed(&admin, &made, serde_json::from_str(&input).unwrap()).await[&noun].take();
        for (verb, extra) in state.iter().filter(|(verb, _)| !verb.starts_with("program")) {
            let step = format!("{} {noun} {{ id version }}", self.mutation(verb));
            let input = input_of(made.text("id"), made.at("version").as_i64().unwrap(), verb, extra);
            made = world.changed(&admin, &step, input).await[&noun].take();
        }
        (made.text("id").to_owned(), made.at("version").as_i64().unwrap())
    }

    /// What somebody is told that they may do; null when they do not see the record.
    async fn viewer(&self, world: &World, by: Option<&Actor>, id: &str) -> Value {
        let fields: Vec<String> = self.verbs.iter().map(|(verb, _)| format!("can{verb}")).collect();
        let query = format!(
            "query($id: ID!) {{ node(id: $id) {{ ... on {} {{ viewer {{ {} blockedBy {{ action code message(locale: EN) vi: message }} }} }} }} }}",
            self.name,
            fields.join(" ")
        );
        let answer = world.carry_out(by, &query, json!({ "id": id })).await;
        let mut answer = serde_json::to_value(answer.response).unwrap();
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        answer["data"]["node"]["viewer"].take()
    }

    /// The first error of a mutation: its code and its texts.
    async fn attempt(&self, world: &World, by: Option<&Actor>, verb: &str, input: Value) -> Option<Value> {
        let mutation = self.mutation(verb);
        let query = format!(
            "mutation($i: {}{verb}Input!) {{ {mutation}(input: $i) {{ errors {{ code message(locale: EN) vi: message }} }} }}",
            self.name
        );
        let answer = world.carry_out(by, &query, json!({ "i": input })).await;
        let answer = serde_json::to_value(answer.response).unwrap();
        if let Some(code) = codes(&answer).first() {
            return Some(json!({ "code": code.replace("UNAUTHENTICATED", "FORBIDDEN") }));
        }
        answer.list(&format!("data.{mutation}.errors")).first().cloned()
    }
}

fn input_of(id: &str, version: i64, verb: &str, extra: &str) -> Value {
    let mut input: Value = serde_json::from_str(extra).unwrap();
    input["id"] = json!(id);
    if !["Amend", "Renew"].contains(&verb) {
        input["version"] = json!(version);
    }
    input
}

/// Everybody who may ask.
fn askers() -> Vec<Option<Actor>> {
    let roles = [Role::Viewer, Role::Editor, Role::Publisher, Role::Admin, Role::Reporter];
    let own = roles.iter().map(|role| Some(staff(&[*role])));
    own.chain([Some(actor("son-la", &[Role::Admin])), Some(actor("trung-uong", &[Role::Editor])), None]).collect()
}

/// How often something was allowed and refused.
async fn compare(world: &World, noun: &Noun) -> (usize, usize) {
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let (mut allowed, mut refused) = (0, 0);
    for state in noun.states {
        let (mut id, mut version) = noun.fresh(world, &tenant, state).await;
        for by in askers() {
            for (verb, extra) in noun.verbs {
                let viewer = noun.viewer(world, by.as_ref(), &id).await;
                let answer = noun.attempt(world, by.as_ref(), verb, input_of(&id, version, verb, extra)).await;
                let who = by.as_ref().map(|by| (by.tenant, &by.roles));
                let told = format!("{} {state:?} {verb} by {who:?}: {viewer:#}\n{answer:#?}", noun.name);
                if viewer.is_null() {
                    assert!(answer.is_some(), "{told}");
                    continue;
                }
                let blocked = viewer.list("blockedBy").iter().find(|one| one["action"] == noun.mutation(verb));
                assert_eq!(viewer[format!("can{verb}")], json!(blocked.is_none()), "{told}");
                match (blocked, answer) {
                    (None, None) => {
                        allowed += 1;
                        (id, version) = noun.fresh(world, &tenant, state).await;
                    }
                    (Some(blocked), Some(answer)) => {
                        refused += 1;
                        for (name, value) in answer.as_object().unwrap() {
                            assert_eq!(&blocked[name], value, "{told}");
                        }
                        assert!(!blocked.text("message").is_empty() && !blocked.text("vi").is_empty(), "{told}");
                    }
                    _ => panic!("{told}"),
                }
            }
        }
    }
    (allowed, refused)
}

#[tokio::test]
async fn it_says_what_the_mutations_answer() {
    let world = World::empty(Sqlite).await;
    for noun in &NOUNS {
        let (allowed, refused) = compare(&world, noun).await;
        assert!(allowed > 5 && refused > 10, "{}: {allowed}, {refused}", noun.name);
    }
}

#[tokio::test]
async fn it_says_so_on_the_other_engine() {
    let world = World::empty(Postgres).await;
    for noun in NOUNS.iter().filter(|noun| ["Program", "Conflict"].contains(&noun.name)) {
        compare(&world, noun).await;
    }
}

#[rstest]
#[tokio::test]
async fn it_costs_no_statement_and_knows_the_source_of_a_dossier(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let cost = async |fields: &str| {
        let query = format!("{{ programs(first: 5) {{ nodes {{ {fields} }} }} }}");
        let answer = world.carry_out(Some(&staff(&[Role::Editor])), &query, json!({})).await;
        assert!(answer.response.is_ok(), "{:#?}", answer.response.errors);
        answer.statements
    };
    assert_eq!(cost("id").await, cost("id viewer { canSign blockedBy { action code message } }").await);
    let query = "{ sources(first: 1, where: {tenant: {slug: {eq: \"thai-binh\"}}}) { nodes { id version viewer { canUpdate canDelete blockedBy { action code } } } } }";
    let source = world.data_as(&staff(&[Role::Admin]), query).await.at("sources.nodes.0").clone();
    assert_eq!(source.at("viewer.canUpdate"), &json!(true));
    let blocked = source.list("viewer.blockedBy").iter().find(|one| one["action"] == "sourceDelete").unwrap();
    assert_eq!(blocked["code"], "IN_USE");
}
