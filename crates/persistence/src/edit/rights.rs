//! What keeps whoever acts from changing a record: their roles, whose it is, who sees it, where it stands. Asked beside
//! each write, and beforehand by whoever wants to know what may be done ([`Scope::refusal`]).

use domain::actor::Action;
use domain::fault::FaultCode;
use domain::{Actor, Fault, TenantId, Visibility};

use super::Editable;
use crate::access::Access;
use crate::record::{Key, Record};
use crate::{Scope, StoreError, Tx};

/// What is to be done with a record.
#[derive(Debug)]
pub enum Deed<R> {
    /// It is changed so.
    Change(fn(&mut R) -> Result<(), Fault>),
    /// Something new is made that follows it, if this allows it.
    Follow(fn(&R) -> Result<(), Fault>),
    /// It is deleted, if this allows it.
    Delete(fn(&R) -> Result<(), Fault>),
}

// Written out: a derive would ask the same of `R`.
impl<R> Clone for Deed<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Deed<R> {}

impl Tx {
    /// Fails unless whoever acts has a role that allows `action`.
    pub fn require(&self, action: Action) -> Result<(), StoreError> {
        if self.actor().is_none_or(|actor| actor.may(action)) {
            return Ok(());
        }
        Err(StoreError::Denied(format!("{} may not {action}", self.principal())))
    }

    /// What keeps whoever acts from changing records of a tenant, which a field of the input names.
    pub fn abroad(&self, field: &str, tenant: TenantId) -> Option<Fault> {
        abroad(self.access(), field, tenant)
    }

    /// What keeps whoever acts from changing a record, to which a field of the input leads, that is or becomes as visible
    /// as that.
    pub(super) fn may_change<R: Record>(&self, field: &str, record: &R, visibilities: &[Visibility]) -> Option<Fault> {
        let abroad = record.key().tenant().and_then(|tenant| self.abroad(field, tenant));
        abroad.or_else(|| self.may_show(visibilities))
    }

    /// What keeps whoever acts from writing what is or becomes as visible as that.
    pub(crate) fn may_show(&self, visibilities: &[Visibility]) -> Option<Fault> {
        reserved(self.require(Action::Publish).is_ok(), visibilities)
    }
}

impl Scope {
    /// Why whoever asks could not do something with a record that they see, for which they must be allowed to do `needs`.
    /// It follows from the record itself, and from who asks: no statement is executed.
    pub fn refusal<R: Editable>(&self, needs: Action, record: &R, deed: Deed<R>) -> Option<Fault> {
        let Some(actor) = self.actor() else { return Some(nobody()) };
        if !actor.may(needs) {
            return Some(lacking(actor, needs));
        }
        if let Some(fault) = abroad(self.access(), "id", record.key().tenant) {
            return Some(fault);
        }
        let reserved = |visibilities: &[Visibility]| reserved(actor.may(Action::Publish), visibilities);
        match deed {
            Deed::Change(change) => {
                let mut after = record.clone();
                let fault = change(&mut after).err();
                fault.or_else(|| reserved(&[record.visibility(), after.visibility()]))
            }
            Deed::Follow(allowed) => allowed(record).err(),
            Deed::Delete(allowed) => {
                let fault = allowed(record).err().or_else(|| reserved(&[record.visibility()]));
                fault.or_else(|| kept(record))
            }
        }
    }
}

fn abroad(access: &Access, field: &str, tenant: TenantId) -> Option<Fault> {
    // Of what is not there nothing more is told than that.
    (tenant != TenantId::NOWHERE && !access.writes(tenant)).then(|| {
        Fault::of(
            FaultCode::Forbidden,
            &[field],
            "the record belongs to another tenant, whose own staff changes it",
            "hồ sơ thuộc đơn vị khác; chỉ cán bộ của đơn vị đó được sửa",
        )
    })
}

fn reserved(publishes: bool, visibilities: &[Visibility]) -> Option<Fault> {
    (!publishes && visibilities.contains(&Visibility::Public)).then(|| {
        Fault::of(
            FaultCode::Forbidden,
            &[],
            "what is public is changed by those with the role PUBLISHER or ADMIN; prepare it as a draft, or ask one of them",
            "nội dung công khai chỉ người có vai trò PUBLISHER hoặc ADMIN được sửa; hãy soạn bản nháp hoặc nhờ họ",
        )
    })
}

/// What keeps a record from being deleted, as far as it tells by itself.
pub(super) fn kept<R: Editable>(record: &R) -> Option<Fault> {
    (R::REFERRED && record.visibility() != Visibility::Draft).then(seen_by_others)
}

pub(super) fn seen_by_others() -> Fault {
    Fault::of(
        FaultCode::InUse,
        &["id"],
        "others could see it and may refer to it, so it stays; hide it instead (…Withdraw)",
        "cơ quan khác đã có thể xem và dẫn chiếu, nên hồ sơ phải giữ lại; hãy thu hồi (…Withdraw)",
    )
}

fn nobody() -> Fault {
    Fault::of(
        FaultCode::Forbidden,
        &[],
        "only somebody who has shown who they are may change something; send a token",
        "chỉ người đã xác thực mới được sửa; hãy gửi mã truy cập",
    )
}

fn lacking(actor: &Actor, needs: Action) -> Fault {
    let roles = needs.roles(actor.tenant == TenantId::CENTRAL);
    let roles: Vec<String> = roles.map(|role| role.to_string()).collect();
    Fault::of(
        FaultCode::Forbidden,
        &[],
        format!("this takes the role {}; ask an administrator of your tenant for it", roles.join(" or ")),
        format!("việc này cần vai trò {}; hãy đề nghị quản trị viên của đơn vị cấp", roles.join(" hoặc ")),
    )
}
