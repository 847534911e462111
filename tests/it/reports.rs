//! Reports across provinces, from all the sample dossiers.

mod coverage;
pub mod kept;
mod parts;
mod rows;
mod summary;
mod totals;

use crate::harness::{At as _, Engine, World};

impl World {
    /// Everything that the demonstration has.
    pub async fn sampled(engine: Engine) -> Self {
        let world = Self::empty(engine).await;
        let samples = dossier::samples().map(|(name, content)| (name, content.into_owned())).collect();
        server::import::import(&world.store, samples, server::import::Manner::default(), &|_| ()).await.unwrap();
        world
    }

    /// The global id of the program with this number.
    pub async fn program(&self, number: &str) -> String {
        self.numbered("programs", number).await
    }

    /// The global id of the document with this number.
    pub async fn document(&self, number: &str) -> String {
        self.numbered("documents", number).await
    }

    async fn numbered(&self, list: &str, number: &str) -> String {
        let query = format!("{{ {list}(first: 1, where: {{number: {{eq: {number:?}}}}}) {{ nodes {{ id }} }} }}");
        self.data(&query).await.text(&format!("{list}.nodes.0.id")).to_owned()
    }
}
