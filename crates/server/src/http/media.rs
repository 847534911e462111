//! Content negotiation, after "GraphQL over HTTP": which media type an answer has, and with it what its status says.

use axum::http::{HeaderMap, StatusCode, header};

/// The media type of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    /// The specification's own: the HTTP status says whether the document could be executed.
    Graphql,
    /// For clients that know nothing else: 200 whenever the answer is GraphQL's.
    Json,
}

impl Media {
    /// As the header says it.
    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Graphql => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The status of a document that was not executed.
    pub(super) const fn status_of_refused(self) -> StatusCode {
        match self {
            Self::Graphql => StatusCode::BAD_REQUEST,
            Self::Json => StatusCode::OK,
        }
    }
}

/// What a client takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accepts {
    /// One answer, in this media type.
    pub(super) answer: Option<Media>,
    /// A stream of events, as `EventSource` reads them.
    pub(super) events: bool,
    /// A page for people, rather than any of these.
    pub(super) page: bool,
}

impl Accepts {
    /// Reads `Accept`. Whoever does not send it, or takes anything, gets plain JSON.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut best = Best::default();
        let mut said = false;
        for range in headers
            .get_all(header::ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
        {
            said = true;
            best.add(range);
        }
        if !said {
            best.add("*/*");
        }
        let answer = if best.graphql > 0 && best.graphql >= best.json {
            Some(Media::Graphql)
        } else if best.json > 0 || best.any > 0 {
            Some(Media::Json)
        } else {
            None
        };
        let page = best.html > best.graphql.max(best.json);
        Self { answer, events: best.events > 0, page }
    }
}

/// The quality, in thousandths, at which each is taken.
#[derive(Default)]
struct Best {
    graphql: u32,
    json: u32,
    events: u32,
    html: u32,
    any: u32,
}

impl Best {
    fn add(&mut self, range: &str) {
        let mut parts = range.split(';').map(str::trim);
        let media = parts.next().unwrap_or_default().to_ascii_lowercase();
        let quality = parts
            .filter_map(|part| part.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
            .map_or(1000, |(_, value)| thousandths(value.trim()));
        let known = match media.as_str() {
            "application/graphql-response+json" => &mut self.graphql,
            "application/json" => &mut self.json,
            "text/event-stream" => &mut self.events,
            "text/html" => &mut self.html,
            "*/*" | "application/*" => &mut self.any,
            _ => return,
        };
        *known = quality.max(*known);
    }
}

fn thousandths(quality: &str) -> u32 {
    let quality: f32 = quality.parse().unwrap_or(0.0);
    // Between 0 and 1, so that nothing is lost that could matter.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let thousandths = (quality.clamp(0.0, 1.0) * 1000.0) as u32;
    thousandths
}

/// Whether a request's body is JSON in the one encoding that JSON has.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let Some(Ok(text)) = headers.get(header::CONTENT_TYPE).map(|value| value.to_str()) else {
        return false;
    };
    let mut parts = text.split(';').map(str::trim);
    let json = parts.next().is_some_and(|media| media.eq_ignore_ascii_case("application/json"));
    let charset =
        parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    json && charset.is_none_or(|(_, charset)| charset.trim().trim_matches('"').eq_ignore_ascii_case("utf-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(accept: &str) -> Accepts {
        let mut headers = HeaderMap::new();
        if !accept.is_empty() {
            headers.insert(header::ACCEPT, accept.parse().unwrap());
        }
        Accepts::of(&headers)
    }

    #[test]
    fn the_client_chooses_the_media_type() {
        for graphql in [
            "application/graphql-response+json, application/json;q=0.9",
            "application/json, application/graphql-response+json",
            "application/graphql-response+json; charset=utf-8, application/graphql+json, application/json, text/event-stream, multipart/mixed",
        ] {
            assert_eq!(accepting(graphql).answer, Some(Media::Graphql), "{graphql}");
        }
        for json in [
            "",
            "*/*",
            "application/*",
            "Application/JSON; charset=utf-8, */*",
            "text/html, application/json",
            "application/graphql-response+json; q=0.5, application/json",
            "application/graphql-response+json; q=0, */*; q=0.1",
        ] {
            assert_eq!(accepting(json).answer, Some(Media::Json), "{json}");
        }
        for neither in ["text/html", "image/png, text/*", "application/json;q=0", "text/event-stream"] {
            assert_eq!(accepting(neither).answer, None, "{neither}");
        }
    }

    #[test]
    fn events_and_pages_are_asked_for_by_name() {
        assert!(accepting("text/event-stream").events);
        assert!(!accepting("*/*").events && !accepting("").page);
        assert!(accepting("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8").page);
        assert!(!accepting("application/json, text/html").page);
    }

    #[test]
    fn json_has_one_encoding() {
        let is = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, text.parse().unwrap());
            is_json(&headers)
        };
        for json in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
            "application/json; x=y",
        ] {
            assert!(is(json), "{json}");
        }
        for other in ["text/plain", "application/json; charset=latin1", "application/jsonp", "application/graphql", ""]
        {
            assert!(!is(other), "{other}");
        }
    }
}
