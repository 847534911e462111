//! What an actor may see and write: worked out once, when a transaction begins, from who they are and from what the
//! database knows of stewardship and grants. It is both walls' source: the condition that every statement carries, and
//! the settings from which PostgreSQL's policies work the same out by themselves.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::actor::{Action, GrantUse};
use domain::grant::DataSet;
use domain::{Actor, Grant, TenantId};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, SelectStatement};
use sha2::{Digest, Sha256};

use crate::StoreError;
use crate::codec::column;
use crate::filter::alias;
use crate::record::{col, every, read_all};
use crate::session::Session;

/// What a table holds, as far as it matters for who may see a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Catalogs that everybody may read.
    Shared,
    /// Records of tenants, of this data set.
    Records(DataSet),
    /// Rows about records of other tables, of the data set of the record whose kind the column `kind` names.
    ByKind,
    /// What two tenants have with each other: of those who share it, and of nobody else. No grant opens it.
    Between,
    /// What only the tenant's own staff reads, drafts or not.
    Staff,
}

impl Holds {
    /// What most tables hold.
    pub const RECORDS: Self = Self::Records(DataSet::Programs);
    /// What says who people are.
    pub const PEOPLE: Self = Self::Records(DataSet::People);
}

/// How far a right to read internal records reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reach {
    These(Vec<TenantId>),
    Everywhere,
}

/// What somebody may see and write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    /// Whose every record is seen, drafts too.
    staff: Vec<TenantId>,
    /// Whose internal records are seen, by data set.
    programs: Reach,
    people: Reach,
    /// As whom records are seen that a program shares with its signatories.
    party: Vec<TenantId>,
    /// Whose records may be written.
    writes: Vec<TenantId>,
    /// To whom public records may be added.
    adds: Vec<TenantId>,
    /// Test-only: the first wall stands open.
    #[cfg(debug_assertions)]
    open: bool,
}

impl Reach {
    fn reaches(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everywhere, _) => true,
            (Self::These(_), Self::Everywhere) => false,
            (Self::These(these), Self::These(those)) => all_of(those, these),
        }
    }
}

fn all_of(those: &[TenantId], these: &[TenantId]) -> bool {
    those.iter().all(|tenant| these.contains(tenant))
}

impl Access {
    /// Whether everything is seen that `other` sees.
    pub(crate) fn sees_all_of(&self, other: &Self) -> bool {
        all_of(&other.staff, &self.staff)
            && all_of(&other.party, &self.party)
            && self.programs.reaches(&other.programs)
            && self.people.reaches(&other.people)
    }

    /// Nobody in particular.
    pub(crate) fn anonymous() -> Self {
        Self::of(Vec::new())
    }

    /// Whoever acts for these tenants in every way except writing.
    fn of(tenants: Vec<TenantId>) -> Self {
        let none = Reach::These(Vec::new());
        Self {
            staff: tenants.clone(),
            programs: none.clone(),
            people: none,
            party: tenants,
            writes: Vec::new(),
            adds: Vec::new(),
            #[cfg(debug_assertions)]
            open: false,
        }
    }

    /// Works out what `actor` may see on `today`, by two statements of the transaction itself: what was revoked before
    /// it began is revoked.
    pub(crate) async fn authorize(session: &Session, actor: &Actor, today: NaiveDate) -> Result<Self, StoreError> {
        let own = with_predecessors(session, actor.tenant).await?;
        let mut access = Self::of(own.clone());
        if !actor.may(Action::ReadDrafts) {
            access.staff = Vec::new();
            access.programs = Reach::These(own.clone());
            access.people = Reach::These(own.clone());
        }
        if !actor.may(Action::ReadInternal) {
            access = Self::anonymous();
        }
        if writes(actor) {
            access.writes = own;
        }
        if actor.may(Action::UseGrants) {
            for grant in held(session, actor.tenant).await? {
                if grant.in_force(today) && actor.grants.includes(grant.id.uuid) {
                    access.add(&grant);
                }
            }
        }
        Ok(access)
    }

