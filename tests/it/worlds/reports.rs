//! What only world A′ knows of report requests: one between provinces for which nobody here acts, with answers in every
//! state. Not even the center, which reads what provinces keep among themselves, sees any of it.

use domain::actor::Role;
use serde_json::json;

use super::hidden::CANARY;
use crate::harness::{At, World, actor};

/// Asks, answers and decides.
pub async fn hide(world: &World) {
    let asks = actor("dien-bien", &[Role::Publisher]);
    let id = |name: &str| format!("{CANARY}{name}");
    let mut addressees = Vec::new();
    for key in ["cao-bang", "lang-son", "ha-tinh"] {
        addressees.push(world.tenant_gid(key).await);
    }
    let tenant = world.tenant_gid("dien-bien").await;
    let request = world
        .changed(
            &asks,
            "reportRequestCreate reportRequest { id }",
            json!({
                "tenant": tenant, "title": id("title"), "text": id("text"), "due": "2026-12-15", "addressees": addressees,
                "indicators": ["TRAINING_CLASSES"], "narrative": true,
            }),
        )
        .await;
    let request = request.text("reportRequest.id");
    for (key, decision) in [("cao-bang", Some("Accept")), ("lang-son", Some("Return")), ("ha-tinh", None)] {
        let answers = actor(key, &[Role::Publisher]);
        let item = json!({"indicator": "TRAINING_CLASSES", "label": id("label"), "quantity": {"value": "77123"}});
        let draft = json!({"request": request, "narrative": id("narrative"), "items": [item]});
        let saved = world.changed(&answers, "submissionSave submission { id }", draft).await;
        let Some(decision) = decision else { continue };
        let mut step = json!({"id": saved.text("submission.id"), "version": 1});
        world.changed(&answers, "submissionSubmit submission { id }", step.clone()).await;
        step["version"] = json!(2);
        if decision == "Return" {
            step["reason"] = json!(id("reason"));
        }
        world.changed(&asks, &format!("submission{decision} submission {{ id }}"), step).await;
    }
}
