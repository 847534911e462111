//! Actors, as tokens would make them, and what each sees.

use std::collections::BTreeSet;

use domain::actor::{GrantUse, Principal, Role};
use domain::{Actor, TenantId};
use serde_json::Value;

use super::World;

/// Somebody of the tenant with this key.
pub fn actor(tenant: &str, roles: &[Role]) -> Actor {
    Actor {
        principal: Principal::user("https://issuer.example", tenant),
        tenant: tenant_id(tenant),
        roles: roles.iter().copied().collect::<BTreeSet<_>>(),
        grants: GrantUse::All,
    }
}

/// The tenant with this key: `hung-yen:2025`.
pub fn tenant_id(key: &str) -> TenantId {
    let reference = dossier::Reference::shipped().expect("the reference data is sound");
    reference.tenant_by_key(key).unwrap_or_else(|near| panic!("no tenant {key}; {near:?}")).id
}

impl World {
    /// The token of somebody, as an issuer would hand it out.
    pub fn token(&self, actor: &Actor) -> String {
        self.token_of("somebody", actor)
    }

    /// The same of one among several.
    pub fn token_of(&self, subject: &str, actor: &Actor) -> String {
        let roles: Vec<Role> = actor.roles.iter().copied().collect();
        self.issuer.token(subject, actor.tenant, &roles, 3600).unwrap().expose().clone()
    }

    /// The answer to a query of somebody, errors included.
    pub async fn ask_as(&self, actor: &Actor, query: &str, variables: Value) -> Value {
        let answer = self.carry_out(Some(actor), query, variables).await;
        serde_json::to_value(answer.response).unwrap()
    }

    /// The data of an answer that must have no errors.
    pub async fn data_as(&self, actor: &Actor, query: &str) -> Value {
        let mut answer = self.ask_as(actor, query, serde_json::json!({})).await;
        assert_eq!(answer.get("errors"), None, "{query}\n{answer:#}");
        answer["data"].take()
    }
}
