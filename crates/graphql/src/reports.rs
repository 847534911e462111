//! Reports across provinces: what central bodies ask for, from what was recorded. Each says what it does not know, and a
//! province of which nothing was recorded is no province without.

mod awards;
mod cascade;
mod collaboration;
mod coverage;
mod expiring;
mod implementation;
mod inactive;
mod overlaps;
mod progress;
mod quality;
mod reorganization;
mod totals;

use async_graphql::{Context, ID, Object};
use persistence::Filter;
use persistence::reports::implementation::{another_period, implementations, other_sectors};

use crate::connection::{Connection, PageArgs, rows};
use crate::error::Result;
use crate::filter::conditions;
use crate::program::ProgramWhere;
use crate::request::request;
use crate::scalar::Date;
use awards::AwardReport;
use cascade::{Cascade, ObligationState};
use collaboration::Collaboration;
use coverage::Coverage;
use expiring::{ExpiringProgram, Expiry};
use implementation::Implementation;
use inactive::InactiveProgram;
use overlaps::Overlap;
use progress::TargetProgress;
use quality::DataQuality;
use reorganization::ReorganizationImpact;
use totals::{Totals, TotalsDimension, TotalsFigures, TotalsMeasure, Wanted};

/// Reports across provinces (báo cáo tổng hợp).
#[derive(Clone, Copy, Debug, Default)]
pub struct Reports;

