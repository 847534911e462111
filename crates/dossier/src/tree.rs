//! A YAML file as a tree that remembers where everything stands. JSON is read the same way, being a subset.
//!
//! Only what a plain record of facts needs: one document, text keys, no anchors, aliases or tags. So nothing in a
//! file can stand for more than what is written in it, and no text means something else than it says.

mod scalar;

use std::collections::HashMap;

use domain::text::kept;
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Map, Value};

use crate::problem::{Problem, Problems, clip, escape, unescape};
use crate::schema;

/// A dossier is one article or event; larger files are a mistake.
pub(crate) const MAX_BYTES: u64 = 4 * 1024 * 1024;
const MAX_DEPTH: usize = 32;
const MAX_NODES: usize = 100_000;

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    kind: Kind,
    line: usize,
    column: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// Text; a plain one may stand for a number, a truth value or nothing.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

#[derive(Clone, Debug, PartialEq)]
struct Key {
    text: String,
    line: usize,
    column: usize,
}

/// Reads a file into a tree, together with the problems that leave a tree to look at further (a key given twice).
/// `Err` when there is none.
pub(crate) fn parse(file: &str, bytes: &[u8]) -> Result<(Node, Vec<Problem>), Problems> {
    let text = text_of(file, bytes)?;
    let mut reader = Reader { file, problems: Vec::new(), stack: Vec::new(), root: None, nodes: 0 };
    let mut documents = 0;
    let mut events = Parser::new_from_str(text);
    while let Some(event) = events.next_event() {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let message = format!("this is not YAML: {}; look at this line and the one above it", error.info());
                return Err(reader.fatal(error.marker().line(), message));
            }
        };
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
            if documents > 1 {
                let message = "a second document begins here; a file holds one dossier, so split it";
                return Err(reader.fatal(span.start.line(), message));
            }
        }
        if matches!(event, Event::StreamEnd) {
            break;
        }
        reader.event(event, span)?;
    }
    match reader.root.take() {
        Some(root) => Ok((root, reader.problems)),
        None => Err(reader.fatal(1, "the file is empty; write a dossier, see docs/dossier-format.md")),
    }
}

pub(crate) fn text_of<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Problems> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(too_large(file, bytes.len() as u64));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = before.split(|byte| *byte == b'\n').count();
            let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
            let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
            let message = format!("byte {column} of this line (0x{byte:02x}) is not UTF-8; save the file as UTF-8");
            Err(Problems::one(file, Some(line), message))
        }
    }
}

pub(crate) fn too_large(file: &str, bytes: u64) -> Problems {
    let message = format!("the file has {bytes} bytes, the limit is {MAX_BYTES}; write one dossier an article");
    Problems::one(file, None, message)
}

/// A list or mapping that is still open.
struct Open {
    node: Node,
    /// The key that waits for its value.
    key: Option<Key>,
    /// Whether the value to come belongs to a key that was given before.
    discard: bool,
    /// Keys so far, with their lines.
    seen: HashMap<String, usize>,
}

struct Reader<'a> {
    file: &'a str,
    problems: Vec<Problem>,
    stack: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Problems> {
        let (line, column) = (span.start.line(), span.start.col() + 1);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.plain_only(line, anchor, tag.is_some());
                let text = kept(&text);
                if self.wants_key() {
                    self.key(Key { text, line, column });
                    return Ok(());
                }
                let plain = style == ScalarStyle::Plain;
                self.value(Node { kind: Kind::Scalar { text, plain }, line, column })
            }
            Event::Alias(_) => {
                self.note(line, "an alias (`*name`) is not read; write the value out");
                let nothing = Kind::Scalar { text: String::new(), plain: true };
                if self.wants_key() {
                    self.key(Key { text: String::new(), line, column });
                    return Ok(());
                }
                self.value(Node { kind: nothing, line, column })
            }
            Event::SequenceStart(anchor, tag) => {
                self.plain_only(line, anchor, tag.is_some());
                self.open(Node { kind: Kind::List(Vec::new()), line, column })
            }
            Event::MappingStart(anchor, tag) => {
                self.plain_only(line, anchor, tag.is_some());
                self.open(Node { kind: Kind::Map(Vec::new()), line, column })
            }
            Event::SequenceEnd | Event::MappingEnd => match self.stack.pop() {
                Some(open) => self.value(open.node),
                None => Ok(()),
            },
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                Ok(())
            }
        }
    }

    fn wants_key(&self) -> bool {
        self.stack.last().is_some_and(|open| matches!(open.node.kind, Kind::Map(_)) && open.key.is_none())
    }

    fn open(&mut self, node: Node) -> Result<(), Problems> {
        if self.wants_key() {
            return Err(self.fatal(node.line, "a list or mapping stands where a key should; write a plain word as key"));
        }
        if self.stack.len() >= MAX_DEPTH {
            let message = format!("values are nested more than {MAX_DEPTH} deep; no dossier is");
            return Err(self.fatal(node.line, message));
        }
        self.stack.push(Open { node, key: None, discard: false, seen: HashMap::new() });
        Ok(())
    }

    fn key(&mut self, key: Key) {
        let Some(open) = self.stack.last_mut() else { return };
        let line = key.line;
        let before = open.seen.insert(key.text.clone(), line);
        let message = before.map(|first| {
            format!("the key \"{}\" was given before, in line {first}; keep one of them", clip(&key.text))
        });
        open.discard = message.is_some();
        open.key = Some(key);
        if let Some(message) = message {
            self.note(line, message);
        }
    }

    fn value(&mut self, node: Node) -> Result<(), Problems> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let message = format!("the file holds more than {MAX_NODES} values; write one dossier an article");
            return Err(self.fatal(node.line, message));
        }
        let Some(open) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        match (&mut open.node.kind, open.key.take()) {
            (Kind::List(items), _) => items.push(node),
            (Kind::Map(entries), Some(key)) if !open.discard => entries.push((key, node)),
            (Kind::Map(_) | Kind::Scalar { .. }, _) => {}
        }
        Ok(())
    }

    fn plain_only(&mut self, line: usize, anchor: usize, tag: bool) {
        if anchor > 0 {
            self.note(line, "an anchor (`&name`) is not read; remove it");
        }
        if tag {
            self.note(line, "a tag (`!name`) is not read; remove it");
        }
    }

    fn note(&mut self, line: usize, message: impl Into<String>) {
        let problem =
            Problem { file: self.file.to_owned(), line: Some(line), path: self.path(), message: message.into() };
        self.problems.push(problem);
    }

    fn fatal(&mut self, line: usize, message: impl Into<String>) -> Problems {
        self.note(line, message);
        Problems(std::mem::take(&mut self.problems))
    }

    /// Where the reader stands, readable.
    fn path(&self) -> String {
        let mut path = String::new();
        for open in &self.stack {
            match (&open.node.kind, &open.key) {
                (Kind::List(items), _) => path.extend(["[", &items.len().to_string(), "]"]),
                (Kind::Map(_) | Kind::Scalar { .. }, Some(key)) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&clip(&key.text));
                }
                (Kind::Map(_) | Kind::Scalar { .. }, None) => {}
            }
        }
        path
    }
}

