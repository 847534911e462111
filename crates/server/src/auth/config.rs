//! The file that names the issuers whose tokens are trusted. It is read once, at the start, and every problem is
//! listed at once. What it says is in `docs/authentication.md`.

mod fields;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::TenantId;
use domain::actor::Role;
use dossier::Reference;
use reqwest::{Certificate, Url};
use toml::Spanned;
use toml::de::DeTable;

use self::fields::{Fields, Problems};
use super::claims;
use super::discovery::{self, Discovery};
use super::issuer::{Issuer, Source, Trust};
use super::jwks_file::JwksFile;
use crate::{Clock, Failure};

/// For whom tokens must be, unless the file says otherwise.
pub(super) const AUDIENCE: &str = "urn:phoihop:api";
/// The claim that names the organization, unless the file says otherwise.
pub(super) const ORGANIZATION_CLAIM: &str = "org";
/// The claim that lists the roles, unless the file says otherwise.
pub(super) const ROLES_CLAIM: &str = "roles";

/// What an issuer may have.
const SETTINGS: [&str; 8] =
    ["url", "audience", "jwks_file", "ca_file", "organization_claim", "roles_claim", "organizations", "roles"];

/// The issuers that the file at `path` names.
pub(super) fn read(path: &Path, clock: Clock, reference: &Reference) -> Result<Vec<Issuer>, Failure> {
    let name = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        Failure::new(format!("{name} cannot be read: {error}"), "name the file that lists the trusted issuers")
    })?;
    let mut problems = Problems::of(&text);
    let mut reader = Reader { reference, folder: path.parent().unwrap_or(Path::new("")), clock, seen: BTreeSet::new() };
    let issuers = match DeTable::parse(&text) {
        Ok(document) => reader.issuers(&document, &mut problems),
        Err(error) => {
            problems.add(error.span().unwrap_or_default(), format!("this is not TOML: {}", error.message()));
            Vec::new()
        }
    };
    problems.none().map(|()| issuers).map_err(|list| {
        Failure::new(format!("{name} is not right:\n{list}"), "mend these lines; docs/authentication.md has an example")
    })
}

struct Reader<'a> {
    reference: &'a Reference,
    /// Other files are named from here.
    folder: &'a Path,
    clock: Clock,
    /// The issuers so far.
    seen: BTreeSet<String>,
}

