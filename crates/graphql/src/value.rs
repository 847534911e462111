//! Values that several types have: dates with their reasons, periods, quantities, locales.

use async_graphql::{Context, Enum, Object, SimpleObject};

use crate::catalogue::Unit;
use crate::connection::one;
use crate::enums::{DatePrecision, Qualifier};
use crate::error::Result;
use crate::scalar::{Date, Decimal, PartialDate};

/// The language of a text.
#[derive(Clone, Copy, Debug, Default, Enum, PartialEq, Eq)]
pub enum Locale {
    /// Vietnamese.
    #[default]
    Vi,
    /// English; Vietnamese where no English text is known.
    En,
}

impl Locale {
    /// The English text when it is wanted and known.
    pub fn pick<'a>(self, vi: &'a str, en: Option<&'a str>) -> &'a str {
        match self {
            Self::Vi => vi,
            Self::En => en.unwrap_or(vi),
        }
    }
}

/// A date as far as it is known, and how it came to be known.
#[derive(SimpleObject)]
pub struct DateStatement {
    /// The date.
    date: PartialDate,
    /// The first day it can mean; null when it is open to the past.
    earliest: Option<Date>,
    /// The last day it can mean; null when it is open to the future.
    latest: Option<Date>,
    /// How exact it is.
    precision: DatePrecision,
    /// Whether part of it was inferred.
    inferred: bool,
    /// Why it was inferred.
    reason: Option<String>,
}

impl From<&domain::Dated> for DateStatement {
    fn from(dated: &domain::Dated) -> Self {
        Self {
            date: PartialDate(dated.date.clone()),
            earliest: dated.date.earliest().map(Date),
            latest: dated.date.latest().map(Date),
            precision: dated.date.precision().into(),
            inferred: dated.inferred.is_some(),
            reason: dated.inferred.clone(),
        }
    }
}

/// A stretch of time (giai đoạn), its ends as exact as the source.
#[derive(SimpleObject)]
pub struct Period {
    /// Its beginning; null when not stated.
    start: Option<PartialDate>,
    /// Its end; null when it is open or not stated.
    end: Option<PartialDate>,
    /// Whether the source says that it runs without end.
    open_ended: bool,
    /// Its first possible day.
    earliest: Option<Date>,
    /// Its last possible day.
    latest: Option<Date>,
}

impl From<&domain::Period> for Period {
    fn from(period: &domain::Period) -> Self {
        Self {
            start: period.start.clone().map(PartialDate),
            end: period.end.clone().map(PartialDate),
            open_ended: period.open_ended,
            earliest: period.earliest().map(Date),
            latest: period.latest().map(Date),
        }
    }
}

/// A figure as a source gives it.
pub struct Quantity {
    quantity: domain::Quantity,
    indicator: String,
}

impl Quantity {
    /// A figure on an indicator, which knows the unit.
    pub fn new(quantity: &domain::Quantity, indicator: &str) -> Self {
        Self { quantity: quantity.clone(), indicator: indicator.to_owned() }
    }
}

/// A figure as a source gives it: "trên 41.000 lượt" is OVER 41000. No value means that none was stated; "0" means none.
#[Object]
impl Quantity {
    /// The number; null when the source states none.
    async fn value(&self) -> Option<Decimal> {
        self.quantity.value().map(Decimal)
    }

    /// How the number is meant.
    async fn qualifier(&self) -> Qualifier {
        self.quantity.qualifier().into()
    }

    /// The words of the source.
    async fn text(&self) -> Option<&str> {
        self.quantity.text()
    }

    /// What is counted; null for qualitative indicators.
    async fn unit(&self, ctx: &Context<'_>) -> Option<Result<Unit>> {
        let indicator = match one::<crate::catalogue::Indicator>(ctx, Some(self.indicator.clone())).await? {
            Ok(indicator) => indicator,
            Err(error) => return Some(Err(error)),
        };
        one(ctx, indicator.0.unit.clone()).await
    }
}