/// Reports across provinces (báo cáo tổng hợp). `where` chooses the programs of which a report speaks: by program, topic,
/// sector of a signatory, province, region, period.
#[Object]
impl Reports {
    /// Which provinces have a program that implements a program or a document (độ bao phủ), and which nobody has recorded.
    /// Counted are programs at the level of provinces. Null when there is no such program or document to be seen.
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The program or the document, a decision of the Party for one, that provinces implement.")] of: ID,
        #[graphql(desc = "Without programs that were surely signed after this day; today when nothing is said.")]
        as_of: Option<Date>,
        #[graphql(
            desc = "The provinces that existed on this day, 63 or 34 of them; on `asOf` when nothing is said. Those that \
                    ended before it stand under those that follow them."
        )]
        boundaries: Option<Date>,
    ) -> Option<Result<Coverage>> {
        coverage::coverage(ctx, &of, (as_of, boundaries)).await.transpose()
    }

    /// How long after the program or document that they implement programs were signed (độ trễ ký kết).
    async fn signing_lag(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Implementation>>> {
        Some(implemented(ctx, filter, Filter::default(), PageArgs::new(first, after, last, before)).await)
    }

    /// Programs that sectors signed which did not sign the program that they implement, or that lack some (thiếu hoặc thêm
    /// ngành). Only where the sector of some signatory of both is known.
    async fn sector_gaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Implementation>>> {
        Some(implemented(ctx, filter, other_sectors(), PageArgs::new(first, after, last, before)).await)
    }

    /// Programs whose period begins or ends on another day than that of the program that they implement (lệch giai đoạn),
    /// where both are known.
    async fn period_gaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Implementation>>> {
        Some(implemented(ctx, filter, another_period(), PageArgs::new(first, after, last, before)).await)
    }

    /// Targets against results (chỉ tiêu và kết quả), each with its outcome; that there is no comparable figure is one.
    async fn progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only targets of programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<TargetProgress>>> {
        Some(progress::progress(ctx, filter, PageArgs::new(first, after, last, before)).await)
    }

    /// What is counted and added up (tổng hợp số liệu), by whatever is asked; programs that are not signed yet too, unless
    /// `where` leaves them out.
    async fn totals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is counted.")] of: TotalsMeasure,
        #[graphql(desc = "By what; all of it in one cell when nothing is named.")] by: Vec<TotalsDimension>,
        #[graphql(name = "where", desc = "Only under programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "Which figures of results; every one when nothing is said.")] figures: Option<TotalsFigures>,
        #[graphql(
            desc = "Within the provinces of this day, with what those before them had; as recorded when nothing is said."
        )]
        boundaries: Option<Date>,
    ) -> Option<Result<Totals>> {
        Some(totals::totals(ctx, Wanted { of, by, filter, figures, boundaries }).await)
    }

    /// Programs whose time runs out or has run out (sắp hết hạn, đã hết hạn).
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn expiring(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them.", default_with = "Expiry::Expiring")] what: Expiry,
        #[graphql(name = "where", desc = "Only programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "On this day; today when nothing is said.")] as_of: Option<Date>,
        #[graphql(desc = "For EXPIRING: within so many days.", default = 180)] within_days: i32,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ExpiringProgram>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(expiring::expiring(ctx, filter, (what, within_days, as_of), args).await)
    }

    /// Programs that may be in force and of which nothing was recorded for long (không có hoạt động).
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn inactive(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "On this day; today when nothing is said.")] as_of: Option<Date>,
        #[graphql(desc = "For so many months.", default = 12)] months: i32,
        #[graphql(desc = "At most this many from the beginning, 1 to 100; 20 when nothing is said.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most this many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<InactiveProgram>>> {
        let args = PageArgs::new(first, after, last, before);
        Some(inactive::inactive(ctx, filter, (months, as_of), args).await)
    }

    /// Obligations that directions opened, and which of them were fulfilled (chỉ đạo các cấp ký kết), level by level.
    async fn cascade(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only under programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "Only obligations that stand so; all of them when nothing is said.")] state: Option<
            ObligationState,
        >,
        #[graphql(desc = "On this day; today when nothing is said.")] as_of: Option<Date>,
    ) -> Option<Result<Cascade>> {
        Some(cascade::cascade(ctx, filter, (state, as_of)).await)
    }

    /// Awards, by kind and by giver (khen thưởng).
    async fn awards(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only under programs that fit.")] filter: Option<ProgramWhere>,
    ) -> Option<Result<AwardReport>> {
        Some(awards::awards(ctx, filter).await)
    }

    /// Programs that a reorganization of provinces, districts or agencies touches (tác động của sắp xếp đơn vị).
    async fn reorganization(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "What was reorganized on this day or later.")] from: Date,
        #[graphql(desc = "And on this day or earlier; until today when nothing is said.")] to: Option<Date>,
    ) -> Option<Result<ReorganizationImpact>> {
        Some(reorganization::reorganization(ctx, filter, (from, to)).await)
    }

    /// Programs that provinces brought into a merger and that do the same (trùng lặp sau sáp nhập), of those that were not
    /// surely over by then.
    async fn overlaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "In the provinces of this day; of today when nothing is said.")] on: Option<Date>,
    ) -> Option<Result<Vec<Overlap>>> {
        Some(overlaps::overlaps(ctx, filter, on).await)
    }

    /// How much is known of programs, province by province (chất lượng dữ liệu).
    async fn data_quality(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "On this day; today when nothing is said.")] as_of: Option<Date>,
        #[graphql(
            desc = "Within the provinces of this day, with what those before them had; as recorded when nothing is said."
        )]
        boundaries: Option<Date>,
    ) -> Option<Result<Vec<DataQuality>>> {
        Some(quality::quality(ctx, filter, (as_of, boundaries)).await)
    }

    /// Who signs with whom (mạng lưới phối hợp): the pairs of sectors and of agencies that did so most often.
    async fn collaboration(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only programs that fit.")] filter: Option<ProgramWhere>,
        #[graphql(desc = "At most so many pairs, 1 to 1000.", default = 100)] most: i32,
    ) -> Option<Result<Collaboration>> {
        Some(collaboration::collaboration(ctx, filter, most).await)
    }
}

/// The day that is asked for; today when none is.
fn day(ctx: &Context<'_>, day: Option<Date>) -> Result<chrono::NaiveDate> {
    day.map_or_else(|| Ok(request(ctx)?.today()), |day| Ok(day.0))
}

async fn implemented(
    ctx: &Context<'_>,
    filter: Option<ProgramWhere>,
    which: Filter<domain::ProgramLink>,
    args: PageArgs,
) -> Result<Connection<Implementation>> {
    let wanted = Filter::all(vec![implementations(conditions(filter)?), which]);
    rows(ctx, wanted, Vec::new(), args, |link| Implementation::of(&link)).await
}
