//! How far the addressees of a request have come, as far as whoever asks may know.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use chrono::NaiveDate;
use domain::report::{Completeness, Standing};
use persistence::{Edge, Filter, PageRequest, Record, Slice, report, submission};

use crate::enums::ReportState;
use crate::error::Result;
use crate::request::request;
use crate::scalar::Date;
use crate::submission::Submission;
use crate::tenant::{Tenant, tenant_of};

/// One tenant that a request asks (đơn vị báo cáo), and how far it has come.
#[derive(Clone, Debug)]
pub struct ReportRequestAddressee {
    standing: Standing,
    submission: Option<Arc<domain::Submission>>,
}

/// One tenant that a request asks (đơn vị báo cáo), and how far it has come.
#[Object]
impl ReportRequestAddressee {
    /// Who is asked.
    async fn tenant(&self, ctx: &Context<'_>) -> Option<Result<Tenant>> {
        tenant_of(ctx, self.standing.tenant).await
    }

    /// How far it has come (tình trạng). A draft is MISSING: nobody but its authors knows of it.
    async fn state(&self) -> ReportState {
        self.standing.state.into()
    }

    /// Whether the first answer came after the due day, or none has come and the day is over (quá hạn). Who answered in
    /// time is not late for having been asked to mend it.
    async fn late(&self) -> bool {
        self.standing.late
    }

    /// The day of the latest answer (ngày gửi).
    async fn submitted_on(&self) -> Option<Date> {
        self.standing.latest_on.map(Date)
    }

    /// The day of the first answer (ngày gửi lần đầu).
    async fn first_submitted_on(&self) -> Option<Date> {
        self.standing.first_on.map(Date)
    }

    /// The latest round (báo cáo): one that was handed in, or one's own draft.
    async fn submission(&self) -> Option<Submission> {
        self.submission.clone().map(Submission)
    }
}

/// How many of those who were asked have come how far (mức độ hoàn thành).
#[derive(Clone, Debug, SimpleObject)]
pub struct ReportCompleteness {
    /// How many were asked (số đơn vị được yêu cầu).
    addressed: i32,
    /// How many have handed something in (đã gửi), whatever became of it.
    submitted: i32,
    /// How many are accepted (đã chấp nhận).
    accepted: i32,
    /// How many have to mend what they handed in (bị trả lại).
    returned: i32,
    /// How many have handed nothing in (chưa gửi).
    missing: i32,
    /// How many are late (quá hạn).
    late: i32,
}

impl From<Completeness> for ReportCompleteness {
    fn from(sum: Completeness) -> Self {
        let Completeness { addressed, submitted, accepted, returned, missing, late } = sum;
        Self { addressed, submitted, accepted, returned, missing, late }
    }
}

/// Whom a request asks, and how far each has come.
pub(super) async fn standings(
    ctx: &Context<'_>,
    asked: &domain::ReportRequest,
    as_of: Option<Date>,
) -> Result<Vec<ReportRequestAddressee>> {
    let day = day(ctx, as_of)?;
    let addressees = whole(ctx, report::ADDRESSEES, asked.id).await?;
    let submissions = whole(ctx, submission::OF_REQUEST, asked.id).await?;
    let decisions = whole(ctx, submission::DECISIONS, asked.id).await?;
    let one = |addressee: &Arc<domain::Addressee>| {
        let tenant = addressee.tenant;
        let shown = |one: &&Arc<domain::Submission>| {
            one.id.tenant == tenant && one.submitted_on.is_none_or(|submitted_on| submitted_on <= day)
        };
        ReportRequestAddressee {
            standing: Standing::of(
                tenant,
                (asked.due, day),
                submissions.iter().map(AsRef::as_ref),
                decisions.iter().map(AsRef::as_ref),
            ),
            submission: submissions.iter().filter(shown).max_by_key(|one| one.round).cloned(),
        }
    };
    Ok(addressees.iter().map(one).collect())
}

/// How complete the answers are. Only whoever asked knows all addressees.
pub(super) async fn completeness(
    ctx: &Context<'_>,
    asked: &domain::ReportRequest,
    as_of: Option<Date>,
) -> Result<Option<ReportCompleteness>> {
    if !request(ctx)?.loader().scope().tenants().contains(&asked.id.tenant) {
        return Ok(None);
    }
    let standings: Vec<Standing> = standings(ctx, asked, as_of).await?.into_iter().map(|one| one.standing).collect();
    Ok(Some(Completeness::of(&standings).into()))
}

fn day(ctx: &Context<'_>, as_of: Option<Date>) -> Result<NaiveDate> {
    as_of.map_or_else(|| Ok(request(ctx)?.today()), |day| Ok(day.0))
}

/// More addressees than a request may have, with more rounds than anybody needs.
const MOST: u32 = 10_000;

/// Everything over an edge, read together with that of the parent's siblings.
async fn whole<P: Record, C: Record>(ctx: &Context<'_>, edge: Edge<P, C>, parent: P::Key) -> Result<Vec<Arc<C>>> {
    let slice = Slice { count: MOST, ..Slice::default() };
    let wanted = PageRequest { filter: Filter::default(), order: edge.order_by(), slice };
    let page = request(ctx)?.loader().children(edge, parent, wanted).await?;
    Ok(page.items.into_iter().map(|(record, _)| record).collect())
}
