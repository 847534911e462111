//! Filters as clients write them. Every part is optional; `{}` is no condition; an explicit `null` is an error, because it
//! is nearly always a variable that somebody forgot.

mod input;

use std::cell::Cell;

use async_graphql::{InputType, MaybeUndefined};
use domain::{Id, RecordKind, text};
use persistence::{Edge, Field, Filter, Operand, Record, Test};

use crate::enums::Code;
use crate::error::{Error, Result};
use crate::global_id::GlobalId;
use crate::scalar::Decimal;

pub use input::{
    CodeFilter, DateFilter, DecimalFilter, ExactFilter, IdFilter, NumberFilter, RelationFilter, TextFilter,
};

/// How deep filters may nest over `and`, `or`, `not` and relations.
const MAX_DEPTH: usize = 8;
/// How many values one comparison may list.
const MAX_LIST: usize = 200;

/// A filter of one type.
pub trait Where: Sized {
    /// The record it filters.
    type Record: Record;
    /// The condition.
    fn filter(self, within: &Nesting<'_>) -> Result<Filter<Self::Record>>;
}

/// How many conditions one filter may have in all. Each becomes a part of one SQL expression, which engines nest only so
/// deep, and a variable can repeat a large part at no cost to its sender.
const MAX_CONDITIONS: u32 = 300;

/// Where in a filter one is: how deep, and how many conditions may still come.
pub struct Nesting<'a> {
    depth: usize,
    left: &'a Cell<u32>,
}

impl Nesting<'_> {
    /// One level further in.
    fn deeper(&self) -> Self {
        Self { depth: self.depth + 1, left: self.left }
    }
}

/// Reads the `where` argument of a list.
pub fn conditions<W: Where>(filter: Option<W>) -> Result<Filter<W::Record>> {
    filter.map_or_else(
        || Ok(Filter::default()),
        |filter| filter.filter(&Nesting { depth: 0, left: &Cell::new(MAX_CONDITIONS) }),
    )
}

/// Conditions being collected: all of them must hold.
pub struct Conditions<'a, R> {
    all: Vec<Filter<R>>,
    within: &'a Nesting<'a>,
}

/// The value of an input field: absent, or present; null is refused.
fn given<T>(field: &str, value: MaybeUndefined<T>) -> Result<Option<T>> {
    match value {
        MaybeUndefined::Undefined => Ok(None),
        MaybeUndefined::Value(value) => Ok(Some(value)),
        MaybeUndefined::Null => {
            Err(Error::bad_input(format!("{field}: null is not a condition; leave the field out, or use isNull: true")))
        }
    }
}

impl<'a, R: Record> Conditions<'a, R> {
    /// Nothing yet, at this depth of nesting.
    pub fn new(within: &'a Nesting<'a>) -> Result<Self> {
        if within.depth > MAX_DEPTH {
            return Err(Error::bad_input(format!("filters nest at most {MAX_DEPTH} levels")));
        }
        match within.left.get().checked_sub(1) {
            Some(left) => within.left.set(left),
            None => return Err(Error::bad_input(format!("a filter has at most {MAX_CONDITIONS} conditions"))),
        }
        Ok(Self { all: Vec::new(), within })
    }

    /// `and`, `or`, `not`.
    pub fn logic<W: Where<Record = R>>(
        &mut self,
        and: MaybeUndefined<Vec<W>>,
        or: MaybeUndefined<Vec<W>>,
        not: MaybeUndefined<Box<W>>,
    ) -> Result<()> {
        let within = self.within.deeper();
        let every = |list: Vec<W>| listed(list)?.into_iter().map(|one| one.filter(&within)).collect::<Result<Vec<_>>>();
        if let Some(and) = given("and", and)? {
            self.all.push(Filter::all(every(and)?));
        }
        if let Some(or) = given("or", or)? {
            self.all.push(Filter::any(every(or)?));
        }
        if let Some(not) = given("not", not)? {
            self.all.push(Filter::negated(not.filter(&within)?));
        }
        Ok(())
    }

    fn test(&mut self, field: Field<R>, test: Test) {
        self.all.push(Filter::test(field, test));
    }

    /// Text that is stored folded, one value a row.
    pub fn text(&mut self, field: Field<R>, filter: MaybeUndefined<TextFilter>) -> Result<()> {
        let Some(filter) = given("text filter", filter)? else { return Ok(()) };
        let folded = |text: &String| Operand::Text(text::fold(text));
        if let Some(eq) = given("eq", filter.eq)? {
            self.test(field, Test::Eq(folded(&checked(eq)?)));
        }
        if let Some(list) = given("in", filter.any_of)? {
            self.test(field, Test::In(all_checked(list)?.iter().map(folded).collect()));
        }
        if let Some(part) = given("contains", filter.contains)? {
            self.test(field, Test::Contains(text::fold(&checked(part)?)));
        }
        if let Some(start) = given("startsWith", filter.starts_with)? {
            self.test(field, Test::StartsWith(text::fold(&checked(start)?)));
        }
        Ok(())
    }

