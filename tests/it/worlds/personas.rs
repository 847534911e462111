//! Who asks the two worlds, and what is hidden from each.

use domain::Actor;
use domain::actor::Role;

use crate::harness::actor;

/// Those of the demonstration, and nobody in particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Persona {
    Anonymous,
    ThaiBinhEditor,
    ThaiBinhPublisher,
    ThaiBinhAdmin,
    SonLaViewer,
    VinhPhucEditor,
    CentralReporter,
    CentralAdmin,
}

use Persona::{
    Anonymous, CentralAdmin, CentralReporter, SonLaViewer, ThaiBinhAdmin, ThaiBinhEditor, ThaiBinhPublisher,
    VinhPhucEditor,
};

impl Persona {
    pub fn actor(self) -> Option<Actor> {
        let (tenant, role) = match self {
            Anonymous => return None,
            ThaiBinhEditor => ("hung-yen:2025", Role::Editor),
            ThaiBinhPublisher => ("hung-yen:2025", Role::Publisher),
            ThaiBinhAdmin => ("hung-yen:2025", Role::Admin),
            SonLaViewer => ("son-la", Role::Viewer),
            VinhPhucEditor => ("phu-tho:2025", Role::Editor),
            CentralReporter => ("trung-uong", Role::Reporter),
            CentralAdmin => ("trung-uong", Role::Admin),
        };
        Some(actor(tenant, &[role]))
    }

    /// Whether the dossier of a place is hidden from them. Police of Thái Bình sign what is the center's, the ministry
    /// signs what is the provinces'.
    pub fn must_not_see(self, place: &str, visibility: &str) -> bool {
        let internal = visibility == "INTERNAL";
        !match self {
            Anonymous => false,
            ThaiBinhEditor | ThaiBinhPublisher | ThaiBinhAdmin => {
                place == "thaibinh" || (internal && place == "trunguong")
            }
            SonLaViewer => place == "sonla",
            VinhPhucEditor => place == "vinhphuc",
            CentralReporter => internal,
            CentralAdmin => internal || place == "trunguong",
        }
    }
}
