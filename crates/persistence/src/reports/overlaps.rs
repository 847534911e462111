//! Programs of provinces that are one province now, and that do the same: what is to be put together after a merger.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::reports::boundaries;
use domain::reports::overlaps::{Overlap, OverlapKind};
use domain::reports::totals::Parent;
use domain::{Id, Program, ProgramLink, ProgramTopic, TenantId, TenantSuccession};
use sea_orm::JoinType;
use sea_orm::sea_query::{Alias, Condition, ExprTrait, SelectStatement};

use super::{signed, totals};
use crate::codec::column;
use crate::filter::alias;
use crate::record::{Key, Record, col};
use crate::{Filter, Operand, Scope, StoreError, Test, program, tenant};

/// More programs than a merger is looked through for.
const MOST: u64 = 20_000;

/// What stands beside a program in the answer: what it implements, or its topic.
const BESIDE: &str = "b";

impl Scope {
    /// Groups of programs of provinces that are one province on the day `on`, and that were not surely over by then: those
    /// that implement the same, and those of one topic that the same sectors signed. None when there are too many
    /// programs to look through.
    pub async fn overlaps(&self, programs: Filter<Program>, on: NaiveDate) -> Result<Option<Vec<Overlap>>, StoreError> {
        let tenants = self.tenants_of_all_time().await?;
        let steps: Vec<TenantSuccession> =
            self.catalogue().await?.iter().map(|step: &std::sync::Arc<TenantSuccession>| (**step).clone()).collect();
        let now = boundaries::within(&tenants, &steps, on);
        let ended = Filter::test(tenant::VALID_TO, Test::Lt(Operand::Date(on)));
        let last = |test| Filter::test(program::PERIOD_LATEST, test);
        let wanted = Filter::all(vec![
            programs,
            signed(),
            Filter::some(tenant::OF_PROGRAM, ended),
            Filter::any(vec![last(Test::IsNull(true)), last(Test::Gte(Operand::Date(on)))]),
        ]);
        let Some(parents) = self.beside::<Parent>(&wanted).await? else { return Ok(None) };
        let Some(topics) = self.beside::<String>(&wanted).await? else { return Ok(None) };
        let mut found = grouped(&parents, &now, |program, parent| (now.get(&program.tenant).copied(), *parent))
            .map(|((province, parent), programs)| Overlap {
                province,
                kind: OverlapKind::SameParent,
                parent: Some(parent.into()),
                topic: None,
                programs,
            })
            .collect::<Vec<_>>();
        let ids: Vec<Id<Program>> =
            topics.iter().map(|(program, _)| *program).collect::<BTreeSet<_>>().into_iter().collect();
        let sectors = self.signing_sectors(&ids).await?;
        let known: Vec<_> = topics.into_iter().filter(|(program, _)| sectors.contains_key(program)).collect();
        let same = grouped(&known, &now, |program, topic| {
            (now.get(&program.tenant).copied(), (topic.clone(), sectors.get(program).cloned()))
        });
        found.extend(same.map(|((province, (topic, _)), programs)| Overlap {
            province,
            kind: OverlapKind::SameTopic,
            parent: None,
            topic: Some(topic),
            programs,
        }));
        Ok(Some(found))
    }

    /// Programs with what each has beside it; none when there are too many.
    async fn beside<B: Beside>(&self, programs: &Filter<Program>) -> Result<Option<Vec<(Id<Program>, B)>>, StoreError> {
        let t = alias(0);
        let mut select = SelectStatement::new();
        select
            .columns(["tenant_id", "id"].map(|name| (Alias::new(t), Alias::new(name))))
            .from_as(<Program as Record>::Entity::default(), Alias::new(t))
            .cond_where(self.visible::<Program>(t))
            .cond_where(programs.condition(self, 0))
            .order_by_expr(col(t, "tenant_id"), sea_orm::Order::Asc)
            .order_by_expr(col(t, "id"), sea_orm::Order::Asc)
            .limit(MOST + 1);
        B::join(self, &mut select, t);
        let rows = self.rows(&select).await?;
        if u64::try_from(rows.len()).is_ok_and(|count| count > MOST) {
            return Ok(None);
        }
        rows.iter()
            .map(|row| Ok((Key::from_row(row, "tenant_id", "id")?, B::read(row)?)))
            .collect::<Result<_, _>>()
            .map(Some)
    }
}

/// The groups that hold programs of two tenants at least.
fn grouped<B, K: Ord>(
    all: &[(Id<Program>, B)],
    now: &BTreeMap<TenantId, TenantId>,
    key: impl Fn(&Id<Program>, &B) -> (Option<TenantId>, K),
) -> impl Iterator<Item = ((TenantId, K), Vec<Id<Program>>)> {
    let mut groups: BTreeMap<(TenantId, K), BTreeSet<Id<Program>>> = BTreeMap::new();
    for (program, beside) in all {
        let (province, key) = key(program, beside);
        // One that was split follows nobody.
        let Some(province) = province.filter(|province| now.contains_key(province)) else { continue };
        groups.entry((province, key)).or_default().insert(*program);
    }
    let several = |programs: &BTreeSet<Id<Program>>| {
        programs.iter().map(|program| program.tenant).collect::<BTreeSet<_>>().len() > 1
    };
    groups
        .into_iter()
        .filter(move |(_, programs)| several(programs))
        .map(|(key, programs)| (key, programs.into_iter().collect()))
}

/// What programs have in common.
trait Beside: Sized {
    fn join(scope: &Scope, select: &mut SelectStatement, program: &'static str);
    fn read(row: &sea_orm::QueryResult) -> Result<Self, StoreError>;
}

impl Beside for String {
    fn join(scope: &Scope, select: &mut SelectStatement, program: &'static str) {
        let of = Condition::all()
            .add(col(BESIDE, "tenant_id").eq(col(program, "tenant_id")))
            .add(col(BESIDE, "program_id").eq(col(program, "id")));
        select
            .join_as(JoinType::InnerJoin, <ProgramTopic as Record>::Entity::default(), Alias::new(BESIDE), of)
            .column((Alias::new(BESIDE), Alias::new("topic")))
            .cond_where(scope.visible::<ProgramTopic>(BESIDE));
    }

    fn read(row: &sea_orm::QueryResult) -> Result<Self, StoreError> {
        column(row, "topic")
    }
}

impl Beside for Parent {
    fn join(scope: &Scope, select: &mut SelectStatement, program: &'static str) {
        let of = Condition::all()
            .add(col(BESIDE, "tenant_id").eq(col(program, "tenant_id")))
            .add(col(BESIDE, "program_id").eq(col(program, "id")))
            .add(col(BESIDE, "kind").eq("IMPLEMENTS"));
        select
            .join_as(JoinType::InnerJoin, <ProgramLink as Record>::Entity::default(), Alias::new(BESIDE), of)
            .columns(totals::PARENT.map(|name| (Alias::new(BESIDE), Alias::new(name))))
            .cond_where(scope.visible::<ProgramLink>(BESIDE));
    }

    fn read(row: &sea_orm::QueryResult) -> Result<Self, StoreError> {
        totals::parent(row)?.ok_or_else(|| StoreError::Internal("a link leads nowhere".to_owned()))
    }
}