impl Reader<'_> {
    fn issuers(&mut self, document: &Spanned<DeTable<'_>>, problems: &mut Problems<'_>) -> Vec<Issuer> {
        let fields = Fields::of(document.get_ref(), document.span());
        fields.only(&["issuer"], problems);
        let tables = fields.tables("issuer", problems);
        tables.into_iter().filter_map(|fields| self.issuer(&fields, problems)).collect()
    }

    fn issuer(&mut self, fields: &Fields<'_>, problems: &mut Problems<'_>) -> Option<Issuer> {
        fields.only(&SETTINGS, problems);
        let url = self.url(fields, problems);
        let organizations = self.organizations(fields, problems);
        let roles = roles(fields, problems);
        let or = |name, default: &str, problems: &mut Problems<'_>| {
            fields.text(name, problems).map_or_else(|| default.to_owned(), |(_, text)| text.to_owned())
        };
        let trust = Arc::new(Trust {
            url: url.unwrap_or_default(),
            audience: or("audience", AUDIENCE, problems),
            organization_claim: or("organization_claim", ORGANIZATION_CLAIM, problems),
            roles_claim: or("roles_claim", ROLES_CLAIM, problems),
            organizations,
            roles,
        });
        let source = self.source(fields, &trust, problems);
        Some(Issuer::new(trust, source?))
    }

    fn url(&mut self, fields: &Fields<'_>, problems: &mut Problems<'_>) -> Option<String> {
        let Some((span, text)) = fields.text("url", problems) else {
            fields.missing("url", "the issuer's address, exactly as its tokens give it in `iss`", problems);
            return None;
        };
        let mut wrong = |message: &str| problems.add(span.clone(), format!("`url`: {message}"));
        let Ok(url) = Url::parse(text) else {
            wrong("this is no address; write it as https://sso.example.vn, exactly as tokens give it in `iss`");
            return None;
        };
        if !discovery::secure(&url) {
            wrong(
                "write an address with https; http is only for an issuer on this machine, such as http://127.0.0.1:8088",
            );
        }
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            wrong("leave away what follows a ? or a #, and names and passwords");
        }
        if !self.seen.insert(text.to_owned()) {
            wrong("this issuer stands above already; put all its organizations there");
        }
        Some(text.to_owned())
    }

    fn organizations(&self, fields: &Fields<'_>, problems: &mut Problems<'_>) -> BTreeMap<String, TenantId> {
        let words = fields.words("organizations", problems);
        if words.as_ref().is_none_or(Vec::is_empty) {
            fields.missing(
                "organizations",
                "which of its organizations is which tenant, as \"so-noi-vu\" = \"hung-yen:2025\"",
                problems,
            );
        }
        let tenants = words.unwrap_or_default().into_iter().filter_map(|(span, name, key)| {
            let tenant = self.tenant(key);
            if let Err(message) = &tenant {
                problems.add(span, message.clone());
            }
            Some((name.to_owned(), tenant.ok()?))
        });
        tenants.collect()
    }

    fn tenant(&self, key: &str) -> Result<TenantId, String> {
        self.reference.tenant_by_key(key).map(|tenant| tenant.id).map_err(|near| {
            if near.is_empty() {
                format!("no tenant has the key \"{key}\"; write it as hung-yen:2025, a province's name and its version")
            } else {
                format!("no tenant has the key \"{key}\"; write {}", near.join(" or "))
            }
        })
    }

    /// Where the keys come from.
    fn source(&self, fields: &Fields<'_>, trust: &Arc<Trust>, problems: &mut Problems<'_>) -> Option<Source> {
        let certificates = self.certificates(fields, problems);
        if let Some((span, path)) = fields.text("jwks_file", problems) {
            if certificates.is_some() {
                problems.add(span.clone(), "with `jwks_file` nothing is fetched; leave `ca_file` away".to_owned());
            }
            let file = JwksFile::open(Arc::clone(trust), self.path(path), self.clock);
            let file = file.map_err(|problem| {
                let message = format!("`jwks_file`: {problem}; name a file with the issuer's JSON Web Key Set");
                problems.add(span, message);
            });
            return file.ok().map(Source::File);
        }
        if trust.url.is_empty() {
            return None;
        }
        let discovery = Discovery::new(Arc::clone(trust), certificates, self.clock).map_err(|error| {
            problems.add(fields.span(), format!("no connection can be prepared: {error}; check `url` and `ca_file`"));
        });
        discovery.ok().map(Source::Discovery)
    }

    fn certificates(&self, fields: &Fields<'_>, problems: &mut Problems<'_>) -> Option<Vec<Certificate>> {
        let (span, path) = fields.text("ca_file", problems)?;
        let found = fs::read(self.path(path)).map_err(|error| error.to_string());
        let found = found.and_then(|bytes| Certificate::from_pem_bundle(&bytes).map_err(|error| error.to_string()));
        match found {
            Ok(found) if !found.is_empty() => return Some(found),
            Ok(_) => problems.add(span, "`ca_file`: there is no certificate in it; name a PEM file".to_owned()),
            Err(error) => problems.add(span, format!("`ca_file`: {error}; name a file in PEM format")),
        }
        None
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }
}

fn roles(fields: &Fields<'_>, problems: &mut Problems<'_>) -> BTreeMap<String, Role> {
    let words = fields.words("roles", problems).unwrap_or_default();
    let roles = words.into_iter().filter_map(|(span, word, name)| {
        let role = claims::role(name);
        if role.is_none() {
            let message = format!("\"{name}\" is no role; write VIEWER, EDITOR, PUBLISHER, ADMIN or REPORTER");
            problems.add(span, message);
        }
        Some((word.to_owned(), role?))
    });
    roles.collect()
}
