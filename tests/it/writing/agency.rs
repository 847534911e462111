//! Agencies and collective parties: named anew, ended, followed by others; shown and taken back.

use domain::actor::Role;
use rstest::rstest;
use serde_json::json;

use super::{faults, staff};
use crate::harness::Engine::{self, Postgres, Sqlite};
use crate::harness::{At, World, actor};

const AGENCY: &str = "agency { id version visibility level name short: shortName aliases note validFrom validTo
    sector { code } parent { id } successors { to { id } on function } }";
const GROUP: &str = "agencyGroup { id version visibility label count level members { nodes { id } } }";

#[rstest]
#[tokio::test]
async fn an_agency_is_recorded_renamed_shown_and_dissolved(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let make = |name: &'static str| json!({"tenant": tenant, "level": "PROVINCE", "name": name, "sector": "WOMEN"});

    let heir = world.changed(&editor, "agencyCreate agency { id }", make("Cơ quan kế thừa")).await;
    let heir = heir.text("agency.id");
    let agency = world.changed(&editor, &format!("agencyCreate {AGENCY}"), make(" Cơ quan cũ ")).await;
    let id = agency.text("agency.id");
    assert_eq!(
        (agency.text("agency.name"), agency.text("agency.visibility"), agency.at("agency.version")),
        ("Cơ quan cũ", "DRAFT", &json!(1))
    );
    let seen = "query($id: ID!) { node(id: $id) { ... on Agency { name successors { to { id } function } } } }";
    assert_eq!(world.ask_ok(seen, json!({"id": id})).await.at("node"), &json!(null));

    let agency = world
        .changed(
            &editor,
            &format!("agencyUpdate {AGENCY}"),
            json!({"id": id, "version": 1, "shortName": "CQC", "validFrom": "2010", "note": "thử", "clear": ["SECTOR"]}),
        )
        .await;
    assert_eq!((agency.text("agency.short"), agency.at("agency.sector")), ("CQC", &json!(null)));
    let agency = world
        .changed(
            &editor,
            &format!("agencyRename {AGENCY}"),
            json!({"id": id, "version": 2, "name": "Cơ quan mới", "on": "2024-03"}),
        )
        .await;
    assert_eq!((agency.text("agency.name"), agency.at("agency.aliases")), ("Cơ quan mới", &json!(["Cơ quan cũ"])));
    assert_eq!(agency.text("agency.note"), "thử\n2024-03: đổi tên, trước đó là \"Cơ quan cũ\".");
    let found = world
        .ask_as(&editor, "{ agencies(first: 2, where: {name: {eq: \"co quan cu\"}}) { nodes { id } } }", json!({}))
        .await;
    assert_eq!(found.texts("data.agencies.nodes", "id"), [id], "it is still found by its old name");

    let agency = world.changed(&publisher, &format!("agencyPublish {AGENCY}"), json!({"id": id, "version": 3})).await;
    assert_eq!(agency.text("agency.visibility"), "PUBLIC");
    let refused = world.change(&publisher, "agencyPublish agency { id }", json!({"id": id, "version": 4})).await;
    assert_eq!(faults(&refused), ["INVALID_TRANSITION input.id"]);
    assert!(refused.text("errors.0.message").contains("…Withdraw"));
    let refused =
        world.change(&editor, "agencyUpdate agency { id }", json!({"id": id, "version": 4, "note": "x"})).await;
    assert_eq!(faults(&refused), ["FORBIDDEN input"]);

    let end = json!({"id": id, "version": 4, "on": "2025-03-01", "successors": [
        {"agency": heir, "function": "Bình đẳng giới"}, {"agency": heir, "function": "Trẻ em", "on": "2025-04"}]});
    let agency = world.changed(&publisher, &format!("agencyDissolve {AGENCY}"), end.clone()).await;
    assert_eq!(agency.text("agency.validTo"), "2025-03-01");
    let mut took = agency.texts("agency.successors", "on");
    took.sort();
    assert_eq!(took, ["2025-03-01", "2025-04"]);
    assert_eq!(agency.texts("agency.successors", "to.id"), [heir, heir]);
    let stale = world.change(&publisher, "agencyDissolve agency { id }", end).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    let again = json!({"id": id, "version": 5, "on": "2025-07-01"});
    let again = world.change(&publisher, "agencyDissolve agency { id }", again).await;
    assert_eq!(faults(&again), ["INVALID_TRANSITION input.id"]);

    // What took over is as visible as what ended; that the heir is a draft is not told.
    let public = world.ask_ok(seen, json!({"id": id})).await;
    assert_eq!(public.list("node.successors").len(), 2);
    assert_eq!(public.at("node.successors.0.to"), &json!(null));
    let back = world.changed(&publisher, &format!("agencyWithdraw {AGENCY}"), json!({"id": id, "version": 5})).await;
    assert_eq!(back.text("agency.visibility"), "DRAFT");
    let hidden = world.select("SELECT DISTINCT visibility FROM agency_successions").await;
    assert_eq!(hidden, [["DRAFT"]]);
    let back = world.changed(&publisher, &format!("agencyPublish {AGENCY}"), json!({"id": id, "version": 6})).await;
    assert_eq!(back.list("agency.successors").len(), 2);

    let kept = world.change(&publisher, "agencyDelete deletedId", json!({"id": id, "version": 7})).await;
    assert_eq!(faults(&kept), ["IN_USE input.id"], "others could see it");
    let kept = world.change(&editor, "agencyDelete deletedId", json!({"id": heir, "version": 1})).await;
    assert_eq!(faults(&kept), ["IN_USE input.id"], "the other names it");
    let undone = json!({"id": id, "version": 7, "successors": [], "clear": ["VALID_TO"]});
    let undone = world.changed(&publisher, &format!("agencyUpdate {AGENCY}"), undone).await;
    assert_eq!((undone.at("agency.validTo"), undone.at("agency.successors")), (&json!(null), &json!([])));
    let gone = world.changed(&editor, "agencyDelete deletedId", json!({"id": heir, "version": 1})).await;
    assert_eq!(gone.text("deletedId"), heir);

    // A draft takes along what it said of its successors.
    let draft = world.changed(&editor, "agencyCreate agency { id }", make("Nháp")).await;
    let draft = draft.text("agency.id");
    let end = json!({"id": draft, "version": 1, "on": "2025-03-01", "successors": [{"agency": id}]});
    world.changed(&publisher, "agencyDissolve agency { id }", end).await;
    world.changed(&editor, "agencyDelete deletedId", json!({"id": draft, "version": 2})).await;
    assert!(world.select("SELECT 'x' FROM agency_successions").await.is_empty());
}

