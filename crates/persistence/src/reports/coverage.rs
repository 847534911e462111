//! Coverage: the programs that implement another one.

use std::sync::Arc;

use domain::link::LinkTarget;
use domain::{Id, Outcome, Program, ProgramLink, TenantId};
use sea_orm::sea_query::{Alias, Condition, ExprTrait};
use sea_orm::{FromQueryResult, JoinType};

use crate::record::{Key, Record, col, read_all};
use crate::{Scope, StoreError};

const LINK: &str = "l";
const PROGRAM: &str = "p";

fn leads_to(target: LinkTarget) -> Condition {
    let ((tenant, id), (of, uuid)) = match target {
        LinkTarget::Program(to) => (("to_program_tenant_id", "to_program_id"), (to.tenant, to.uuid)),
        LinkTarget::Document(to) => (("to_document_tenant_id", "to_document_id"), (to.tenant, to.uuid)),
    };
    Condition::all().add(col(LINK, tenant).eq(of.0)).add(col(LINK, id).eq(uuid))
}

impl Scope {
    /// The programs at the level of provinces that implement a program or a document, each once with the link that says so; the first signed
    /// first, those without a day last.
    ///
    /// ```sql
    /// SELECT p.*, l.id FROM program_links l JOIN programs p ON p.tenant_id = l.tenant_id AND p.id = l.program_id
    /// WHERE l.kind = 'IMPLEMENTS' AND l.to_program_tenant_id = $1 AND l.to_program_id = $2 AND p.level = 'PROVINCE'
    /// ```
    pub async fn implementers(&self, of: LinkTarget) -> Result<Vec<(Id<ProgramLink>, Arc<Program>)>, StoreError> {
        let mut select = self.select::<Program>(PROGRAM);
        let from = Condition::all()
            .add(col(LINK, "tenant_id").eq(col(PROGRAM, "tenant_id")))
            .add(col(LINK, "program_id").eq(col(PROGRAM, "id")));
        select
            .expr_as(col(LINK, "tenant_id"), Alias::new("link_tenant_id"))
            .expr_as(col(LINK, "id"), Alias::new("link_id"))
            .join_as(JoinType::InnerJoin, <ProgramLink as Record>::Entity::default(), Alias::new(LINK), from)
            .cond_where(self.visible::<ProgramLink>(LINK))
            .cond_where(col(LINK, "kind").eq("IMPLEMENTS"))
            .cond_where(leads_to(of))
            .cond_where(col(PROGRAM, "level").eq("PROVINCE"))
            .order_by_expr(col(PROGRAM, "signed_on_earliest").is_null(), sea_orm::Order::Asc)
            .order_by_expr(col(PROGRAM, "signed_on_earliest"), sea_orm::Order::Asc)
            .order_by_expr(col(PROGRAM, "tenant_id"), sea_orm::Order::Asc)
            .order_by_expr(col(PROGRAM, "id"), sea_orm::Order::Asc)
            // Of several links that say the same, one that a source states.
            .order_by_expr(col(LINK, "basis").eq("STATED"), sea_orm::Order::Desc)
            .order_by_expr(col(LINK, "id"), sea_orm::Order::Asc);
        let rows = self.rows(&select).await?;
        let one = |row| {
            let model = FromQueryResult::from_query_result(row, "")?;
            Ok((Key::from_row(row, "link_tenant_id", "link_id")?, Arc::new(Program::read(model)?)))
        };
        let mut all: Vec<(_, Arc<Program>)> = rows.iter().map(one).collect::<Result<_, StoreError>>()?;
        all.dedup_by(|next, first| next.1.id == first.1.id);
        Ok(all)
    }

    /// What a tenant has stated of the number of provinces that have programs, the latest first.
    pub async fn stated_coverage(&self, tenant: TenantId) -> Result<Vec<Arc<Outcome>>, StoreError> {
        let mut select = self.select::<Outcome>("r");
        select
            .cond_where(col("r", "tenant_id").eq(tenant.0))
            .cond_where(col("r", "indicator").eq(Outcome::PROVINCES_WITH_PROGRAM))
            .order_by_expr(col("r", "as_of_latest").is_null(), sea_orm::Order::Asc)
            .order_by_expr(col("r", "as_of_latest"), sea_orm::Order::Desc)
            .order_by_expr(col("r", "id"), sea_orm::Order::Asc);
        Ok(read_all(&self.rows(&select).await?)?.into_iter().map(Arc::new).collect())
    }
}