    /// Several folded texts a row, each between line breaks: any of them may fit.
    pub fn names(&mut self, field: Field<R>, filter: MaybeUndefined<TextFilter>) -> Result<()> {
        let Some(filter) = given("text filter", filter)? else { return Ok(()) };
        let whole = |text: &String| Test::Contains(format!("\n{}\n", text::fold(text)));
        if let Some(eq) = given("eq", filter.eq)? {
            self.test(field, whole(&checked(eq)?));
        }
        if let Some(list) = given("in", filter.any_of)? {
            self.all
                .push(Filter::any(all_checked(list)?.iter().map(|text| Filter::test(field, whole(text))).collect()));
        }
        if let Some(part) = given("contains", filter.contains)? {
            self.test(field, Test::Contains(text::fold(&checked(part)?)));
        }
        if let Some(start) = given("startsWith", filter.starts_with)? {
            self.test(field, Test::Contains(format!("\n{}", text::fold(&checked(start)?))));
        }
        Ok(())
    }

    /// Document numbers: any printing of the number is found.
    pub fn number(&mut self, field: Field<R>, filter: MaybeUndefined<NumberFilter>) -> Result<()> {
        let Some(filter) = given("number", filter)? else { return Ok(()) };
        if let Some(eq) = given("eq", filter.eq)? {
            self.test(field, Test::Contains(format!("\n{}\n", domain::number::number_key(&checked(eq)?))));
        }
        if let Some(part) = given("contains", filter.contains)? {
            self.test(field, Test::Contains(domain::number::number_key(&checked(part)?)));
        }
        if let Some(unknown) = given("isNull", filter.is_null)? {
            let empty = Filter::test(field, Test::Eq(Operand::Text(String::new())));
            self.all.push(if unknown { empty } else { Filter::negated(empty) });
        }
        Ok(())
    }

    /// A code.
    pub fn code<C: Code>(&mut self, field: Field<R>, filter: MaybeUndefined<CodeFilter<C>>) -> Result<()> {
        let Some(filter) = given("filter", filter)? else { return Ok(()) };
        let operands =
            |list: Vec<C>| Ok::<_, Error>(listed(list)?.into_iter().map(|code| Operand::Text(code.code())).collect());
        if let Some(eq) = given("eq", filter.eq)? {
            self.test(field, Test::Eq(Operand::Text(eq.code())));
        }
        if let Some(list) = given("in", filter.any_of)? {
            self.test(field, Test::In(operands(list)?));
        }
        if let Some(list) = given("notIn", filter.none_of)? {
            self.test(field, Test::NotIn(operands(list)?));
        }
        Ok(())
    }

    /// A code of a catalogue, slug or other exact text.
    pub fn exact(&mut self, field: Field<R>, filter: MaybeUndefined<ExactFilter>) -> Result<()> {
        let Some(filter) = given("filter", filter)? else { return Ok(()) };
        let operands = |list: Vec<String>| Ok::<_, Error>(all_checked(list)?.into_iter().map(Operand::Text).collect());
        if let Some(eq) = given("eq", filter.eq)? {
            self.test(field, Test::Eq(Operand::Text(checked(eq)?)));
        }
        if let Some(list) = given("in", filter.any_of)? {
            self.test(field, Test::In(operands(list)?));
        }
        if let Some(list) = given("notIn", filter.none_of)? {
            self.test(field, Test::NotIn(operands(list)?));
        }
        if let Some(unknown) = given("isNull", filter.is_null)? {
            self.test(field, Test::IsNull(unknown));
        }
        Ok(())
    }

    /// A date with bounds: a row fits when all the days it can mean fit.
    pub fn date(&mut self, earliest: Field<R>, latest: Field<R>, filter: MaybeUndefined<DateFilter>) -> Result<()> {
        let Some(filter) = given("date filter", filter)? else { return Ok(()) };
        if let Some(day) = given("on", filter.on)? {
            self.test(earliest, Test::Gte(Operand::Date(day.0)));
            self.test(latest, Test::Lte(Operand::Date(day.0)));
        }
        if let Some(day) = given("from", filter.from)? {
            self.test(earliest, Test::Gte(Operand::Date(day.0)));
        }
        if let Some(day) = given("to", filter.to)? {
            self.test(latest, Test::Lte(Operand::Date(day.0)));
        }
        if let Some(unknown) = given("isNull", filter.is_null)? {
            let known = Filter::any(vec![
                Filter::test(earliest, Test::IsNull(false)),
                Filter::test(latest, Test::IsNull(false)),
            ]);
            self.all.push(if unknown { Filter::negated(known) } else { known });
        }
        Ok(())
    }

