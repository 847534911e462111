//! What is written together with a program: the lists that belong to it. A list that is given takes the place of the
//! stored one: entries with an id are kept and changed, those without are new, stored ones that are not in it go.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject};
use domain::involvement::{InvolvementKind, Subject};
use domain::link::LinkTarget;
use domain::{
    Citation, CooperationArea, Fault, Id, Involvement, PlannedActivity, Program, ProgramLink, ProgramTopic, Visibility,
};
use persistence::edit::{self, Edited, Parts};
use persistence::{StoreError, Tx};

use crate::enums::{Basis, LinkKind};
use crate::mutation::input::{PartyInput, Reader, parties};
use crate::mutation::list::{check, each, party_list, repeated, store};
use crate::scalar::PartialDate;

/// The lists of a program. One that is left out stays as it is; one that is given takes the stored one's place.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProgramLists {
    /// Codes of topics, in order.
    pub topics: Option<Vec<String>>,
    /// Who signs it.
    pub signatories: Option<Vec<PartyInput>>,
    /// Who has another role in it.
    pub participants: Option<Vec<PartyInput>>,
    /// Areas of cooperation, in order.
    pub areas: Option<Vec<CooperationAreaInput>>,
    /// Links to other programs and to documents.
    pub links: Option<Vec<ProgramLinkInput>>,
    /// Documents it cites.
    pub citations: Option<Vec<CitationInput>>,
    /// Activities planned on named days.
    pub planned_activities: Option<Vec<PlannedActivityInput>>,
}

/// An area of cooperation.
#[derive(Clone, Debug, InputObject)]
pub struct CooperationAreaInput {
    /// The area as it is stored, to keep or change it; left out for a new one.
    pub id: Option<ID>,
    /// The area, in your own words.
    pub label: String,
    /// Code of its topic.
    pub topic: Option<String>,
    /// Who answers for it. Left out, those who are stored stay.
    pub responsible: Option<Vec<PartyInput>>,
}

/// A link from the program to another program or to a document: one of the two.
#[derive(Clone, Debug, InputObject)]
pub struct ProgramLinkInput {
    /// The link as it is stored, to keep or change it; left out for a new one.
    pub id: Option<ID>,
    /// What the link means.
    pub kind: LinkKind,
    /// The other program; it may belong to another tenant.
    pub program: Option<ID>,
    /// The document; it may belong to another tenant.
    pub document: Option<ID>,
    /// STATED when nothing is said.
    pub basis: Option<Basis>,
    /// Why it was inferred.
    pub reason: Option<String>,
    /// Remarks of the compilers.
    pub note: Option<String>,
}

/// A citation of a document.
#[derive(Clone, Debug, InputObject)]
pub struct CitationInput {
    /// The citation as it is stored, to keep or change it; left out for a new one.
    pub id: Option<ID>,
    /// The document; it may belong to another tenant.
    pub document: ID,
    /// `Điều 33`.
    pub article: Option<String>,
    /// What it is cited for.
    pub cited_for: Option<String>,
}

/// An activity planned around a named day.
#[derive(Clone, Debug, InputObject)]
pub struct PlannedActivityInput {
    /// The activity as it is stored, to keep or change it; left out for a new one.
    pub id: Option<ID>,
    /// What is planned.
    pub label: String,
    /// Name of the day.
    pub occasion: String,
    /// The day.
    pub day: PartialDate,
}

/// The lists as they are to be stored.
#[derive(Debug, Default)]
pub(super) struct ProgramParts {
    topics: Option<Parts<ProgramTopic>>,
    parties: Vec<Parts<Involvement>>,
    areas: Option<Parts<CooperationArea>>,
    responsible: Vec<Parts<Involvement>>,
    links: Option<Parts<ProgramLink>>,
    citations: Option<Parts<Citation>>,
    activities: Option<Parts<PlannedActivity>>,
}

fn parts<C>(path: &[&str], stored: Vec<C>, wanted: Vec<C>) -> Parts<C> {
    Parts { path: path.iter().map(|step| (*step).to_owned()).collect(), stored, wanted }
}

