//! Topics.

use domain::{Program, Topic, text};

use crate::access::Holds;
use crate::codec::{self, Computed};
use crate::edge::{Via, own, shared};
use crate::record::{Record, Stored};
use crate::{Edge, Field, Sort, StoreError};

mod topics {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "topics")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub name_vi: String,
        pub name_en: String,
        pub variants: String,
        pub version: i32,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Record for Topic {
    type Entity = topics::Entity;
    type Key = String;
    const HOLDS: Holds = Holds::Shared;

    fn key(&self) -> Self::Key {
        self.code.clone()
    }

    fn read(row: topics::Model) -> Result<Self, StoreError> {
        let topics::Model { code, name_vi, name_en, variants, version } = row;
        Ok(Self { code, name_vi, name_en, variants: codec::list("variants", &variants)?, version })
    }
}

impl Stored for Topic {
    fn row(&self) -> topics::Model {
        topics::Model {
            code: self.code.clone(),
            name_vi: self.name_vi.clone(),
            name_en: self.name_en.clone(),
            variants: codec::json(&self.variants),
            version: self.version,
        }
    }

    fn computed(&self) -> Vec<Computed> {
        vec![("name_fold", text::fold(&self.name_vi).into()), ("name_sort", text::sort_key(&self.name_vi).into())]
    }
}

/// Topics by Vietnamese name.
pub const TOPICS_BY_NAME: Sort<Topic> = Sort::by("name_sort", false);

/// Topic code.
pub const TOPIC_CODE: Field<Topic> = Field::new("code");

/// Folded Vietnamese name of a topic.
pub const TOPIC_NAME: Field<Topic> = Field::new("name_fold");

/// Topics of a program.
pub const TOPICS_OF_PROGRAM: Edge<Program, Topic> = Edge::new(
    "program.topics",
    Via::Through {
        table: "program_topics",
        holds: Holds::RECORDS,
        parent: own("program_id"),
        child: shared("topic"),
        only: None,
    },
);

/// Programs on a topic.
pub const PROGRAMS_OF_TOPIC: Edge<Topic, Program> = Edge::new(
    "topic.programs",
    Via::Through {
        table: "program_topics",
        holds: Holds::RECORDS,
        parent: shared("topic"),
        child: own("program_id"),
        only: None,
    },
)
.order(&[("signed_on_earliest", true)]);
