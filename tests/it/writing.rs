//! Changing the graph by mutations: one transaction each, with the rights of whoever asks, every fault at once.

mod agency;
mod bulk;
mod catalogue;
mod cookbook;
mod direction;
mod event;
mod figure;
mod hidden;
mod import;
mod life;
mod lists;
mod person;
mod policy;
mod reports;
mod safety;
mod source;
mod viewer;

use domain::Actor;
use domain::actor::Role;
use serde_json::{Value, json};

use crate::harness::{At, World, actor};

/// Staff of Hưng Yên, who steward Thái Bình.
pub fn staff(roles: &[Role]) -> Actor {
    actor("hung-yen:2025", roles)
}

impl World {
    /// What a mutation answers, which must not fail as a whole: its payload.
    pub async fn change(&self, actor: &Actor, mutation: &str, input: Value) -> Value {
        let name = mutation.split(['(', ' ']).next().unwrap().to_owned();
        let input_type = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query = format!(
            "mutation($input: {input_type}!) {{ {name}(input: $input) {{ {} errors {{ code path message(locale: EN) vi: message }} }} }}",
            mutation[name.len()..].trim()
        );
        let mut answer = self.ask_as(actor, &query, json!({ "input": input })).await;
        assert_eq!(answer.get("errors"), None, "{query}\n{input:#}\n{answer:#}");
        answer["data"][&name].take()
    }

    /// The same for one that must be done.
    pub async fn changed(&self, actor: &Actor, mutation: &str, input: Value) -> Value {
        let payload = self.change(actor, mutation, input.clone()).await;
        assert_eq!(payload["errors"], json!([]), "{mutation} {input:#}\n{payload:#}");
        payload
    }

    /// A draft of Hưng Yên: its global id.
    pub async fn draft(&self, title: &str) -> String {
        let tenant = self.tenant_gid("hung-yen:2025").await;
        let input = json!({"tenant": tenant, "kind": "COORDINATION_PROGRAM", "title": title, "level": "PROVINCE"});
        let draft = self.changed(&staff(&[Role::Editor]), "programCreate program { id }", input).await;
        draft.text("program.id").to_owned()
    }

    /// The first of a list as nobody in particular sees it, of a province that is no longer: its global id.
    pub async fn first(&self, list: &str, slug: &str) -> String {
        let query =
            format!("{{ {list}(first: 1, where: {{tenant: {{slug: {{eq: {slug:?}}}}}}}) {{ nodes {{ id }} }} }}");
        self.data(&query).await.text(&format!("{list}.nodes.0.id")).to_owned()
    }

    /// The global id of a tenant.
    pub async fn tenant_gid(&self, key: &str) -> String {
        let query = format!("{{ province(by: {{key: {key:?}}}) {{ id }} }}");
        self.data(&query).await.text("province.id").to_owned()
    }
}

/// The codes of a payload's errors, with their paths.
pub fn faults(payload: &Value) -> Vec<String> {
    let one = |error: &Value| {
        let path: Vec<&str> = error["path"].as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
        format!("{} {}", error["code"].as_str().unwrap(), path.join("."))
    };
    payload["errors"].as_array().unwrap().iter().map(one).collect()
}
