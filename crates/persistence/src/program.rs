//! Programs and their topics.

use crate::edit::{Editable, Reference, erase_of};
use domain::{
    Award, Citation, CooperationArea, Direction, Event, Fault, Id, Involvement, Outcome, PlannedActivity, Program,
    ProgramLink, ProgramTopic, RecordKind, Remark, Target, TenantId, Visibility, text,
};

use crate::access::Holds;
use crate::change::Listed;
use crate::codec::{self, Computed};
use crate::edge::{Via, across, own};
use crate::record::{Record, Searchable, Stored};
use crate::search::{folded, number_keys};
use crate::{Edge, Field, Sort, StoreError, Tx};

mod programs {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "programs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub kind: String,
        pub number: Option<String>,
        pub number_status: String,
        pub aliases: String,
        pub title_vi: String,
        pub title_en: Option<String>,
        pub title_basis: String,
        pub level: String,
        pub locality_id: Option<Uuid>,
        pub period_start: Option<String>,
        pub period_end: Option<String>,
        pub open_ended: bool,
        pub signed_on: Option<String>,
        pub signed_on_inferred: Option<String>,
        pub effective_from: Option<String>,
        pub status: String,
        pub area_count: Option<i32>,
        pub note: Option<String>,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Program {
    type Entity = programs::Entity;
    type Key = Id<Program>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: programs::Model) -> Result<Self, StoreError> {
        let programs::Model {
            tenant_id,
            id,
            visibility,
            kind,
            number,
            number_status,
            aliases,
            title_vi,
            title_en,
            title_basis,
            level,
            locality_id,
            period_start,
            period_end,
            open_ended,
            signed_on,
            signed_on_inferred,
            effective_from,
            status,
            area_count,
            note,
            version,
        } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            kind: codec::code("kind", &kind)?,
            number,
            number_status: codec::code("number_status", &number_status)?,
            aliases: codec::list("aliases", &aliases)?,
            title_vi,
            title_en,
            title_basis: codec::code("title_basis", &title_basis)?,
            level: codec::code("level", &level)?,
            locality: locality_id.map(|id| Id::new(tenant, id)),
            period: codec::period(period_start.as_deref(), period_end.as_deref(), open_ended)?,
            signed_on: codec::dated(signed_on.as_deref(), signed_on_inferred)?,
            effective_from: codec::date_opt(effective_from.as_deref())?,
            status: codec::code("status", &status)?,
            area_count,
            note,
            version,
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for Program {
    const LISTED: Option<Listed> = Some(Listed::of(RecordKind::Program).within("id"));

    fn row(&self) -> programs::Model {
        let (period_start, period_end, open_ended) = codec::period_columns(self.period.as_ref());
        programs::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            kind: codec::text(self.kind),
            number: self.number.clone(),
            number_status: codec::text(self.number_status),
            aliases: codec::json(&self.aliases),
            title_vi: self.title_vi.clone(),
            title_en: self.title_en.clone(),
            title_basis: codec::text(self.title_basis),
            level: codec::text(self.level),
            locality_id: self.locality.map(|id| id.uuid),
            period_start,
            period_end,
            open_ended,
            signed_on: codec::edtf(self.signed_on.as_ref().map(|dated| &dated.date)),
            signed_on_inferred: self.signed_on.as_ref().and_then(|dated| dated.inferred.clone()),
            effective_from: codec::edtf(self.effective_from.as_ref()),
            status: codec::text(self.status),
            area_count: self.area_count,
            note: self.note.clone(),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        let mut columns = vec![
            ("number_keys", number_keys(self.number.as_deref(), &self.aliases).into()),
            ("title_fold", text::fold(&self.title_vi).into()),
            ("title_sort", text::sort_key(&self.title_vi).into()),
        ];
        columns.extend(codec::period_bounds(self.period.as_ref()));
        columns.extend(codec::bounds(
            "signed_on_earliest",
            "signed_on_latest",
            self.signed_on.as_ref().map(|dated| &dated.date),
        ));
        columns
    }

    fn searchable(&self) -> Option<Searchable> {
        Some(Searchable {
            tenant: self.id.tenant,
            id: self.id.uuid,
            visibility: self.visibility,
            kind: RecordKind::Program,
            folded: folded(
                [Some(self.title_vi.as_str()), self.number.as_deref(), self.title_en.as_deref()]
                    .into_iter()
                    .chain(self.aliases.iter().map(|name| Some(name.as_str()))),
            ),
        })
    }
}

mod program_topics {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "program_topics")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub visibility: String,
        pub program_id: Uuid,
        pub topic: String,
        pub position: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for ProgramTopic {
    type Entity = program_topics::Entity;
    type Key = Id<ProgramTopic>;

    fn key(&self) -> Self::Key {
        self.id
    }

    fn read(row: program_topics::Model) -> Result<Self, StoreError> {
        let program_topics::Model { tenant_id, id, visibility, program_id, topic, position } = row;
        let tenant = TenantId(tenant_id);
        Ok(Self {
            id: Id::new(tenant, id),
            program: Id::new(tenant, program_id),
            topic,
            order: position,
            visibility: codec::code("visibility", &visibility)?,
        })
    }
}

impl Stored for ProgramTopic {
    fn row(&self) -> program_topics::Model {
        program_topics::Model {
            tenant_id: self.id.tenant.0,
            id: self.id.uuid,
            visibility: codec::text(self.visibility),
            program_id: self.program.uuid,
            topic: self.topic.clone(),
            position: self.order,
        }
    }
}

impl Editable for Program {
    const KIND: RecordKind = RecordKind::Program;
    const REFERRED: bool = true;

    fn faults(&self) -> Vec<Fault> {
        Program::faults(self)
    }

    fn references(&self) -> Vec<Reference> {
        let locality = Reference::maybe("locality", RecordKind::Locality, self.locality);
        locality.map(|one| one.within(self.id.tenant)).into_iter().collect()
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    fn shown(&mut self, to: Visibility) -> Result<(), Fault> {
        Program::shown(self, to)
    }

    async fn erase_parts(tx: &Tx, ids: &[Id<Self>]) -> Result<(), StoreError> {
        erase_of::<Involvement, _>(tx, "program_id", ids).await?;
        erase_of::<Citation, _>(tx, "program_id", ids).await?;
        erase_of::<Remark, _>(tx, "program_id", ids).await?;
        erase_of::<PlannedActivity, _>(tx, "program_id", ids).await?;
        erase_of::<Direction, _>(tx, "program_id", ids).await?;
        erase_of::<Award, _>(tx, "program_id", ids).await?;
        erase_of::<Outcome, _>(tx, "program_id", ids).await?;
        erase_of::<Target, _>(tx, "program_id", ids).await?;
        erase_of::<CooperationArea, _>(tx, "program_id", ids).await?;
        erase_of::<ProgramLink, _>(tx, "program_id", ids).await?;
        erase_of::<ProgramTopic, _>(tx, "program_id", ids).await
    }
}

impl Editable for ProgramTopic {
    const KIND: RecordKind = RecordKind::ProgramTopic;

    fn faults(&self) -> Vec<Fault> {
        Vec::new()
    }

    fn parent(&self) -> Option<Reference> {
        Some(Reference::record("program", RecordKind::Program, self.program))
    }

    fn references(&self) -> Vec<Reference> {
        vec![Reference::code("", "topics", &self.topic)]
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn show(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }
}

/// Who may see it.
pub const VISIBILITY: Field<Program> = Field::new("visibility");
/// Kind.
pub const KIND: Field<Program> = Field::new("kind");
/// Level.
pub const LEVEL: Field<Program> = Field::new("level");
/// Status.
pub const STATUS: Field<Program> = Field::new("status");
/// What is known of the number.
pub const NUMBER_STATUS: Field<Program> = Field::new("number_status");
/// Keys of its numbers, a line each, see `domain::number::number_key`.
pub const NUMBER_KEYS: Field<Program> = Field::new("number_keys");
/// Folded title.
pub const TITLE: Field<Program> = Field::new("title_fold");
/// Earliest day on which it may have been signed.
pub const SIGNED_EARLIEST: Field<Program> = Field::new("signed_on_earliest");
/// Latest day on which it may have been signed.
pub const SIGNED_LATEST: Field<Program> = Field::new("signed_on_latest");
/// First day of its period.
pub const PERIOD_EARLIEST: Field<Program> = Field::new("period_earliest");
/// Last day of its period.
pub const PERIOD_LATEST: Field<Program> = Field::new("period_latest");
/// Whether it runs without end.
pub const OPEN_ENDED: Field<Program> = Field::new("open_ended");
/// By day of signing.
pub const BY_SIGNED_ON: Sort<Program> = Sort::by("signed_on_earliest", false);
/// By title, in Vietnamese order.
pub const BY_TITLE: Sort<Program> = Sort::by("title_sort", false);
/// By the last day of the period.
pub const BY_PERIOD_END: Sort<Program> = Sort::by("period_latest", false);

/// Programs that an event deals with.
pub const OF_EVENT: Edge<Event, Program> = Edge::new(
    "event.programs",
    Via::Through {
        table: "event_programs",
        holds: Holds::RECORDS,
        parent: own("event_id"),
        child: across("program_tenant_id", "program_id"),
        only: None,
    },
)
.order(&[("signed_on_earliest", false)]);
