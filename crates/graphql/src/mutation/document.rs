//! Documents: laws, resolutions, directives, decisions.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use domain::actor::Action;
use domain::involvement::{InvolvementKind, Subject};
use domain::{Document as Record, Id, Involvement, Visibility};
use futures_util::FutureExt;
use persistence::edit::{self, Parts};
use persistence::{StoreError, Tx};

use super::input::{PartyInput, Reader, steps, take};
use super::list::{check, party_list, store};
use super::perform::{Order, delete, deletions, payloads, perform, show, shows};
use crate::document::Document;
use crate::enums::DocumentKind;
use crate::error::Result;
use crate::scalar::PartialDate;

payloads! {
    Document as document;
    /// What came of `documentCreate`.
    DocumentCreatePayload,
    /// What came of `documentUpdate`.
    DocumentUpdatePayload,
    /// What came of `documentPublish`.
    DocumentPublishPayload,
    /// What came of `documentWithdraw`.
    DocumentWithdrawPayload,
}

deletions! {
    /// What came of `documentDelete`.
    DocumentDeletePayload,
}

steps! {
    /// The document that is taken back.
    DocumentWithdrawInput,
    /// The document that goes.
    DocumentDeleteInput,
}

shows! {
    /// Who may see a document from now on.
    DocumentPublishInput,
}

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct DocumentMutation;