#[rstest]
#[tokio::test]
async fn everything_that_is_wrong_with_an_agency_is_told(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let (tenant, other) = (world.tenant_gid("hung-yen:2025").await, world.tenant_gid("son-la").await);
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let stranger = actor("son-la", &[Role::Publisher]);
    let theirs = json!({"tenant": other, "level": "PROVINCE", "name": "Cơ quan Sơn La"});
    let theirs = world.changed(&stranger, "agencyCreate agency { id }", theirs).await;
    let theirs = theirs.text("agency.id");

    let wrong = json!({
        "tenant": tenant, "level": "ALL_LEVELS", "name": " ", "sector": "NO_SUCH", "aliases": [" "], "parent": theirs,
        "locality": "x", "validFrom": "2020", "validTo": "2019", "note": "a\u{7}",
    });
    let refused = world.change(&editor, "agencyCreate agency { id }", wrong).await;
    let mut told = faults(&refused);
    told.sort();
    assert_eq!(
        told,
        [
            "INVALID input.aliases",
            "INVALID input.level",
            "INVALID input.name",
            "INVALID input.note",
            "INVALID input.validTo",
            "NOT_FOUND input.locality",
            "NOT_FOUND input.parent",
            "NOT_FOUND input.sector",
        ]
    );
    assert_eq!(refused.at("agency"), &json!(null));

    let create = |name: &'static str| json!({"tenant": tenant, "level": "PROVINCE", "name": name});
    let one = world.changed(&editor, "agencyCreate agency { id }", create("Một")).await;
    let one = one.text("agency.id");
    let inside = json!({"tenant": tenant, "level": "PROVINCE", "name": "Hai", "parent": one});
    let two = world.changed(&editor, "agencyCreate agency { id parent { id } }", inside).await;
    let two = two.text("agency.id");
    let refused =
        world.change(&editor, "agencyUpdate agency { id }", json!({"id": one, "version": 1, "parent": two})).await;
    assert_eq!(faults(&refused), ["INVALID input.parent"], "each would stand inside the other");
    let refused =
        world.change(&editor, "agencyUpdate agency { id }", json!({"id": one, "version": 9, "note": "x"})).await;
    assert_eq!(faults(&refused), ["CONFLICT input.version"]);
    let refused =
        world.change(&editor, "agencyRename agency { id }", json!({"id": one, "version": 1, "name": "Một"})).await;
    assert_eq!(faults(&refused), ["INVALID input.name"]);
    let refused =
        world.change(&editor, "agencyRename agency { id }", json!({"id": one, "version": 1, "name": " "})).await;
    assert_eq!(faults(&refused), ["INVALID input.name"]);
    let end = json!({"id": one, "version": 1, "on": "2025", "successors": [
        {"agency": two}, {"agency": two}, {"agency": one, "function": " "}, {"agency": theirs}]});
    let refused = world.change(&publisher, "agencyDissolve agency { id }", end).await;
    assert_eq!(
        faults(&refused),
        [
            "INVALID input.successors.1.agency",
            "INVALID input.successors.2.function",
            "INVALID input.successors.2.agency",
            "NOT_FOUND input.successors.3.agency",
        ]
    );

    // Another tenant's draft is not there; what it shows is its own staff's to change, and nobody's parent here.
    for mutation in ["agencyUpdate", "agencyWithdraw", "agencyPublish"] {
        let hidden =
            world.change(&publisher, &format!("{mutation} agency {{ id }}"), json!({"id": theirs, "version": 1})).await;
        assert_eq!(faults(&hidden), ["NOT_FOUND input.id"], "{mutation}");
    }
    world.changed(&stranger, "agencyPublish agency { id }", json!({"id": theirs, "version": 1})).await;
    let foreign = world.change(&publisher, "agencyDelete deletedId", json!({"id": theirs, "version": 2})).await;
    assert_eq!(faults(&foreign), ["FORBIDDEN input.id"]);
    let abroad = json!({"id": one, "version": 1, "parent": theirs});
    let abroad = world.change(&editor, "agencyUpdate agency { id }", abroad).await;
    assert_eq!(faults(&abroad), ["INVALID input.parent"]);
}

