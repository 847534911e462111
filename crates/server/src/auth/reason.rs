//! Why credentials are not accepted, as fixed words for the log. Nothing of the credentials themselves comes here.

use super::AuthError;

/// What is wrong with credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    NobodyTrusted,
    SeveralHeaders,
    Scheme,
    ApiKeyShape,
    ApiKey,
    ApiKeyOver,
    TooLong,
    Shape,
    Header,
    Type,
    Algorithm,
    Issuer,
    KeyId,
    Signature,
    Claims,
    Audience,
    Expired,
    NotYet,
    IssuedLater,
    Subject,
    Organization,
    Roles,
}

impl Reason {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::NobodyTrusted => "nobody-trusted",
            Self::SeveralHeaders => "several-headers",
            Self::Scheme => "scheme",
            Self::ApiKeyShape => "api-key-shape",
            Self::ApiKey => "api-key",
            Self::ApiKeyOver => "api-key-over",
            Self::TooLong => "too-long",
            Self::Shape => "shape",
            Self::Header => "header",
            Self::Type => "type",
            Self::Algorithm => "algorithm",
            Self::Issuer => "issuer",
            Self::KeyId => "key-id",
            Self::Signature => "signature",
            Self::Claims => "claims",
            Self::Audience => "audience",
            Self::Expired => "expired",
            Self::NotYet => "not-yet",
            Self::IssuedLater => "issued-later",
            Self::Subject => "subject",
            Self::Organization => "organization",
            Self::Roles => "roles",
        }
    }
}

/// Why nobody is authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denial {
    Refused(Reason),
    Unavailable { retry_after_seconds: u64 },
}

impl Denial {
    /// Leaves the reason in the log.
    pub(super) fn tell(self) -> AuthError {
        match self {
            Self::Refused(reason) => {
                tracing::info!(reason = reason.word(), "credentials refused");
                AuthError::Refused
            }
            Self::Unavailable { retry_after_seconds } => {
                tracing::warn!("credentials cannot be checked");
                AuthError::Unavailable { retry_after_seconds }
            }
        }
    }
}

impl From<Reason> for Denial {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason)
    }
}
