//! Connections (Relay): edges, nodes, page information, and a count that is only run when it is selected.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, OutputType, SimpleObject, TypeName};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use persistence::{Edge as StoreEdge, Filter, Loader, Page, PageRequest, Record, Slice, Sort};

use crate::cursor::{self, OrderHash};
use crate::error::{Error, ErrorCode, Result};
use crate::global_id::GlobalId;
use crate::request::request;

const DEFAULT_PAGE: i32 = 20;
const MAX_PAGE: i32 = 100;
const MAX_COUNT: i32 = 10_000;

/// A GraphQL type over a record of the store.
pub trait NodeType: OutputType + Clone + Send + Sync + 'static {
    /// What the store calls it.
    type Record: Record;
    /// The type's name.
    const NAME: &'static str;

    /// Wraps a record.
    fn wrap(record: Arc<Self::Record>) -> Self;
    /// Its global id.
    fn global_id(&self) -> ID;
}

/// A row of a list: a record, or what a report says of one.
pub trait RowType: OutputType + Clone + Send + Sync + 'static {
    /// What is listed.
    type Listed: Record;
    /// The type's name.
    const ROW: &'static str;
}

impl<T: NodeType> RowType for T {
    type Listed = T::Record;
    const ROW: &'static str = T::NAME;
}

/// Which part of a list the caller wants.
#[derive(Clone, Debug, Default)]
pub struct PageArgs {
    /// From the beginning.
    pub first: Option<i32>,
    /// After this cursor.
    pub after: Option<String>,
    /// From the end.
    pub last: Option<i32>,
    /// Before this cursor.
    pub before: Option<String>,
    /// Rows to leave out; root lists only.
    pub offset: Option<i32>,
}

impl PageArgs {
    /// The four arguments of every connection.
    pub fn new(first: Option<i32>, after: Option<String>, last: Option<i32>, before: Option<String>) -> Self {
        Self { first, after, last, before, offset: None }
    }

    /// With the fifth of root lists.
    pub fn offset(self, offset: Option<i32>) -> Self {
        Self { offset, ..self }
    }

    fn slice(self, order: OrderHash, keys: usize) -> Result<Slice> {
        if self.first.is_some() && self.last.is_some() {
            return Err(Error::bad_input("first and last exclude each other; give one of them"));
        }
        let backwards = self.last.is_some();
        let count = page_size(self.last.or(self.first).unwrap_or(DEFAULT_PAGE))?;
        let offset =
            u32::try_from(self.offset.unwrap_or(0)).map_err(|_negative| Error::bad_input("offset is 0 or more"))?;
        if offset > 0 && (backwards || self.after.is_some() || self.before.is_some()) {
            return Err(Error::bad_input("offset counts from the beginning of the list; use it with first alone"));
        }
        let cursor = |text: Option<String>| text.map(|text| cursor::decode(order, keys, &text)).transpose();
        Ok(Slice { count, backwards, after: cursor(self.after)?, before: cursor(self.before)?, offset })
    }
}

/// How many rows a page may have.
pub fn page_size(wanted: i32) -> Result<u32> {
    if wanted > MAX_PAGE {
        return Err(Error::new(
            ErrorCode::PageTooLarge,
            format!("a page has at most {MAX_PAGE} rows, {wanted} were asked for"),
            "ask for 100 and follow pageInfo.endCursor",
        ));
    }
    match u32::try_from(wanted) {
        Ok(count) if count > 0 => Ok(count),
        Ok(_) | Err(_) => Err(Error::bad_input("first and last are 1 to 100")),
    }
}

type Counter = Arc<dyn for<'a> Fn(&'a Loader, u32) -> BoxFuture<'a, Result<u64>> + Send + Sync>;

/// Makes a row of a record.
type Wrap<T> = Arc<dyn Fn(Arc<<T as RowType>::Listed>) -> T + Send + Sync>;

/// A part of a list.
#[derive(Clone)]
pub struct Connection<T: RowType> {
    page: Page<T::Listed>,
    wrap: Wrap<T>,
    order: OrderHash,
    count: Counter,
}

/// A root list.
pub async fn list<T: NodeType>(
    ctx: &Context<'_>,
    filter: Filter<T::Record>,
    order: Vec<Sort<T::Record>>,
    args: PageArgs,
) -> Result<Connection<T>> {
    rows(ctx, filter, order, args, T::wrap).await
}