/// A part of what changes the graph.
#[Object]
impl DocumentMutation {
    /// Records a document (văn bản), as a draft that only its tenant's staff sees. Needs EDITOR.
    async fn document_create(
        &self,
        ctx: &Context<'_>,
        input: DocumentCreateInput,
    ) -> Option<Result<DocumentCreatePayload>> {
        let order = Order::new("documentCreate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Document>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let document = input.read(&mut reader);
                let issuers = issuers(tx, &mut reader, document.id, input.issuers.as_deref()).await?;
                let document = edit::create(tx, document, reader.faults).await?;
                store(tx, &document, issuers).await?;
                Ok(document)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Changes a document, and who issued it (sửa). Needs EDITOR; of a public one, PUBLISHER.
    async fn document_update(
        &self,
        ctx: &Context<'_>,
        input: DocumentUpdateInput,
    ) -> Option<Result<DocumentUpdatePayload>> {
        let order = Order::new("documentUpdate", Action::Edit, input.idempotency_key.clone());
        let done = perform::<Document>(ctx, order, move |tx| {
            async move {
                let mut reader = Reader::default();
                let mut document: Record = take(tx, &mut reader, &input.id, Some(input.version)).await?;
                let before = document.visibility;
                input.apply(&mut reader, &mut document);
                let issuers = issuers(tx, &mut reader, document.id, input.issuers.as_deref()).await?;
                let document = edit::keep(tx, before, document, reader.faults).await?;
                store(tx, &document, issuers).await?;
                Ok(document)
            }
            .boxed()
        });
        Some(done.await.map(Into::into))
    }

    /// Shows a document, and all that belongs to it, to more or fewer than now (công bố). Needs PUBLISHER.
    async fn document_publish(
        &self,
        ctx: &Context<'_>,
        input: DocumentPublishInput,
    ) -> Option<Result<DocumentPublishPayload>> {
        let to = input.to();
        Some(show::<Document>(ctx, "documentPublish", input, to).await.map(Into::into))
    }

    /// Takes a document back, with all that belongs to it: only its tenant's staff sees it then (thu hồi). Needs PUBLISHER.
    async fn document_withdraw(
        &self,
        ctx: &Context<'_>,
        input: DocumentWithdrawInput,
    ) -> Option<Result<DocumentWithdrawPayload>> {
        Some(show::<Document>(ctx, "documentWithdraw", input, Visibility::Draft).await.map(Into::into))
    }

    /// Deletes a document, as long as nobody else could ever see it and nothing cites it (xóa). Needs EDITOR.
    async fn document_delete(
        &self,
        ctx: &Context<'_>,
        input: DocumentDeleteInput,
    ) -> Option<Result<DocumentDeletePayload>> {
        Some(delete::<Record>(ctx, "documentDelete", input).await.map(Into::into))
    }
}

/// A new document, which begins as a draft that only its tenant's staff sees. It has a number or a title, or both.
#[derive(Clone, Debug, InputObject)]
pub struct DocumentCreateInput {
    /// The province (or the center) that it is recorded for.
    pub tenant: ID,
    /// Kind.
    pub kind: DocumentKind,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: DocumentDetails,
    /// Who issued it (cơ quan ban hành).
    pub issuers: Option<Vec<PartyInput>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What is to change in a document. What is left out or null stays as it is; `clear` empties fields.
#[derive(Clone, Debug, InputObject)]
pub struct DocumentUpdateInput {
    /// The document.
    pub id: ID,
    /// The version that was read; another one by now means that somebody else was faster.
    pub version: i32,
    /// Kind.
    pub kind: Option<DocumentKind>,
    /// What else is known of it.
    #[graphql(flatten)]
    pub details: DocumentDetails,
    /// Who issued it (cơ quan ban hành), in place of the stored list.
    pub issuers: Option<Vec<PartyInput>>,
    /// Fields that are to say nothing from now on.
    pub clear: Option<Vec<DocumentField>>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// What else is known of a document.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DocumentDetails {
    /// Number, verbatim: `238-QĐ/TW`.
    pub number: Option<String>,
    /// Other printings of the number, and other names.
    pub aliases: Option<Vec<String>>,
    /// Vietnamese title.
    pub title: Option<String>,
    /// When it was issued.
    pub issued_on: Option<PartialDate>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// A field of a document that can be emptied.
#[derive(Clone, Copy, Debug, Enum, PartialEq, Eq)]
pub enum DocumentField {
    /// The number.
    Number,
    /// The title.
    Title,
    /// When it was issued.
    IssuedOn,
    /// The remarks.
    Note,
}

impl DocumentCreateInput {
    fn read(&self, reader: &mut Reader) -> Record {
        let mut document = Record {
            id: Id::generate(reader.tenant("tenant", &self.tenant)),
            kind: self.kind.into(),
            number: None,
            aliases: Vec::new(),
            title_vi: None,
            issued_on: None,
            note: None,
            visibility: Visibility::Draft,
            version: 0,
        };
        self.details.apply(reader, &mut document);
        document
    }
}

impl DocumentUpdateInput {
    fn apply(&self, reader: &mut Reader, document: &mut Record) {
        for field in self.clear.iter().flatten() {
            match field {
                DocumentField::Number => document.number = None,
                DocumentField::Title => document.title_vi = None,
                DocumentField::IssuedOn => document.issued_on = None,
                DocumentField::Note => document.note = None,
            }
        }
        if let Some(kind) = self.kind {
            document.kind = kind.into();
        }
        self.details.apply(reader, document);
    }
}

impl DocumentDetails {
    fn apply(&self, reader: &mut Reader, document: &mut Record) {
        reader.put_text("number", &mut document.number, self.number.as_ref());
        if let Some(aliases) = &self.aliases {
            document.aliases = reader.texts("aliases", aliases);
        }
        reader.put_text("title", &mut document.title_vi, self.title.as_ref());
        if let Some(date) = &self.issued_on {
            document.issued_on = Some(date.0.clone());
        }
        reader.put_text("note", &mut document.note, self.note.as_ref());
    }
}

async fn issuers(
    tx: &Tx,
    reader: &mut Reader,
    document: Id<Record>,
    items: Option<&[PartyInput]>,
) -> std::result::Result<Option<Parts<Involvement>>, StoreError> {
    let issuer = (Subject::Document(document), InvolvementKind::Issuer);
    let issuers = party_list(tx, reader, "issuers", issuer, items).await?;
    check(tx, reader, &issuers).await?;
    Ok(issuers)
}
