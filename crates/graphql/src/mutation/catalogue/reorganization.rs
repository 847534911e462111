//! Dated facts about agencies being merged, split or abolished.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use domain::Reorganization as Record;
use domain::actor::Action;
use domain::catalogue::FunctionMove;
use futures_util::FutureExt;
use persistence::catalogue;

use super::replace;
use crate::catalogue::Reorganization;
use crate::error::Result;
use crate::mutation::input::Reader;
use crate::mutation::list::each;
use crate::mutation::perform::{Order, payloads, perform};
use crate::scalar::PartialDate;

payloads! {
    Reorganization as reorganization;
    /// What came of `reorganizationCreate`.
    ReorganizationCreatePayload,
    /// What came of `reorganizationUpdate`.
    ReorganizationUpdatePayload,
}

/// A part of [`crate::mutation::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ReorganizationMutation;

/// A part of what changes the graph.
#[Object]
impl ReorganizationMutation {
    /// Adds a reorganization of agencies (sắp xếp tổ chức bộ máy) to the catalog. Needs ADMIN at the center.
    async fn reorganization_create(
        &self,
        ctx: &Context<'_>,
        input: ReorganizationCreateInput,
    ) -> Option<Result<ReorganizationCreatePayload>> {
        let order = Order::new("reorganizationCreate", Action::EditCatalogs, input.idempotency_key.clone());
        let done = perform::<Reorganization>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut reorganization = Record {
                    code: reader.text("code", &input.code),
                    on: input.on.0,
                    what_vi: reader.text("what", &input.what),
                    what_en: reader.text("whatEn", &input.what_en),
                    kind: input.kind,
                    legal_basis: None,
                    scope: None,
                    sectors: Vec::new(),
                    moves: Vec::new(),
                    source: reader.text("source", &input.source),
                    confidence: input.confidence,
                    version: 0,
                };
                input.details.apply(&mut reader, &mut reorganization);
                catalogue::add(tx, reorganization, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a reorganization of agencies (sửa). Needs ADMIN at the center.
    async fn reorganization_update(
        &self,
        ctx: &Context<'_>,
        input: ReorganizationUpdateInput,
    ) -> Option<Result<ReorganizationUpdatePayload>> {
        let order = Order::new("reorganizationUpdate", Action::EditCatalogs, input.idempotency_key.clone());
        let done = perform::<Reorganization>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let before: Record = catalogue::take(tx, &input.code, input.version).await?;
                let mut reorganization = before.clone();
                input.apply(&mut reader, &mut reorganization);
                catalogue::keep(tx, &before, reorganization, reader.faults).await
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }
}

/// A new reorganization.
#[derive(Clone, Debug, InputObject)]
pub struct ReorganizationCreateInput {
    /// Its code, for good: `S08`.
    pub code: String,
    /// When it took effect.
    pub on: PartialDate,
    /// What happened, in Vietnamese.
    pub what: String,
    /// What happened, in English.
    pub what_en: String,
    /// RENAME, MERGE, SPLIT, ABOLISH, TRANSFER or DECISION.
    pub kind: String,
    /// Publisher or page.
    pub source: String,
    /// HIGH, MEDIUM or LOW.
    pub confidence: String,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: ReorganizationDetails,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a reorganization. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct ReorganizationUpdateInput {
    /// The code of the entry.
    pub code: String,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// When it took effect.
    pub on: Option<PartialDate>,
    /// What happened, in Vietnamese.
    pub what: Option<String>,
    /// What happened, in English.
    pub what_en: Option<String>,
    /// RENAME, MERGE, SPLIT, ABOLISH, TRANSFER or DECISION.
    pub kind: Option<String>,
    /// Publisher or page.
    pub source: Option<String>,
    /// HIGH, MEDIUM or LOW.
    pub confidence: Option<String>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: ReorganizationDetails,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<ReorganizationField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a reorganization. A list that is given takes the place of the one that is there.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ReorganizationDetails {
    /// The legal act.
    pub legal_basis: Option<String>,
    /// The province that it is limited to; everywhere when none is named.
    pub scope: Option<ID>,
    /// Codes of the sectors that it touches.
    pub sectors: Option<Vec<String>>,
    /// Which function went where.
    pub moves: Option<Vec<FunctionMoveInput>>,
}

/// One function that was handed from a sector to another.
#[derive(Clone, Debug, InputObject)]
pub struct FunctionMoveInput {
    /// The code of the sector that gave it up.
    pub from_sector: Option<String>,
    /// The code of the sector that received it.
    pub to_sector: Option<String>,
    /// The function, in Vietnamese.
    pub function: Option<String>,
    /// The function, in English.
    pub function_en: Option<String>,
}

/// A field of a reorganization that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum ReorganizationField {
    /// The legal act.
    LegalBasis,
    /// The province that it is limited to.
    Scope,
}

impl ReorganizationUpdateInput {
    fn apply(&self, reader: &mut Reader, reorganization: &mut Record) {
        for field in self.clear.iter().flatten() {
            match field {
                ReorganizationField::LegalBasis => reorganization.legal_basis = None,
                ReorganizationField::Scope => reorganization.scope = None,
            }
        }
        if let Some(on) = &self.on {
            reorganization.on = on.0.clone();
        }
        for (field, slot, text) in [
            ("what", &mut reorganization.what_vi, &self.what),
            ("whatEn", &mut reorganization.what_en, &self.what_en),
            ("kind", &mut reorganization.kind, &self.kind),
            ("source", &mut reorganization.source, &self.source),
            ("confidence", &mut reorganization.confidence, &self.confidence),
        ] {
            replace(reader, (field, slot), text.as_ref());
        }
        self.details.apply(reader, reorganization);
    }
}

impl ReorganizationDetails {
    fn apply(&self, reader: &mut Reader, reorganization: &mut Record) {
        reader.put_text("legalBasis", &mut reorganization.legal_basis, self.legal_basis.as_ref());
        if let Some(scope) = &self.scope {
            reorganization.scope = Some(reader.tenant("scope", scope));
        }
        if let Some(sectors) = &self.sectors {
            reorganization.sectors = reader.texts("sectors", sectors);
        }
        if let Some(moves) = &self.moves {
            reorganization.moves = each(reader, "moves", moves, |reader, step, _| step.read(reader));
        }
    }
}

impl FunctionMoveInput {
    fn read(&self, reader: &mut Reader) -> FunctionMove {
        let mut step = FunctionMove { from_sector: None, to_sector: None, function_vi: None, function_en: None };
        for (field, slot, text) in [
            ("fromSector", &mut step.from_sector, &self.from_sector),
            ("toSector", &mut step.to_sector, &self.to_sector),
            ("function", &mut step.function_vi, &self.function),
            ("functionEn", &mut step.function_en, &self.function_en),
        ] {
            reader.put_text(field, slot, text.as_ref());
        }
        step
    }
}
