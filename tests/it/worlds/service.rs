//! What gateways ask, and what the caller may still ask for: entities by ids that only A′ knows, of the right type and of
//! another, and the price of it all.

use serde_json::json;

use super::hidden::EXPORT_JOBS;
use super::operations::{Operation, Workshop};

pub fn make(shop: &mut Workshop<'_>) {
    let query = "query ($entities: [_Any!]!) { _entities(representations: $entities) \
                 { __typename ... on Agency { id name } ... on Program { id title } ... on Province { id name } } }";
    for type_name in ["Agency", "Program"] {
        let ids = shop.samples.ids(type_name);
        for id in ids.hidden.iter().chain(ids.visible.iter().take(3)).take(12) {
            for named in ["Agency", "Program", "Province"] {
                let entities = json!({ "entities": [{ "__typename": named, "id": id }] });
                shop.made.push(Operation::new(format!("entity {named} {id}"), query).with(entities));
            }
        }
    }
    for id in &shop.samples.tenants {
        let entities = json!({ "entities": [{ "__typename": "Province", "id": id }] });
        shop.made.push(Operation::new(format!("entity {id}"), query).with(entities));
    }
    let rate = "query ($dry: Boolean! = false) { rateLimit(dryRun: $dry) { cost limit remaining resetAt nodeLimit } \
                programs(first: 3) { totalCount { value } nodes { id } } }";
    for dry in [true, false] {
        shop.made.push(Operation::new(format!("rate {dry}"), rate).with(json!({ "dry": dry })));
    }
    let job = "query ($id: ID!) { exportJob(id: $id) { id status table } viewer { exportJobs { id } } }";
    for id in EXPORT_JOBS {
        shop.made.push(Operation::new(format!("export job {id}"), job).with(json!({ "id": id })));
    }
    shop.made.push(Operation::new("service".to_owned(), "{ _service { sdl } }"));
}
