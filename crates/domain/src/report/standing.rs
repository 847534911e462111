//! How far each addressee of a request has come, as of a day. Drafts do not count: nobody but their authors knows of them.

use chrono::NaiveDate;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::TenantId;
use crate::submission::{Submission, SubmissionDecision, SubmissionStatus, Verdict};

/// How far an addressee has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum StandingState {
    /// Nothing was handed in.
    Missing,
    /// Handed in, and not decided on.
    Submitted,
    /// Given back to be mended.
    Returned,
    /// Accepted.
    Accepted,
}

/// What one addressee has done by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The addressee.
    pub tenant: TenantId,
    /// How far it has come.
    pub state: StandingState,
    /// Whether the first answer came after the due day, or none has come and the day is over. Who answered in time is not
    /// late for having been asked to mend it.
    pub late: bool,
    /// The day of the first answer.
    pub first_on: Option<NaiveDate>,
    /// The day of the latest answer.
    pub latest_on: Option<NaiveDate>,
}

impl Standing {
    /// What `tenant` has done by `day`, from all submissions to the request and all decisions on them.
    pub fn of<'a>(
        tenant: TenantId,
        (due, day): (NaiveDate, NaiveDate),
        submissions: impl IntoIterator<Item = &'a Submission>,
        decisions: impl IntoIterator<Item = &'a SubmissionDecision>,
    ) -> Self {
        let mut handed_in: Vec<(i32, NaiveDate, &Submission)> = submissions
            .into_iter()
            .filter(|one| one.id.tenant == tenant && one.status == SubmissionStatus::Submitted)
            .filter_map(|one| Some((one.round, one.submitted_on.filter(|on| *on <= day)?, one)))
            .collect();
        handed_in.sort_by_key(|(round, ..)| *round);
        let latest = handed_in.last();
        let verdict = latest.and_then(|(.., latest)| {
            let by_then = |one: &&SubmissionDecision| one.stands_for(latest) && one.decided_on <= day;
            decisions.into_iter().find(by_then).map(|one| one.verdict)
        });
        let state = match (latest, verdict) {
            (None, _) => StandingState::Missing,
            (Some(_), None) => StandingState::Submitted,
            (Some(_), Some(Verdict::Returned)) => StandingState::Returned,
            (Some(_), Some(Verdict::Accepted)) => StandingState::Accepted,
        };
        let first_on = handed_in.first().map(|(_, on, _)| *on);
        Self { tenant, state, late: first_on.unwrap_or(day) > due, first_on, latest_on: latest.map(|(_, on, _)| *on) }
    }
}

/// How many addressees have come how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// How many were asked.
    pub addressed: i32,
    /// How many have handed something in, whatever became of it.
    pub submitted: i32,
    /// How many are accepted.
    pub accepted: i32,
    /// How many have to mend what they handed in.
    pub returned: i32,
    /// How many have handed nothing in.
    pub missing: i32,
    /// How many are late.
    pub late: i32,
}

impl Completeness {
    /// Of all addressees.
    pub fn of(standings: &[Standing]) -> Self {
        let mut sum = Self::default();
        for one in standings {
            sum.addressed += 1;
            sum.late += i32::from(one.late);
            match one.state {
                StandingState::Missing => sum.missing += 1,
                StandingState::Submitted => sum.submitted += 1,
                StandingState::Returned => {
                    sum.submitted += 1;
                    sum.returned += 1;
                }
                StandingState::Accepted => {
                    sum.submitted += 1;
                    sum.accepted += 1;
                }
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use uuid::Uuid;

    use super::*;
    use crate::actor::Principal;
    use crate::{Id, Visibility};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn round(round: i32, on: Option<&str>) -> Submission {
        Submission {
            id: Id::new(TenantId(7), Uuid::from_u128(u128::try_from(round).unwrap())),
            request: Id::new(TenantId(1), Uuid::nil()),
            round,
            program: None,
            narrative: None,
            status: if on.is_some() { SubmissionStatus::Submitted } else { SubmissionStatus::Draft },
            submitted_on: on.map(day),
            submitted_at: on.map(|_| DateTime::<Utc>::UNIX_EPOCH),
            submitted_by: None,
            visibility: Visibility::Internal,
            version: 1,
        }
    }

    fn decided(submission: &Submission, verdict: Verdict, on: &str) -> SubmissionDecision {
        SubmissionDecision {
            id: Id::new(TenantId(1), Uuid::from_u128(9)),
            request: submission.request,
            submission: submission.id,
            submission_version: 1,
            verdict,
            reason: None,
            decided_on: day(on),
            decided_at: DateTime::<Utc>::UNIX_EPOCH,
            decided_by: Principal::operator(),
            visibility: Visibility::Internal,
            version: 1,
        }
    }

    #[test]
    fn from_missing_to_accepted_day_by_day() {
        use StandingState::{Accepted, Missing, Returned, Submitted};
        let rounds = [round(1, Some("2026-12-10")), round(2, Some("2026-12-20")), round(3, None)];
        let decisions = [
            decided(&rounds[0], Verdict::Returned, "2026-12-12"),
            decided(&rounds[1], Verdict::Accepted, "2026-12-22"),
        ];
        let on = |text: &str| Standing::of(TenantId(7), (day("2026-12-15"), day(text)), &rounds, &decisions);
        let states = ["2026-12-09", "2026-12-10", "2026-12-12", "2026-12-20", "2026-12-22"].map(|text| on(text).state);
        assert_eq!(states, [Missing, Submitted, Returned, Submitted, Accepted]);
        assert!(!on("2026-12-31").late, "the first answer came in time");
        assert_eq!(on("2026-12-31").latest_on, Some(day("2026-12-20")));
        assert_eq!(on("2026-12-31").first_on, Some(day("2026-12-10")));
    }

    #[test]
    fn late_is_who_answers_after_the_day_or_not_by_then() {
        let standing =
            |rounds: &[Submission], due: &str, at: &str| Standing::of(TenantId(7), (day(due), day(at)), rounds, &[]);
        assert!(!standing(&[], "2026-12-15", "2026-12-15").late, "the due day itself is in time");
        assert!(standing(&[], "2026-12-15", "2026-12-16").late);
        assert!(!standing(&[round(1, Some("2026-12-15"))], "2026-12-15", "2027-01-01").late);
        assert!(standing(&[round(1, Some("2026-12-16"))], "2026-12-15", "2027-01-01").late);
        let draft = standing(&[round(1, None)], "2026-12-15", "2026-12-16");
        assert_eq!((draft.state, draft.late), (StandingState::Missing, true), "a draft is nothing");
    }

    #[test]
    fn a_sum_counts_everybody_once() {
        let one = |state, late| Standing { tenant: TenantId(2), state, late, first_on: None, latest_on: None };
        let sum = Completeness::of(&[
            one(StandingState::Missing, true),
            one(StandingState::Submitted, false),
            one(StandingState::Returned, false),
            one(StandingState::Accepted, true),
        ]);
        let expected = Completeness { addressed: 4, submitted: 3, accepted: 1, returned: 1, missing: 1, late: 2 };
        assert_eq!(sum, expected);
    }
}