/// A root list whose rows say something of records.
pub async fn rows<T: RowType>(
    ctx: &Context<'_>,
    filter: Filter<T::Listed>,
    order: Vec<Sort<T::Listed>>,
    args: PageArgs,
    wrap: impl Fn(Arc<T::Listed>) -> T + Send + Sync + 'static,
) -> Result<Connection<T>> {
    let loader = &request(ctx)?.loader();
    let hash = OrderHash::of(&format!("{} {order:?}", T::ROW));
    let slice = args.slice(hash, order.len() + 1)?;
    let wanted = PageRequest { filter: filter.clone(), order, slice };
    let page = loader.scope().page(&wanted).await?;
    let count: Counter = Arc::new(move |loader, max| {
        let filter = filter.clone();
        async move { Ok(loader.scope().count(&filter, max).await?) }.boxed()
    });
    Ok(Connection { page, wrap: Arc::new(wrap), order: hash, count })
}

/// The children of one parent; read together with those of its siblings.
pub async fn children<P: Record, T: NodeType>(
    ctx: &Context<'_>,
    edge: StoreEdge<P, T::Record>,
    parent: P::Key,
    filter: Filter<T::Record>,
    args: PageArgs,
) -> Result<Connection<T>> {
    let loader = &request(ctx)?.loader();
    let order = edge.order_by();
    let hash = OrderHash::of(&format!("{} {edge:?} {order:?}", T::NAME));
    let slice = args.slice(hash, order.len() + 1)?;
    let wanted = PageRequest { filter: filter.clone(), order, slice };
    let page = loader.children(edge, parent.clone(), wanted).await?;
    let count: Counter = Arc::new(move |loader, _| {
        let (parent, filter) = (parent.clone(), filter.clone());
        async move { Ok(loader.count_children(edge, parent, filter).await?) }.boxed()
    });
    Ok(Connection { page, wrap: Arc::new(T::wrap), order: hash, count })
}

/// All children of one parent, up to a page's limit: for short lists that do not grow.
pub async fn all_children<P: Record, T: NodeType>(
    ctx: &Context<'_>,
    edge: StoreEdge<P, T::Record>,
    parent: P::Key,
    filter: Filter<T::Record>,
) -> Result<Vec<T>> {
    let slice = Slice { count: u32::try_from(MAX_PAGE).unwrap_or(1), ..Slice::default() };
    let wanted = PageRequest { filter, order: edge.order_by(), slice };
    let page = request(ctx)?.loader().children(edge, parent, wanted).await?;
    if page.has_next {
        // Better no list than one that looks whole.
        let message = format!("{edge:?} has more than {MAX_PAGE} entries, too many for a plain list");
        return Err(Error::new(ErrorCode::PageTooLarge, message, "ask for it as a connection, where there is one"));
    }
    Ok(page.items.into_iter().map(|(record, _)| T::wrap(record)).collect())
}

/// One record by key; null when there is none to be seen.
pub async fn one<T: NodeType>(ctx: &Context<'_>, key: Option<<T::Record as Record>::Key>) -> Option<Result<T>> {
    let request = match request(ctx) {
        Ok(request) => request,
        Err(error) => return Some(Err(error)),
    };
    match request.loader().get::<T::Record>(key?).await {
        Ok(record) => record.map(|record| Ok(T::wrap(record))),
        Err(error) => Some(Err(error.into())),
    }
}

/// The record that a global id of ours names; null when it is not to be seen.
pub async fn by_global_id<T>(ctx: &Context<'_>, id: &ID) -> Result<Option<T>>
where
    T: NodeType,
    <T::Record as Record>::Key: Named,
{
    let Some(key) = Named::named(GlobalId::parse(id)?) else { return Ok(None) };
    one::<T>(ctx, Some(key)).await.transpose()
}

/// A key that a global id carries.
pub trait Named: Sized {
    /// The key, where the id carries one of this kind.
    fn named(id: GlobalId) -> Option<Self>;
}

impl<R> Named for domain::Id<R> {
    fn named(id: GlobalId) -> Option<Self> {
        if let GlobalId::Record(_, tenant, uuid) = id { Some(Self::new(tenant, uuid)) } else { None }
    }
}

impl Named for domain::TenantId {
    fn named(id: GlobalId) -> Option<Self> {
        id.as_tenant()
    }
}

impl Named for String {
    fn named(id: GlobalId) -> Option<Self> {
        if let GlobalId::Catalogue(_, code) = id { Some(code) } else { None }
    }
}

impl<T: RowType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::ROW).into()
    }
}

