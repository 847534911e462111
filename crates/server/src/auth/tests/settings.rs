//! The file that names the issuers.

use std::fs;

use tempfile::TempDir;

use super::*;

fn tenants() -> Vec<domain::Tenant> {
    dossier::Reference::shipped().unwrap().tenants.clone()
}

fn folder(text: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("auth.toml"), text).unwrap();
    dir
}

fn read(dir: &TempDir) -> Result<Authenticator, Failure> {
    Authenticator::from_file(&dir.path().join("auth.toml"), Hand::new().clock(), tenants())
}

/// What is wrong, without the file's place.
fn problems(text: &str) -> String {
    let failure = read(&folder(text)).unwrap_err();
    failure.message.split_once('\n').unwrap_or_else(|| panic!("{failure}")).1.to_owned()
}

#[tokio::test]
async fn a_whole_file() {
    let dir = folder(
        r#"
        [[issuer]]
        url = "https://sso.hungyen.gov.vn"
        jwks_file = "hung-yen.jwks"
        audience = "urn:phoihop:test"
        organization_claim = "don_vi"
        roles_claim = "vai_tro"
        [issuer.organizations]
        "so-noi-vu" = "hung-yen:2025"
        [issuer.roles]
        "can-bo" = "editor"

        [[issuer]]
        url = "https://sso.example.vn/realms/a/"
        [issuer.organizations]
        "trung-uong" = "trung-uong"

        [[issuer]]
        url = "http://127.0.0.1:8088"
        organizations = { "a" = "hung-yen:2025" }
        "#,
    );
    let signer = Signer::rs256("k");
    fs::write(dir.path().join("hung-yen.jwks"), jwks(&[&signer])).unwrap();
    let who = read(&dir).unwrap_or_else(|failure| panic!("{failure}"));
    let url = "https://sso.hungyen.gov.vn";
    assert_eq!(
        format!("{who:?}"),
        format!("Authenticator [{url:?}, \"https://sso.example.vn/realms/a/\", \"http://127.0.0.1:8088\"]")
    );
    let claims = json!({
        "iss": url, "aud": "urn:phoihop:test", "sub": "s", "iat": NOW, "exp": NOW + 1, "don_vi": "so-noi-vu",
        "vai_tro": "can-bo",
    });
    let found = shown(&who, &signer.token(&signer.header(), &claims)).await.unwrap();
    let hung_yen = dossier::Reference::shipped().unwrap().tenants.iter().find(|one| one.key == "hung-yen:2025");
    assert_eq!(found.actor.tenant, hung_yen.unwrap().id);
    assert_eq!(found.actor.roles, BTreeSet::from([Role::Editor]));
}

#[test]
fn the_example_of_the_documentation() {
    let page = include_str!("../../../../../docs/authentication.md");
    let example = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let (start, rest) = example.split_once("ca_file").unwrap();
    let example = format!("{start}#{rest}").replace("/etc/phoihop/", "");
    let dir = folder(&example);
    fs::write(dir.path().join("noi-bo.jwks"), jwks(&[&Signer::eddsa("k")])).unwrap();
    let who = format!("{:?}", read(&dir).unwrap_or_else(|failure| panic!("{failure}")));
    assert_eq!(who.matches("https://").count(), 3, "{who}");
}

#[test]
fn an_empty_file_leaves_api_keys() {
    assert_eq!(format!("{:?}", read(&folder("# nobody yet\n")).unwrap()), "Authenticator []");
}

#[test]
fn every_problem_at_once() {
    let text = r#"issuers = 1
[[issuer]]
url = "http://sso.hungyen.gov.vn?a=b"
jwks_flie = "x"
audience = ""
[issuer.organizations]
"a" = "hung-yen"
"b" = "atlantis:2025"
"c" = 7
[issuer.roles]
"can-bo" = "KING"
[[issuer]]
url = "https://b.example"
jwks_file = "absent.jwks"
ca_file = "absent.pem"
organizations = "x"
[[issuer]]
url = "https://b.example"
[[issuer]]
[[issuer]]
url = "b.example"
organizations = {}
"#;
    assert_eq!(
        problems(text),
        "  line 1: `issuers` is not known here; there is issuer
  line 3: `url`: leave away what follows a ? or a #, and names and passwords
  line 3: `url`: write an address with https; http is only for an issuer on this machine, such as http://127.0.0.1:8088
  line 4: `jwks_flie` is not known here; there is url, audience, jwks_file, ca_file, organization_claim, roles_claim, organizations, roles
  line 5: `audience` must be a text that is not empty, in quotation marks
  line 7: no tenant has the key \"hung-yen\"; write hung-yen:pre2025 or hung-yen:2025
  line 8: no tenant has the key \"atlantis:2025\"; write it as hung-yen:2025, a province's name and its version
  line 9: \"c\" must be given a text
  line 11: \"KING\" is no role; write VIEWER, EDITOR, PUBLISHER, ADMIN or REPORTER
  line 14: `jwks_file`: it cannot be read; name a file with the issuer's JSON Web Key Set
  line 15: `ca_file`: No such file or directory (os error 2); name a file in PEM format
  line 16: `organizations` must be a table, under [issuer.organizations]
  line 17: `organizations` is missing: which of its organizations is which tenant, as \"so-noi-vu\" = \"hung-yen:2025\"
  line 18: `url`: this issuer stands above already; put all its organizations there
  line 19: `organizations` is missing: which of its organizations is which tenant, as \"so-noi-vu\" = \"hung-yen:2025\"
  line 19: `url` is missing: the issuer's address, exactly as its tokens give it in `iss`
  line 20: `organizations` is missing: which of its organizations is which tenant, as \"so-noi-vu\" = \"hung-yen:2025\"
  line 21: `url`: this is no address; write it as https://sso.example.vn, exactly as tokens give it in `iss`"
    );
}

#[test]
fn what_is_no_toml_is_named_with_its_line() {
    let found = problems("[[issuer]]\nurl = x\n");
    assert!(found.starts_with("  line 2: this is not TOML: "), "{found}");
    assert_eq!(
        problems("[issuer]\nurl = \"https://a.example\"\n"),
        "  line 1: write each issuer under its own [[issuer]], with two brackets"
    );
}

#[test]
fn other_files_are_looked_into() {
    let dir = folder(
        "[[issuer]]\nurl = \"https://a.example\"\nca_file = \"ca.pem\"\norganizations = { a = \"trung-uong\" }\n",
    );
    fs::write(dir.path().join("ca.pem"), "nothing").unwrap();
    assert!(read(&dir).unwrap_err().message.contains("line 3: `ca_file`: there is no certificate in it"));
    let dir =
        folder("[[issuer]]\nurl = \"https://a.example\"\njwks_file = \"k\"\norganizations = { a = \"trung-uong\" }\n");
    for (text, problem) in
        [("{", "it is no JSON Web Key Set"), ("{\"keys\":[]}", "none of its keys can verify a token")]
    {
        fs::write(dir.path().join("k"), text).unwrap();
        assert!(read(&dir).unwrap_err().message.contains(problem));
    }
    let failure = Authenticator::from_file(Path::new("absent.toml"), Clock::system(), tenants()).unwrap_err();
    assert!(failure.message.starts_with("absent.toml cannot be read"), "{failure}");
}