    /// Whoever works at the command line for `tenant`: as its staff, who may also add what the whole state shares to
    /// `others`.
    pub(crate) async fn operate(session: &Session, tenant: TenantId, others: &[TenantId]) -> Result<Self, StoreError> {
        let own = with_predecessors(session, tenant).await?;
        let mut access = Self::of(own.clone());
        access.writes = own;
        access.adds = others.to_vec();
        Ok(access)
    }

    fn add(&mut self, grant: &Grant) {
        for set in &grant.data_sets {
            let reach = match set {
                DataSet::Programs => &mut self.programs,
                DataSet::People => &mut self.people,
            };
            match reach {
                _ if grant.every_province => *reach = Reach::Everywhere,
                Reach::These(tenants) => tenants.push(grant.id.tenant),
                Reach::Everywhere => {}
            }
        }
    }

    /// Whether records of `tenant` may be written.
    pub(crate) fn writes(&self, tenant: TenantId) -> bool {
        self.writes.contains(&tenant) || self.adds.contains(&tenant)
    }

    /// Whether records of the tenant that a column names may be written.
    pub(crate) fn writable(&self, alias: &'static str, column: &'static str) -> Expr {
        one_of(alias, column, &[self.writes.as_slice(), &self.adds].concat()).unwrap_or_else(|| Expr::cust("1 = 0"))
    }

    /// Fails unless records of one of `tenants` may be written. What belongs to no tenant, the catalogs, is guarded by
    /// who may begin an operation, and on PostgreSQL by the rights of the role.
    pub(crate) fn may_write(&self, tenants: &[TenantId]) -> Result<(), StoreError> {
        if tenants.is_empty() || tenants.iter().any(|tenant| self.writes(*tenant)) {
            return Ok(());
        }
        Err(StoreError::Denied(format!("records of these tenants may not be written here: {tenants:?}")))
    }

    /// The tenants for which one acts.
    pub(crate) fn party(&self) -> &[TenantId] {
        &self.party
    }

    /// A mark of what is seen, by which two readings are compared.
    pub(crate) fn mark(&self) -> String {
        let sorted = |tenants: &[TenantId]| tenants.iter().copied().collect::<BTreeSet<_>>();
        let reach = |reach: &Reach| match reach {
            Reach::These(tenants) => Some(sorted(tenants)),
            Reach::Everywhere => None,
        };
        let seen = (sorted(&self.staff), reach(&self.programs), reach(&self.people), sorted(&self.party));
        format!("{:x}", Sha256::digest(format!("{seen:?}")))
    }

    /// Opens the first wall, so that the second can be tried alone.
    #[cfg(debug_assertions)]
    pub(crate) fn opened(self) -> Self {
        Self { open: true, ..self }
    }

    /// The condition under which a row of the table known as `alias` may be seen. The one place that decides it;
    /// `migrations/src/wall.rs` says the same to PostgreSQL.
    pub(crate) fn condition(&self, holds: Holds, alias: &'static str) -> Condition {
        #[cfg(debug_assertions)]
        if self.open {
            return Condition::all();
        }
        let mut internal = match holds {
            Holds::Shared => return Condition::all(),
            Holds::Staff => {
                let staff = one_of(alias, "tenant_id", &self.staff);
                return Condition::all().add(staff.unwrap_or_else(|| Expr::cust("1 = 0")));
            }
            Holds::Records(set) => Condition::any().add_option(self.reaches(set, alias)),
            Holds::Between => Condition::any().add_option(one_of(alias, "tenant_id", &self.party)),
            Holds::ByKind => {
                let (person, between) = (["PERSON", "POSITION"].map(quoted), BETWEEN.map(quoted));
                let is = |kinds: &[Expr]| col(alias, "kind").is_in(kinds.to_vec());
                let of = |reach: Option<Expr>, kind: Expr| reach.map(|reach| Condition::all().add(kind).add(reach));
                let rest = is(&[person.as_slice(), &between].concat()).not();
                Condition::any()
                    .add_option(of(self.reaches(DataSet::People, alias), is(&person)))
                    .add_option(of(one_of(alias, "tenant_id", &self.party), is(&between)))
                    .add_option(of(self.reaches(DataSet::Programs, alias), rest))
            }
        };
        if let Some(reader) = one_of("shared", "reader_tenant_id", &self.party) {
            let mut share = SelectStatement::new();
            share
                .expr(Expr::cust("1"))
                .from_as(Alias::new("shares"), Alias::new("shared"))
                .cond_where(col("shared", "tenant_id").eq(col(alias, "tenant_id")))
                .cond_where(col("shared", "id").eq(col(alias, "id")))
                .cond_where(reader);
            internal = internal.add(Expr::exists(share));
        }
        let is = |code: &str| col(alias, "visibility").eq(quoted(code));
        // What two tenants have with each other is never public, whatever a row says.
        let public = if holds == Holds::Between { Expr::cust("1 = 0") } else { is("PUBLIC") };
        let mut seen = Condition::any().add(public).add_option(one_of(alias, "tenant_id", &self.staff));
        if !internal.is_empty() {
            seen = seen.add(Condition::all().add(is("INTERNAL")).add(internal));
        }
        Condition::all().add(seen)
    }

