//! Answers as they leave the router: the status and every byte of the body that lasts. For tests that compare answers instead of
//! looking into them.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::World;

impl World {
    /// The answer to a query, asked with a token or by nobody in particular.
    pub async fn body(&self, query: &str, variables: &Value, asks_as: Option<&str>) -> (u16, Vec<u8>) {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let mut request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("accept", "application/graphql-response+json");
        if let Some(token) = asks_as {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let request = request.body(Body::from(body)).unwrap();
        let response = Box::pin(server::router(self.app.clone()).oneshot(request)).await.unwrap();
        let status = response.status().as_u16();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, lasting(String::from_utf8(bytes.to_vec()).unwrap()).into_bytes())
    }
}

/// The same without what differs from one request to the next, whatever is asked: the request's id, and what the caller
/// has left to spend.
fn lasting(mut body: String) -> String {
    for (before, end, instead) in [("\"requestId\":\"", '"', ""), ("\"remaining\":", ',', "0")] {
        let mut from = 0;
        while let Some(at) = body[from..].find(before) {
            let begin = from + at + before.len();
            let length = body[begin..].find([end, '}']).unwrap();
            body.replace_range(begin..begin + length, instead);
            from = begin;
        }
    }
    body
}
