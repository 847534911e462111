//! Provinces that follow others.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::actor::Action;
use domain::tenant::succession::Succession;
use domain::{Tenant as Record, TenantId};
use futures_util::FutureExt;
use futures_util::future::try_join_all;
use persistence::tenant;

use super::input::Reader;
use super::list::each;
use super::perform::{Order, UserError, perform_text};
use crate::connection::{NodeType, by_global_id};
use crate::enums::{SuccessionKind, TenantKind};
use crate::error::Result;
use crate::scalar::Date;
use crate::tenant::Province;

/// A part of [`super::Mutation`].
#[derive(Clone, Copy, Debug, Default)]
pub struct TenantMutation;

/// A part of what changes the graph.
#[Object]
impl TenantMutation {
    /// Records that provinces were merged, split, renamed or made municipalities (sáp nhập, chia tách, đổi tên, nâng cấp).
    /// Those that ended keep their records, which the staff of those that follow read and edit from now on. Needs ADMIN at
    /// the center.
    async fn province_succeed(
        &self,
        ctx: &Context<'_>,
        input: ProvinceSucceedInput,
    ) -> Option<Result<ProvinceSucceedPayload>> {
        Some(succeed(ctx, input).await)
    }
}

async fn succeed(ctx: &Context<'_>, input: ProvinceSucceedInput) -> Result<ProvinceSucceedPayload> {
    let order = Order::new("provinceSucceed", Action::EditCatalogs, input.idempotency_key.clone());
    let done = perform_text(ctx, order, move |tx| {
        async move {
            let mut reader = Reader::default();
            let from = each(&mut reader, "from", &input.from, |reader, id, _| reader.tenant("", id));
            let to = each(&mut reader, "to", &input.to, |reader, province, _| province.read(reader));
            let mut succession = Succession { kind: input.kind.into(), on: input.on.0, legal_basis: None };
            reader.put_text("legalBasis", &mut succession.legal_basis, input.legal_basis.as_ref());
            reader.done()?;
            let begun = tenant::succeed(tx, &succession, (from, to)).await?;
            let ids = begun.into_iter().map(|one| Province::wrap(Arc::new(one)).global_id().to_string());
            Ok(ids.collect::<Vec<_>>().join(" "))
        }
        .boxed()
    });
    let (ids, errors) = done.await?.split();
    let ids: Vec<ID> = ids.iter().flat_map(|ids| ids.split(' ')).map(Into::into).collect();
    let found = try_join_all(ids.iter().map(|id| by_global_id::<Province>(ctx, id))).await?;
    Ok(ProvinceSucceedPayload { provinces: found.into_iter().flatten().collect(), errors })
}

/// What came of `provinceSucceed`.
#[derive(Clone, Debug, SimpleObject)]
pub struct ProvinceSucceedPayload {
    /// The provinces that begin. Empty when nothing was done.
    provinces: Vec<Province>,
    /// Everything that is wrong with the input. Empty when it was done.
    errors: Vec<UserError>,
}

/// How provinces follow others.
#[derive(Clone, Debug, InputObject)]
pub struct ProvinceSucceedInput {
    /// MERGE: several become one; SPLIT: one becomes several; RENAME; UPGRADE: a province becomes a municipality.
    pub kind: SuccessionKind,
    /// The first day of what follows: today or before. What ends does so the day before.
    pub on: Date,
    /// The provinces that end.
    pub from: Vec<ID>,
    /// The provinces that follow them.
    pub to: Vec<ProvinceInput>,
    /// The legal act: `Nghị quyết 202/2025/QH15`.
    pub legal_basis: Option<String>,
    /// A text of your choice, a UUID best: repeated with the same key, the request is carried out once.
    pub idempotency_key: Option<String>,
}

/// A province that begins. Its key is its slug and the year: `hung-yen:2025`.
#[derive(Clone, Debug, InputObject)]
pub struct ProvinceInput {
    /// URL name; that of a predecessor when it goes by the same name: `hung-yen`.
    pub slug: String,
    /// PROVINCE or MUNICIPALITY.
    pub kind: TenantKind,
    /// Full Vietnamese name: `Tỉnh Hưng Yên`.
    pub name: String,
    /// Vietnamese name without the kind: `Hưng Yên`.
    pub short_name: String,
    /// Full English name: `Hung Yen Province`.
    pub name_en: String,
    /// English name without the kind.
    pub short_name_en: String,
    /// Two-digit code of the General Statistics Office.
    pub gso_code: Option<String>,
    /// ISO 3166-2 code.
    pub iso_code: Option<String>,
    /// The code of its region.
    pub region: Option<String>,
    /// Seat of the administration.
    pub seat: Option<String>,
    /// Commune-level units.
    pub commune_count: Option<i32>,
    /// Remarks.
    pub note: Option<String>,
}

impl ProvinceInput {
    fn read(&self, reader: &mut Reader) -> Record {
        let mut tenant = Record {
            id: TenantId::NOWHERE,
            key: String::new(),
            slug: reader.text("slug", &self.slug),
            kind: self.kind.into(),
            name_vi: reader.text("name", &self.name),
            short_name_vi: reader.text("shortName", &self.short_name),
            name_en: reader.text("nameEn", &self.name_en),
            short_name_en: reader.text("shortNameEn", &self.short_name_en),
            gso_code: None,
            iso_code: None,
            region: self.region.clone(),
            region_basis: self.region.is_some().then_some(domain::Basis::Stated),
            valid_from: None,
            valid_to: None,
            seat: None,
            district_count: None,
            commune_count: self.commune_count,
            legal_source: None,
            note: None,
        };
        for (field, slot, text) in [
            ("gsoCode", &mut tenant.gso_code, &self.gso_code),
            ("isoCode", &mut tenant.iso_code, &self.iso_code),
            ("seat", &mut tenant.seat, &self.seat),
            ("note", &mut tenant.note, &self.note),
        ] {
            reader.put_text(field, slot, text.as_ref());
        }
        tenant
    }
}