    /// A number stored in ten-thousandths.
    pub fn decimal(&mut self, field: Field<R>, filter: MaybeUndefined<DecimalFilter>) -> Result<()> {
        let Some(filter) = given("value", filter)? else { return Ok(()) };
        if let Some(value) = given("eq", filter.eq)? {
            self.test(field, Test::Eq(scaled(value)?));
        }
        if let Some(value) = given("gte", filter.gte)? {
            self.test(field, Test::Gte(scaled(value)?));
        }
        if let Some(value) = given("lte", filter.lte)? {
            self.test(field, Test::Lte(scaled(value)?));
        }
        if let Some(unknown) = given("isNull", filter.is_null)? {
            self.test(field, Test::IsNull(unknown));
        }
        Ok(())
    }

    /// Yes or no.
    pub fn flag(&mut self, field: Field<R>, filter: MaybeUndefined<bool>) -> Result<()> {
        if let Some(yes) = given("filter", filter)? {
            self.test(field, Test::Eq(Operand::Bool(yes)));
        }
        Ok(())
    }

    /// Whether there is a record on the other side of a to-one edge, as far as it may be seen: the key alone would tell
    /// of one that may not.
    pub fn linked<C: Record>(&mut self, edge: Edge<R, C>, filter: MaybeUndefined<bool>) -> Result<()> {
        if let Some(linked) = given("filter", filter)? {
            let some = Filter::some(edge, Filter::default());
            self.all.push(if linked { some } else { Filter::negated(some) });
        }
        Ok(())
    }

    /// The record on the other side of a to-one edge.
    pub fn one<W: Where>(&mut self, edge: Edge<R, W::Record>, filter: MaybeUndefined<Box<W>>) -> Result<()> {
        if let Some(filter) = given("filter", filter)? {
            self.all.push(Filter::some(edge, filter.filter(&self.within.deeper())?));
        }
        Ok(())
    }

    /// The records on the other side of a to-many edge.
    pub fn many<W: Where + InputType>(
        &mut self,
        edge: Edge<R, W::Record>,
        filter: MaybeUndefined<Box<RelationFilter<W>>>,
    ) -> Result<()>
    where
        RelationFilter<W>: InputType,
    {
        let Some(filter) = given("relation", filter)? else { return Ok(()) };
        if let Some(some) = given("some", filter.some)? {
            self.all.push(Filter::some(edge, some.filter(&self.within.deeper())?));
        }
        if let Some(none) = given("none", filter.none)? {
            self.all.push(Filter::negated(Filter::some(edge, none.filter(&self.within.deeper())?)));
        }
        Ok(())
    }

    /// All of what was collected.
    pub fn done(self) -> Filter<R> {
        Filter::all(self.all)
    }
}

impl<T: 'static, R: Record<Key = Id<T>>> Conditions<'_, R> {
    /// Global ids. An id of something else matches nothing; it is not an error, so that it tells nothing either.
    pub fn ids(&mut self, kind: RecordKind, filter: MaybeUndefined<IdFilter>) -> Result<()> {
        let Some(filter) = given("id", filter)? else { return Ok(()) };
        let mut ids = given("in", filter.any_of)?.map(listed).transpose()?;
        if let Some(eq) = given("eq", filter.eq)? {
            ids.get_or_insert_default().push(eq);
        }
        if let Some(ids) = ids {
            let parsed = ids.iter().map(GlobalId::parse).collect::<Result<Vec<_>>>()?;
            self.all.push(Filter::keys(parsed.iter().filter_map(|id| id.as_record(kind)).collect()));
        }
        Ok(())
    }
}

/// How long a text to compare with may be.
const MAX_TEXT: usize = 200;

/// A text as it may reach the database: SQLite limits patterns, PostgreSQL knows no NUL.
fn checked(text: String) -> Result<String> {
    if text.chars().count() > MAX_TEXT || text.contains('\0') {
        return Err(Error::bad_input(format!(
            "a text to compare with has at most {MAX_TEXT} characters, and no U+0000"
        )));
    }
    Ok(text)
}

/// Several of them.
fn all_checked(texts: Vec<String>) -> Result<Vec<String>> {
    listed(texts)?.into_iter().map(checked).collect()
}

fn listed<T>(list: Vec<T>) -> Result<Vec<T>> {
    if list.len() > MAX_LIST {
        return Err(Error::bad_input(format!("a filter lists at most {MAX_LIST} values, {} were given", list.len())));
    }
    Ok(list)
}

fn scaled(value: Decimal) -> Result<Operand> {
    domain::Quantity::new(Some(value.0), domain::Qualifier::Exact, None)
        .map(|quantity| Operand::Int(quantity.value_e4().unwrap_or_default()))
        .map_err(|error| Error::bad_input(error.to_string()))
}
