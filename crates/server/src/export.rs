//! Records become files again: a dossier as the database has it now, in the format from which it can be imported.

use domain::TenantId;
use dossier::{Problems, Reference};
use persistence::Store;

use crate::Failure;

/// A dossier, written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The dossier's frozen name.
    pub dossier: String,
    /// The file.
    pub text: String,
    /// What could not be said in it, a sentence each.
    pub notes: Vec<String>,
}

/// Which dossiers of a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// All there are.
    All,
    /// Those with these keys.
    These(Vec<String>),
}

/// Writes dossiers of one tenant, all as of the same moment. Whoever has the database's credentials sees drafts too.
pub async fn export(store: &Store, tenant: TenantId, which: &Which) -> Result<Vec<Exported>, Failure> {
    let reference = Reference::shipped()?;
    let mut tx = store.begin_operation(crate::Clock::system().occasion("export")).await?;
    tx.act_for(tenant, &[]).await?;
    let known = tx.dossiers(tenant).await?;
    let wanted = match which {
        Which::All => known.clone(),
        Which::These(keys) => keys.clone(),
    };
    let mut exported = Vec::with_capacity(wanted.len());
    for key in wanted {
        let Some(on_file) = tx.bundle_of(tenant, &key).await? else {
            return Err(Failure::new(
                format!("no dossier `{key}` was imported for this tenant"),
                if known.is_empty() {
                    "import one first".to_owned()
                } else {
                    format!("there are {}", known.join(", "))
                },
            ));
        };
        let restored = dossier::restore(&on_file, reference);
        let text =
            dossier::write(&format!("{key}.yaml"), &restored.dossier).map_err(|problems| unwritten(&problems))?;
        exported.push(Exported { dossier: key, text, notes: restored.notes });
    }
    Ok(exported)
}

/// What is stored may be more than a file can say: a table of many thousands of results, for one.
fn unwritten(problems: &Problems) -> Failure {
    Failure::new(
        format!("what is stored does not make a dossier that could be read again:\n{problems}"),
        "correct these records, or export the other dossiers",
    )
}