impl ProgramLists {
    /// Reads the lists for a program that is stored, or is about to be.
    pub(super) async fn read(
        &self,
        tx: &Tx,
        reader: &mut Reader,
        program: Id<Program>,
    ) -> Result<ProgramParts, StoreError> {
        let mut all = ProgramParts::default();
        let (owner, of) = (program.tenant, ("program_id", program));
        for (field, items, kind) in [
            ("signatories", &self.signatories, InvolvementKind::Signatory),
            ("participants", &self.participants, InvolvementKind::Participant),
        ] {
            let whose = (Subject::Program(program), kind);
            all.parties.extend(party_list(tx, reader, field, whose, items.as_deref()).await?);
        }
        if let Some(items) = &self.topics {
            let stored: Vec<ProgramTopic> = edit::parts(tx, of, None).await?;
            let mut seen = BTreeSet::new();
            let wanted = each(reader, "topics", items, |reader, topic, order| {
                let twice = !seen.insert(topic);
                if twice {
                    reader.faults.push(repeated(""));
                }
                let known = stored.iter().find(|one| !twice && one.topic == *topic).map(|one| one.id);
                let id = known.unwrap_or_else(|| Id::generate(owner));
                ProgramTopic { id, program, topic: topic.clone(), order, visibility: Visibility::Draft }
            });
            all.topics = Some(parts(&["topics"], stored, wanted));
        }
        if let Some(items) = &self.areas {
            self.read_areas(tx, reader, program, items, &mut all).await?;
        }
        if let Some(items) = &self.links {
            let stored: Vec<ProgramLink> = edit::parts(tx, of, None).await?;
            let wanted = each(reader, "links", items, |reader, item, _| link(reader, program, &stored, item));
            all.links = Some(parts(&["links"], stored, wanted));
        }
        if let Some(items) = &self.citations {
            let stored: Vec<Citation> = edit::parts(tx, of, None).await?;
            let wanted = citations(reader, (owner, Some(program), None), &stored, items);
            all.citations = Some(parts(&["citations"], stored, wanted));
        }
        if let Some(items) = &self.planned_activities {
            let stored: Vec<PlannedActivity> = edit::parts(tx, of, None).await?;
            let wanted = each(reader, "plannedActivities", items, |reader, item, order| PlannedActivity {
                id: reader.part(owner, &stored, item.id.as_ref()),
                program,
                order,
                label: reader.text("label", &item.label),
                occasion: reader.text("occasion", &item.occasion),
                day: item.day.0.clone(),
                visibility: Visibility::Draft,
                version: 0,
            });
            all.activities = Some(parts(&["plannedActivities"], stored, wanted));
        }
        Ok(all)
    }

    async fn read_areas(
        &self,
        tx: &Tx,
        reader: &mut Reader,
        program: Id<Program>,
        items: &[CooperationAreaInput],
        all: &mut ProgramParts,
    ) -> Result<(), StoreError> {
        let owner = program.tenant;
        let stored: Vec<CooperationArea> = edit::parts(tx, ("program_id", program), None).await?;
        let wanted = each(reader, "areas", items, |reader, item, order| CooperationArea {
            id: reader.part(owner, &stored, item.id.as_ref()),
            program,
            order,
            label: reader.text("label", &item.label),
            topic: item.topic.clone(),
            visibility: Visibility::Draft,
            version: 0,
        });
        for (place, (item, area)) in items.iter().zip(&wanted).enumerate() {
            let Some(people) = &item.responsible else { continue };
            let place = place.to_string();
            let stored = edit::parts(tx, ("area_id", area.id), None).await?;
            let subject = (owner, Subject::Area(area.id), InvolvementKind::Responsible);
            let wanted =
                reader.under(&["areas", &place], |reader| parties(reader, "responsible", subject, &stored, people));
            all.responsible.push(parts(&["areas", &place, "responsible"], stored, wanted));
        }
        all.areas = Some(parts(&["areas"], stored, wanted));
        Ok(())
    }
}