    /// The condition under which a mark on sums may be seen: as records are, of which nothing is shared.
    pub(crate) fn stale_sums(&self, alias: &'static str) -> Condition {
        #[cfg(debug_assertions)]
        if self.open {
            return Condition::all();
        }
        let is = |code: &str| col(alias, "visibility").eq(quoted(code));
        let staff = one_of(alias, "tenant_id", &self.staff);
        let internal = self.reaches(DataSet::Programs, alias).map(|reach| is("INTERNAL").and(reach));
        Condition::any().add(is("PUBLIC")).add_option(staff).add_option(internal)
    }

    /// The condition under which sums are those of exactly what may be seen of their tenant, except what programs share.
    pub(crate) fn sums(&self, alias: &'static str) -> Condition {
        #[cfg(debug_assertions)]
        if self.open {
            return Condition::all();
        }
        let is = |code: &str| col(alias, "visibility").eq(quoted(code));
        let staff = one_of(alias, "tenant_id", &self.staff);
        let inside = self.reaches(DataSet::Programs, alias);
        let not = |one: &Option<Expr>| one.clone().map(ExprTrait::not);
        let internal =
            inside.clone().map(|inside| Condition::all().add(is("INTERNAL")).add(inside).add_option(not(&staff)));
        let public = Condition::all().add(is("PUBLIC")).add_option(not(&staff)).add_option(not(&inside));
        Condition::any().add_option(staff.map(|staff| is("DRAFT").and(staff))).add_option(internal).add(public)
    }

    /// The condition under which `alias.tenant_id`, of `shares`, names a tenant whose internal records are seen only as
    /// far as they are shared; none when there is no such tenant.
    pub(crate) fn shared_only(&self, alias: &'static str) -> Option<Condition> {
        let reader = one_of(alias, "reader_tenant_id", &self.party)?;
        let not = |one: Option<Expr>| one.map(ExprTrait::not);
        let (staff, inside) = (one_of(alias, "tenant_id", &self.staff), self.reaches(DataSet::Programs, alias));
        Some(Condition::all().add(reader).add_option(not(staff)).add_option(not(inside)))
    }

    /// The internal rows of a data set that are seen; none when there are none.
    fn reaches(&self, set: DataSet, alias: &'static str) -> Option<Expr> {
        let reach = match set {
            DataSet::Programs => &self.programs,
            DataSet::People => &self.people,
        };
        match reach {
            Reach::These(tenants) => one_of(alias, "tenant_id", tenants),
            Reach::Everywhere => Some(Expr::cust("1 = 1")),
        }
    }

