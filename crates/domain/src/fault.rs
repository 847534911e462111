//! What is wrong with a record or an input, and how to mend it.

use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, EnumString, IntoStaticStr, Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum FaultCode {
    /// A value cannot be so, by itself or beside the others.
    Invalid,
    /// What is referred to is not there, or may not be seen, which is the same.
    NotFound,
    /// The record was changed meanwhile.
    Conflict,
    /// The record does not stand where this could be done.
    InvalidTransition,
    /// Whoever asks may not do this to this record.
    Forbidden,
    /// Other records refer to it.
    InUse,
    /// The idempotency key was used for something else.
    KeyReused,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault it is.
    pub code: FaultCode,
    /// The way to the field that must change, as the API names it: `signatories`, `1`, `agency`.
    pub path: Vec<String>,
    /// What is wrong and how to mend it, one sentence.
    pub message: String,
    /// The same in Vietnamese.
    pub message_vi: String,
}

impl Fault {
    /// A value of `field` that cannot be so.
    pub fn new(field: &str, message: impl Into<String>, message_vi: impl Into<String>) -> Self {
        Self::of(FaultCode::Invalid, &[field], message, message_vi)
    }

    /// A fault of another kind.
    pub fn of(code: FaultCode, path: &[&str], message: impl Into<String>, message_vi: impl Into<String>) -> Self {
        let path = path.iter().filter(|step| !step.is_empty()).map(|step| (*step).to_owned()).collect();
        Self { code, path, message: message.into(), message_vi: message_vi.into() }
    }

    /// What `field` refers to is not there.
    pub fn not_found(field: &str) -> Self {
        Self::of(
            FaultCode::NotFound,
            &[field],
            "there is no such record, or you may not see it; pass on an id that the API gave you",
            "không có hồ sơ này hoặc bạn không được xem; hãy dùng mã mà API đã trả về",
        )
    }

    /// A text that must say something and does not.
    pub fn blank(field: &str, text: &str) -> Option<Self> {
        text.trim()
            .is_empty()
            .then(|| Self::new(field, "write what the source says here", "hãy ghi nội dung theo nguồn"))
    }

    /// A place in the order of a text that there cannot be.
    pub fn place(order: i32) -> Option<Self> {
        (order < 1).then(|| Self::new("order", "places count from 1", "thứ tự tính từ 1"))
    }

    /// A count that there cannot be.
    pub fn count(field: &str, count: Option<i32>) -> Option<Self> {
        let below = count.is_some_and(|count| count < 0);
        below.then(|| {
            Self::new(
                field,
                "a count is 0 or more; leave it out when it is not stated",
                "số lượng từ 0 trở lên; bỏ trống khi nguồn không nêu",
            )
        })
    }

    /// The same fault of something inside of another thing.
    #[must_use]
    pub fn under(mut self, steps: &[&str]) -> Self {
        self.path.splice(0..0, steps.iter().map(|step| (*step).to_owned()));
        self
    }

    /// The field of the record, the first step of the path.
    pub fn field(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }
}