/// What plain scalars may stand for where a schema does not say.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Expect {
    /// What the schema of the place says.
    Schema(Option<&'static Value>),
    /// Text or nothing.
    Text,
}

impl Expect {
    fn property(self, key: &str) -> Self {
        match self {
            Self::Schema(schema) => Self::Schema(schema.and_then(|schema| schema::property(schema, key))),
            Self::Text => Self::Text,
        }
    }

    fn item(self) -> Self {
        match self {
            Self::Schema(schema) => Self::Schema(schema.and_then(schema::item)),
            Self::Text => Self::Text,
        }
    }
}

impl Node {
    /// The places of what was no YAML: `inner` lists within the entries of the list `outer`, by their lines.
    pub(crate) fn outline(outer: &str, inner: &str, lines: impl Iterator<Item = Vec<usize>>) -> Self {
        let at = |kind: Kind, line: usize| Self { kind, line, column: 1 };
        let entry = |name: &str, kind: Kind, line: usize| {
            let key = Key { text: name.to_owned(), line, column: 1 };
            Kind::Map(vec![(key, at(kind, line))])
        };
        let items = lines.map(|lines| {
            let first = lines.first().copied().unwrap_or(1);
            let items = lines.into_iter().map(|line| at(Kind::Map(Vec::new()), line)).collect();
            at(entry(inner, Kind::List(items), first), first)
        });
        at(entry(outer, Kind::List(items.collect()), 1), 1)
    }

    /// The tree as JSON. Keys without a value are left out: an empty value says nothing.
    pub(crate) fn value(&self, expect: Expect) -> Value {
        match &self.kind {
            Kind::Scalar { text, plain: true } => scalar::plain(text, expect),
            Kind::Scalar { text, plain: false } => Value::from(text.as_str()),
            Kind::List(items) => Value::Array(items.iter().map(|item| item.value(expect.item())).collect()),
            Kind::Map(entries) => {
                let values =
                    entries.iter().map(|(key, node)| (key.text.clone(), node.value(expect.property(&key.text))));
                Value::Object(values.filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>())
            }
        }
    }

    /// Line and column (both from 1) of the value at a JSON pointer, or of the nearest thing around it. An entry of
    /// a mapping stands where its key stands.
    pub(crate) fn locate(&self, pointer: &str) -> (usize, usize) {
        let mut node = self;
        let mut place = (self.line, self.column);
        for token in pointer.split('/').skip(1) {
            let next = match &node.kind {
                Kind::Map(entries) => {
                    let token = unescape(token);
                    let found = entries.iter().find(|(key, _)| key.text == token);
                    found.map(|(key, value)| ((key.line, key.column), value))
                }
                Kind::List(items) => {
                    let found = token.parse().ok().and_then(|index: usize| items.get(index));
                    found.map(|item| ((item.line, item.column), item))
                }
                Kind::Scalar { .. } => None,
            };
            let Some((found, value)) = next else { break };
            place = found;
            node = value;
        }
        place
    }

    /// Calls `visit` with the JSON pointer and the text of every scalar that was written as text.
    pub(crate) fn texts(&self, pointer: &str, visit: &mut impl FnMut(&str, &str)) {
        match &self.kind {
            // A plain scalar is empty only where nothing is written at all.
            Kind::Scalar { text, plain } => {
                if !(*plain && text.is_empty()) {
                    visit(pointer, text);
                }
            }
            Kind::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.texts(&format!("{pointer}/{index}"), visit);
                }
            }
            Kind::Map(entries) => {
                for (key, value) in entries {
                    value.texts(&format!("{pointer}/{}", escape(&key.text)), visit);
                }
            }
        }
    }
}
