//! What whoever asks may import: into a tenant for which they write, and nothing public without the role for that. The
//! operator, who has the database's own credentials, may all of it.

use domain::bundle::Needs;
use domain::{Fault, Visibility};

use crate::Tx;
use crate::audit::Written;

impl Tx {
    /// What keeps whoever acts from importing a dossier.
    pub fn may_import(&self, needs: &Needs) -> Option<Fault> {
        let abroad = self.abroad("", needs.tenant);
        abroad.or_else(|| self.may_show(&[needs.visibility]))
    }

    /// What keeps whoever acts from committing what was written: some of it is public, or was. A dossier that is not may
    /// describe records that somebody has published since.
    pub fn may_keep(&self) -> Option<Fault> {
        let written = self.written();
        let shown = written.iter().any(Written::is_public);
        self.may_show(if shown { &[Visibility::Public] } else { &[] })
    }
}
