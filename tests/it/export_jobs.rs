//! Tables that are made in the background: from the wish to the file and its end, and to whom. What is answered at once is
//! `tables.rs`.

mod life;
mod limits;
mod parts;
mod restart;
mod rights;

use std::time::Duration;

use axum::http::StatusCode;
use domain::Actor;
use domain::actor::Role;
use serde_json::{Value, json};

use crate::harness::{At, World, actor};
use crate::tables::Fetched;

/// What is asked of a job.
const FIELDS: &str = "id table format parameters { name value } status attempts rows rowsTotal bytes sha256 createdAt \
     startedAt finishedAt expiresAt fileUrl error { code message hint }";

fn reader() -> Actor {
    actor("son-la", &[Role::Viewer])
}

impl World {
    /// What the router answers somebody who shows this token or key.
    async fn graph(&self, token: Option<&str>, query: &str, variables: Value) -> Value {
        let (_, body) = self.body(query, &variables, token).await;
        serde_json::from_slice(&body).unwrap()
    }

    /// The payload of a mutation about jobs.
    async fn order(&self, token: &str, mutation: &str, input: Value) -> Value {
        let name = mutation.to_owned();
        let input_type = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query = format!(
            "mutation($i: {input_type}!) {{ {name}(input: $i) {{ exportJob {{ {FIELDS} }} errors {{ code path message(locale: EN) }} }} }}"
        );
        let mut answer = self.graph(Some(token), &query, json!({ "i": input })).await;
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        answer["data"][name].take()
    }

    /// Starts a job that must be taken: its id. A worker may be at it before the answer is read.
    async fn started(&self, token: &str, input: Value) -> String {
        let payload = self.order(token, "exportStart", input).await;
        assert_eq!(payload["errors"], json!([]), "{payload:#}");
        assert!(["QUEUED", "RUNNING", "DONE"].contains(&payload.text("exportJob.status")), "{payload:#}");
        payload.text("exportJob.id").to_owned()
    }

    /// A job as somebody sees it.
    async fn job(&self, token: Option<&str>, id: &str) -> Value {
        let query = format!("query($id: ID!) {{ exportJob(id: $id) {{ {FIELDS} }} }}");
        let mut answer = self.graph(token, &query, json!({ "id": id })).await;
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        answer["data"]["exportJob"].take()
    }

    /// Waits until a job is as far as that.
    async fn until(&self, token: &str, id: &str, status: &str) -> Value {
        for _ in 0..600 {
            let job = self.job(Some(token), id).await;
            if job["status"] == status {
                return job;
            }
            assert!(["QUEUED", "RUNNING"].contains(&job.text("status")), "{job:#}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{:#}", self.job(Some(token), id).await);
    }

    /// Fetches a path below `/export/jobs`.
    async fn fetch(&self, token: Option<&str>, path: &str, headers: &[(&str, &str)]) -> Fetched {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let shown = bearer.iter().map(|bearer| ("authorization", bearer.as_str()));
        let headers: Vec<(&str, &str)> = shown.chain(headers.iter().copied()).collect();
        self.export(&format!("/jobs/{path}"), &headers).await
    }

    /// Waits until no file is left.
    async fn swept(&self) {
        for _ in 0..600 {
            if self.kept().is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{:?}", self.kept());
    }

    /// The files that there are.
    fn kept(&self) -> Vec<String> {
        let files = std::fs::read_dir(self.exports()).unwrap();
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    }
}

/// An answer that was refused: its status and code.
#[track_caller]
fn refusal(fetched: &Fetched) -> (u16, String) {
    let error = fetched.json();
    assert_ne!(fetched.status, StatusCode::OK, "{error:#}");
    assert_ne!(error["errors"][0]["extensions"]["hint"], Value::Null, "{error:#}");
    (fetched.status.as_u16(), error.text("errors.0.extensions.code").to_owned())
}

/// A key of Sơn La: what is shown, and by what it is revoked.
async fn key(world: &World) -> (String, String) {
    let admin = actor("son-la", &[Role::Admin]);
    let made = world.changed(&admin, "apiKeyCreate key secret", json!({"name": "Excel", "until": "2027-01-31"})).await;
    (made.text("secret").to_owned(), made.text("key").to_owned())
}

async fn revoke(world: &World, key: &str) {
    world.changed(&actor("son-la", &[Role::Admin]), "apiKeyRevoke key", json!({ "key": key })).await;
}