#[rstest]
#[tokio::test]
async fn a_group_has_the_members_that_it_is_given(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::seeded(engine).await;
    let tenant = world.tenant_gid("hung-yen:2025").await;
    let (editor, publisher) = (staff(&[Role::Editor]), staff(&[Role::Publisher]));
    let all = world.data("{ agencies(first: 3) { nodes { id } } }").await;
    let ids = all.texts("agencies.nodes", "id");

    let group = json!({"tenant": tenant, "label": "Công an các huyện", "level": "DISTRICT", "count": 8,
        "members": [ids[0], ids[1]]});
    let group = world.changed(&editor, &format!("agencyGroupCreate {GROUP}"), group).await;
    let id = group.text("agencyGroup.id");
    assert_eq!(group.list("agencyGroup.members.nodes").len(), 2);
    let before = world.select("SELECT CAST(id AS TEXT) FROM agency_group_members WHERE visibility = 'DRAFT'").await;
    let change = json!({"id": id, "version": 1, "members": [ids[2], ids[1]], "clear": ["COUNT"]});
    let group = world.changed(&editor, &format!("agencyGroupUpdate {GROUP}"), change).await;
    let mut members = group.texts("agencyGroup.members.nodes", "id");
    members.sort();
    let mut wanted = ids[1..].to_vec();
    wanted.sort();
    assert_eq!((members, group.at("agencyGroup.count")), (wanted, &json!(null)));
    let after = world.select("SELECT CAST(id AS TEXT) FROM agency_group_members WHERE visibility = 'DRAFT'").await;
    assert_eq!(after.iter().filter(|row| before.contains(row)).count(), 1, "who stays keeps the row");

    let shown = json!({"id": id, "version": 2, "visibility": "INTERNAL"});
    let shown = world.changed(&publisher, &format!("agencyGroupPublish {GROUP}"), shown).await;
    assert_eq!(shown.text("agencyGroup.visibility"), "INTERNAL");
    let stale =
        world.change(&publisher, "agencyGroupPublish agencyGroup { id }", json!({"id": id, "version": 2})).await;
    assert_eq!(faults(&stale), ["CONFLICT input.version"]);
    let shown =
        world.changed(&publisher, &format!("agencyGroupPublish {GROUP}"), json!({"id": id, "version": 3})).await;
    assert_eq!(shown.text("agencyGroup.visibility"), "PUBLIC");
    let back =
        world.changed(&publisher, &format!("agencyGroupWithdraw {GROUP}"), json!({"id": id, "version": 4})).await;
    assert_eq!(back.text("agencyGroup.visibility"), "DRAFT");

    let stranger = actor("son-la", &[Role::Publisher]);
    let hidden = world.change(&stranger, "agencyGroupUpdate agencyGroup { id }", json!({"id": id, "version": 5})).await;
    assert_eq!(faults(&hidden), ["NOT_FOUND input.id"]);
    let wrong = json!({"id": id, "version": 5, "label": " ", "count": 0, "sector": "NO_SUCH",
        "members": [ids[0], ids[0], "x"]});
    let refused = world.change(&editor, "agencyGroupUpdate agencyGroup { id }", wrong).await;
    assert_eq!(
        faults(&refused),
        [
            "INVALID input.members.1",
            "NOT_FOUND input.members.2",
            "INVALID input.label",
            "INVALID input.count",
            "NOT_FOUND input.sector",
        ]
    );
    let gone = world.changed(&editor, "agencyGroupDelete deletedId", json!({"id": id, "version": 5})).await;
    assert_eq!(gone.text("deletedId"), id);
}
