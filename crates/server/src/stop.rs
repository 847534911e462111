//! Says to whatever lasts longer than a request that the process is about to end.

use std::sync::Arc;

use tokio::sync::watch;

/// The end of the process. Cheap to clone; the clones share it.
#[derive(Clone, Debug)]
pub struct Stop {
    told: Arc<watch::Sender<bool>>,
}

impl Default for Stop {
    fn default() -> Self {
        Self { told: Arc::new(watch::Sender::new(false)) }
    }
}

impl Stop {
    /// Says that the process is about to end.
    pub fn stop(&self) {
        self.told.send_replace(true);
    }

    /// Waits until somebody says so.
    pub async fn stopped(&self) {
        // The sender lives as long as this does.
        self.told.subscribe().wait_for(|told| *told).await.ok();
    }
}