fn link(reader: &mut Reader, program: Id<Program>, stored: &[ProgramLink], item: &ProgramLinkInput) -> ProgramLink {
    let to = match (&item.program, &item.document) {
        (Some(to), None) => LinkTarget::Program(reader.id("program", to)),
        (None, Some(to)) => LinkTarget::Document(reader.id("document", to)),
        _ => {
            reader.faults.push(Fault::new(
                "program",
                "a link leads to one program or to one document: give one of the two",
                "liên kết dẫn đến một chương trình hoặc một văn bản: hãy nêu một trong hai",
            ));
            LinkTarget::Program(program)
        }
    };
    let mut link = ProgramLink {
        id: reader.part(program.tenant, stored, item.id.as_ref()),
        from: program,
        to,
        kind: item.kind.into(),
        basis: item.basis.map_or(domain::Basis::Stated, Into::into),
        reason: None,
        note: None,
        visibility: Visibility::Draft,
        version: 0,
    };
    reader.put_text("reason", &mut link.reason, item.reason.as_ref());
    reader.put_text("note", &mut link.note, item.note.as_ref());
    link
}

/// The citations of a program or of an event.
pub(in crate::mutation) fn citations(
    reader: &mut Reader,
    (owner, program, event): (domain::TenantId, Option<Id<Program>>, Option<Id<domain::Event>>),
    stored: &[Citation],
    items: &[CitationInput],
) -> Vec<Citation> {
    each(reader, "citations", items, |reader, item, order| {
        let mut citation = Citation {
            id: reader.part(owner, stored, item.id.as_ref()),
            program,
            event,
            document: reader.id("document", &item.document),
            article: None,
            cited_for: None,
            order,
            visibility: Visibility::Draft,
            version: 0,
        };
        reader.put_text("article", &mut citation.article, item.article.as_ref());
        reader.put_text("citedFor", &mut citation.cited_for, item.cited_for.as_ref());
        citation
    })
}

impl ProgramParts {
    /// Takes over what is not given from the program that this one follows: who signs, and what it is about.
    pub(super) async fn follow(
        &mut self,
        tx: &Tx,
        given: &ProgramLists,
        (old, new): (Id<Program>, Id<Program>),
    ) -> Result<(), StoreError> {
        if given.signatories.is_none() {
            let stored: Vec<Involvement> = edit::parts(tx, ("program_id", old), Some(("kind", "SIGNATORY"))).await?;
            let wanted = stored.into_iter().map(|party| Involvement {
                id: Id::generate(new.tenant),
                subject: Subject::Program(new),
                // Who will sign in person, and when, is not known yet.
                person: None,
                positions: Vec::new(),
                rank: None,
                representation: None,
                signed_on: None,
                note: None,
                version: 0,
                ..party
            });
            self.parties.push(parts(&["signatories"], Vec::new(), wanted.collect()));
        }
        if given.topics.is_none() {
            let stored: Vec<ProgramTopic> = edit::parts(tx, ("program_id", old), None).await?;
            let wanted =
                stored.into_iter().map(|topic| ProgramTopic { id: Id::generate(new.tenant), program: new, ..topic });
            self.topics = Some(parts(&["topics"], Vec::new(), wanted.collect()));
        }
        Ok(())
    }

    /// Adds everything that is wrong with the lists.
    pub(super) async fn check(&self, tx: &Tx, reader: &mut Reader) -> Result<(), StoreError> {
        check(tx, reader, &self.topics).await?;
        check(tx, reader, &self.parties).await?;
        check(tx, reader, &self.responsible).await?;
        check(tx, reader, &self.areas).await?;
        check(tx, reader, &self.links).await?;
        check(tx, reader, &self.citations).await?;
        check(tx, reader, &self.activities).await
    }

    /// Stores the lists.
    pub(super) async fn store(self, tx: &Tx, program: &Program) -> Edited<()> {
        store(tx, program, self.topics).await?;
        store(tx, program, self.parties).await?;
        store(tx, program, self.areas).await?;
        store(tx, program, self.responsible).await?;
        store(tx, program, self.links).await?;
        store(tx, program, self.citations).await?;
        store(tx, program, self.activities).await
    }
}
