//! A dossier as text: YAML that every editor and tool reads alike, keys in the order of the format.

use crate::format::Dossier;
use crate::problem::Problems;

/// Writes a dossier so that [`read`](crate::read()) gives it back.
///
/// # Errors
///
/// It would not be read: it holds what no dossier may, such as an empty text.
pub fn write(file_name: &str, dossier: &Dossier) -> Result<String, Problems> {
    let options = serde_saphyr::ser_options! { compact_list_indent: false, folded_wrap_chars: 120 };
    let text = serde_saphyr::to_string_with_options(dossier, options)
        .map_err(|error| Problems::one(file_name, None, format!("the dossier cannot be written: {error}")))?;
    let read = crate::read(file_name, text.as_bytes())?;
    if read.dossier == *dossier {
        return Ok(text);
    }
    Err(Problems::one(file_name, None, "the dossier holds text that a file would not keep; trim its texts"))
}