    /// The grants that concern whoever acts.
    pub(crate) fn grants(&self, alias: &'static str) -> Condition {
        #[cfg(debug_assertions)]
        if self.open {
            return Condition::all();
        }
        let sides = [one_of(alias, "tenant_id", &self.party), one_of(alias, "grantee_tenant_id", &self.party)];
        if sides.iter().all(Option::is_none) {
            return Condition::all().add(Expr::cust("1 = 0"));
        }
        sides.into_iter().flatten().fold(Condition::any(), Condition::add)
    }
}

/// Whether somebody writes at all. What exactly their roles let them do is asked beside each write, see [`crate::Tx::require`].
fn writes(actor: &Actor) -> bool {
    [Action::Edit, Action::RequestGrants, Action::RequestReports].into_iter().any(|action| actor.may(action))
}

/// The kinds of records that are between two tenants.
const BETWEEN: [&str; 4] = ["REPORT_REQUEST", "SUBMISSION", "SUBMISSION_DECISION", "SUBMISSION_ITEM"];

/// A code as it stands.
fn quoted(code: &str) -> Expr {
    Expr::cust(format!("'{code}'"))
}

/// Numbers as they stand: they are few and ours, and a list of parameters would make each statement another one.
fn one_of(alias: &'static str, column: &'static str, tenants: &[TenantId]) -> Option<Expr> {
    (!tenants.is_empty()).then(|| col(alias, column).is_in(tenants.iter().map(|tenant| Expr::cust(tenant.to_string()))))
}

/// A tenant and those that it stewards.
async fn with_predecessors(session: &Session, tenant: TenantId) -> Result<Vec<TenantId>, StoreError> {
    let t = alias(0);
    let mut select = SelectStatement::new();
    select
        .column((Alias::new(t), Alias::new("stewarded_id")))
        .from_as(Alias::new("stewardships"), Alias::new(t))
        .cond_where(col(t, "steward_id").eq(tenant.0))
        .order_by((Alias::new(t), Alias::new("stewarded_id")), sea_orm::Order::Asc);
    let mut tenants = vec![tenant];
    for row in session.rows(&select).await? {
        tenants.push(TenantId(column(&row, "stewarded_id")?));
    }
    Ok(tenants)
}

/// The grants that a tenant holds, in force or not.
async fn held(session: &Session, tenant: TenantId) -> Result<Vec<Grant>, StoreError> {
    let mut select = every::<Grant>(alias(0));
    select.cond_where(col(alias(0), "grantee_tenant_id").eq(tenant.0));
    read_all(&session.rows(&select).await?)
}

/// What PostgreSQL is told when a transaction of `actor` begins. Numbers, codes of ours and a day: no text of a request.
pub(crate) fn settings(actor: &Actor, today: NaiveDate) -> Vec<String> {
    let grants = match &actor.grants {
        GrantUse::All => "NULL".to_owned(),
        GrantUse::Only(these) => {
            let these: Vec<String> = these.iter().map(|id| format!("'{id}'")).collect();
            format!("ARRAY[{}]::uuid[]", these.join(","))
        }
    };
    let enter = format!(
        "SELECT phoihop_enter({}, {}, {}, {}, {grants}, DATE '{today}')",
        actor.tenant,
        actor.may(Action::ReadInternal),
        actor.may(Action::ReadDrafts),
        actor.may(Action::UseGrants),
    );
    let mut settings = vec![enter];
    if writes(actor) {
        settings.push(writing(&[]));
    }
    if actor.may(Action::EditCatalogs) {
        settings.push("SELECT set_config('phoihop.catalogs', 'kept', true)".to_owned());
    }
    settings
}

/// What it is told of who may be written: those for whom one acts, and others to whom something public is added.
pub(crate) fn writing(others: &[TenantId]) -> String {
    let others: Vec<String> = others.iter().map(TenantId::to_string).collect();
    format!("SELECT phoihop_write(phoihop_tenants('phoihop.party'), ARRAY[{}]::int[])", others.join(","))
}

/// The same for [`Access::operate`].
pub(crate) fn operator_settings(tenant: TenantId, others: &[TenantId]) -> Vec<String> {
    vec![format!("SELECT phoihop_enter({tenant}, true, true, false, NULL, NULL)"), writing(others)]
}
