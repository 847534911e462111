//! `GET /healthz`: whether the service can answer, for whoever starts and watches it.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;

use crate::App;

/// Whoever asks has little patience.
const PATIENCE: Duration = Duration::from_secs(2);

/// 200 `ok` when the database answers.
pub(super) async fn check(State(app): State<App>) -> (StatusCode, &'static str) {
    const SILENT: (StatusCode, &str) = (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n");
    match tokio::time::timeout(PATIENCE, app.store.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ok\n"),
        Ok(Err(error)) => {
            tracing::error!(%error, "the database does not answer");
            SILENT
        }
        Err(_) => SILENT,
    }
}