/// A part of a list, with what is needed to ask for the next.
#[Object(name_type)]
impl<T: RowType> Connection<T> {
    /// The rows with their cursors.
    async fn edges(&self) -> Vec<ConnectionEdge<T>> {
        let edge = |(record, cursor): &(Arc<T::Listed>, persistence::Cursor)| ConnectionEdge {
            node: (self.wrap)(Arc::clone(record)),
            cursor: cursor::encode(self.order, cursor),
        };
        self.page.items.iter().map(edge).collect()
    }

    /// The rows.
    async fn nodes(&self) -> Vec<T> {
        self.page.items.iter().map(|(record, _)| (self.wrap)(Arc::clone(record))).collect()
    }

    /// Whether there is more, and where it begins.
    async fn page_info(&self) -> PageInfo {
        let cursor = |item: Option<&(Arc<T::Listed>, persistence::Cursor)>| {
            item.map(|(_, cursor)| cursor::encode(self.order, cursor))
        };
        PageInfo {
            has_next_page: self.page.has_next,
            has_previous_page: self.page.has_previous,
            start_cursor: cursor(self.page.items.first()),
            end_cursor: cursor(self.page.items.last()),
        }
    }

    /// How many rows the list has, counted up to `max`.
    async fn total_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Some(MAX_COUNT)", desc = "Stop counting here, 1 to 10000.")] max: Option<i32>,
    ) -> Option<Result<Count>> {
        Some(self.counted(ctx, max.unwrap_or(MAX_COUNT)).await)
    }
}

impl<T: RowType> Connection<T> {
    async fn counted(&self, ctx: &Context<'_>, max: i32) -> Result<Count> {
        if !(1..=MAX_COUNT).contains(&max) {
            return Err(Error::bad_input("totalCount(max:) is 1 to 10000"));
        }
        let limit = u32::try_from(max).unwrap_or(1);
        let found = (self.count)(&request(ctx)?.loader(), limit).await?;
        if found > u64::from(limit) {
            return Ok(Count { value: max, precision: CountPrecision::AtLeast });
        }
        Ok(Count { value: i32::try_from(found).unwrap_or(max), precision: CountPrecision::Exact })
    }
}

/// A row with its cursor.
pub struct ConnectionEdge<T: RowType> {
    node: T,
    cursor: String,
}

impl<T: RowType> TypeName for ConnectionEdge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::ROW).into()
    }
}

/// A row of a list and its place in it.
#[Object(name_type)]
impl<T: RowType> ConnectionEdge<T> {
    /// The row.
    async fn node(&self) -> &T {
        &self.node
    }

    /// Its place; pass it as `after` or `before` to the same field in the same order.
    async fn cursor(&self) -> &str {
        &self.cursor
    }
}

/// Where a page lies in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether rows follow.
    has_next_page: bool,
    /// Whether rows come before.
    has_previous_page: bool,
    /// Cursor of the first row.
    start_cursor: Option<String>,
    /// Cursor of the last row.
    end_cursor: Option<String>,
}

impl PageInfo {
    /// For lists that are not read from the store as pages.
    pub fn of(has_next: bool, has_previous: bool, start: Option<String>, end: Option<String>) -> Self {
        Self { has_next_page: has_next, has_previous_page: has_previous, start_cursor: start, end_cursor: end }
    }
}

/// A count.
#[derive(SimpleObject)]
pub struct Count {
    /// The number of rows, or where counting stopped.
    value: i32,
    /// Whether counting came to the end.
    precision: CountPrecision,
}

/// Whether a count came to the end.
#[derive(Clone, Copy, Enum, PartialEq, Eq)]
pub enum CountPrecision {
    /// Every row was counted.
    Exact,
    /// Counting stopped; there are more.
    AtLeast,
}
