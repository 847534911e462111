//! Who a demonstration lets one be: one token each, signed by a key that lives as long as the process.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use domain::actor::Role;
use serde_json::{Map, Value};

use super::tenant::by_key;
use crate::auth::demo::Issuer;
use crate::{Failure, output};

/// Name, tenant, role. Thái Bình and Vĩnh Phúc have ended: the staff of Hưng Yên and Phú Thọ act on their records.
const PERSONAS: [(&str, &str, Role); 7] = [
    ("thai-binh-editor", "hung-yen:2025", Role::Editor),
    ("thai-binh-publisher", "hung-yen:2025", Role::Publisher),
    ("thai-binh-admin", "hung-yen:2025", Role::Admin),
    ("son-la-viewer", "son-la", Role::Viewer),
    ("vinh-phuc-editor", "phu-tho:2025", Role::Editor),
    ("central-reporter", "trung-uong", Role::Reporter),
    ("central-admin", "trung-uong", Role::Admin),
];

/// A working week, weekends included.
const LIFETIME: i64 = 7 * 24 * 60 * 60;

/// Hands out the tokens: into a file that only its owner reads, or as lines.
pub(super) fn hand_out(issuer: &Issuer, file: Option<&Path>) -> Result<(), Failure> {
    let mut tokens = Map::new();
    for (name, tenant, role) in PERSONAS {
        let token = issuer.token(name, by_key(tenant)?.id, &[role], LIFETIME)?;
        tokens.insert(name.to_owned(), Value::String(token.expose().clone()));
    }
    if let Some(file) = file {
        write(file, &format!("{:#}\n", Value::Object(tokens)))?;
        return output::line(format!("tokens of {} personas: {}", PERSONAS.len(), file.display()));
    }
    output::line(
        "tokens, one a persona, for the header `Authorization: Bearer TOKEN`; valid until this program ends:",
    )?;
    for (name, token) in &tokens {
        output::line(format!("  {name} {}", token.as_str().unwrap_or_default()))?;
    }
    Ok(())
}

/// Beside the file, then in its place: whatever was there, its readers and where it led do not matter.
fn write(file: &Path, text: &str) -> Result<(), Failure> {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{}", std::process::id()));
    let new = PathBuf::from(name);
    let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new).and_then(|mut opened| {
        opened.write_all(text.as_bytes())?;
        std::fs::rename(&new, file)
    });
    written.map_err(|error| {
        Failure::new(format!("{} cannot be written: {error}", file.display()), "name another file: --personas FILE")
    })
}
