//! Batches: what the fields of one request ask for one by one is read together. A batch waits for the statement before
//! it, yields to the scheduler until its siblings add nothing more, and then reads what all of them want; a sleep,
//! however short, would be the request's latency.
//!
//! A loader belongs to one request. Sharing one would show a record to somebody else.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio::sync::Notify;

use crate::record::Record;
use crate::{Edge, Filter, Page, PageRequest, Scope, StoreError};

/// One request's reads.
#[derive(Debug)]
pub struct Loader {
    scope: Scope,
    /// Whose statement is executed: the connection takes one at a time anyway, and a batch that waits stays open.
    turn: Arc<Turn>,
    batches: Mutex<HashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>>,
}

impl Loader {
    /// A loader of its own for one request.
    pub fn new(scope: Scope) -> Self {
        Self { scope, turn: Arc::default(), batches: Mutex::default() }
    }

    /// The scope it reads from.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// One record; `None` when it does not exist or may not be seen, which is the same to the caller.
    pub async fn get<R: Record>(&self, key: R::Key) -> Result<Option<Arc<R>>, StoreError> {
        let batches = self.batches::<ByKey<R>, R::Key, Arc<R>>(String::new());
        batches.load(key, &self.scope, |scope, keys| async move { scope.by_keys::<R>(&keys).await }.boxed()).await
    }

    /// Every record of a small catalogue.
    pub async fn all<R: Record<Key = String>>(&self) -> Result<Vec<Arc<R>>, StoreError> {
        let batches = self.batches::<All<R>, (), Vec<Arc<R>>>(String::new());
        let fetch = |scope: Scope, _| async move { Ok(HashMap::from([((), scope.catalogue::<R>().await?)])) }.boxed();
        Ok(batches.load((), &self.scope, fetch).await?.unwrap_or_default())
    }

    /// A part of the children of one parent.
    pub async fn children<P: Record, C: Record>(
        &self,
        edge: Edge<P, C>,
        parent: P::Key,
        request: PageRequest<C>,
    ) -> Result<Page<C>, StoreError> {
        let beyond = request.slice.after.is_some() && !request.slice.backwards;
        let batches = self.batches::<Children<P, C>, P::Key, Page<C>>(format!("{edge:?} {request:?}"));
        let fetch =
            move |scope: Scope, keys: Vec<P::Key>| async move { scope.children(edge, &keys, &request).await }.boxed();
        let empty = Page { has_previous: beyond, ..Page::default() };
        Ok(batches.load(parent, &self.scope, fetch).await?.unwrap_or(empty))
    }

    /// How many children one parent has.
    pub async fn count_children<P: Record, C: Record>(
        &self,
        edge: Edge<P, C>,
        parent: P::Key,
        filter: Filter<C>,
    ) -> Result<u64, StoreError> {
        let batches = self.batches::<Children<P, C>, P::Key, u64>(format!("count {edge:?} {filter:?}"));
        let fetch = move |scope: Scope, keys: Vec<P::Key>| {
            async move { scope.count_children(edge, &keys, &filter).await }.boxed()
        };
        Ok(batches.load(parent, &self.scope, fetch).await?.unwrap_or(0))
    }

    /// The batches of one kind of read; `M` and the text tell kinds apart.
    fn batches<M: 'static, K: Send + Sync + 'static, V: Send + Sync + 'static>(
        &self,
        name: String,
    ) -> Arc<Batches<K, V>> {
        let mut all = lock(&self.batches);
        let batches =
            all.entry((TypeId::of::<(M, V)>(), name)).or_insert_with(|| Arc::new(Batches::<K, V>::new(&self.turn)));
        // The type is part of the key, so the cast holds; a fresh batch would only cost a statement.
        Arc::clone(batches).downcast().unwrap_or_else(|_| Arc::new(Batches::new(&self.turn)))
    }
}

struct All<R>(std::marker::PhantomData<R>);
struct ByKey<R>(std::marker::PhantomData<R>);
struct Children<P, C>(std::marker::PhantomData<(P, C)>);

type Answer<K, V> = Result<Arc<HashMap<K, V>>, StoreError>;
/// Shared, so that a batch goes on when the field that opened it is dropped.
type Pending<K, V> = Shared<BoxFuture<'static, Answer<K, V>>>;
/// The keys of a batch until it takes them.
type Keys<K> = Arc<Mutex<Option<Vec<K>>>>;

/// Whose turn it is at the connection, which executes one statement at a time anyway. Nothing is handed from one batch
/// to the next: a field that was dropped while it waited must not keep what it will never use.
#[derive(Debug, Default)]
struct Turn {
    busy: AtomicBool,
    free: Notify,
}

impl Turn {
    /// Takes the turn if it is free.
    fn take(self: &Arc<Self>) -> Option<Taken> {
        (!self.busy.swap(true, Ordering::AcqRel)).then(|| Taken(Arc::clone(self)))
    }
}

/// The turn, given back when dropped.
struct Taken(Arc<Turn>);

impl Drop for Taken {
    fn drop(&mut self) {
        self.0.busy.store(false, Ordering::Release);
        self.0.free.notify_waiters();
    }
}

struct Batches<K, V> {
    turn: Arc<Turn>,
    state: Mutex<State<K, V>>,
}

struct State<K, V> {
    known: HashMap<K, Pending<K, V>>,
    open: Option<(Keys<K>, Pending<K, V>)>,
}

impl<K, V> Batches<K, V> {
    fn new(turn: &Arc<Turn>) -> Self {
        Self { turn: Arc::clone(turn), state: Mutex::new(State { known: HashMap::new(), open: None }) }
    }
}

impl<K, V> Batches<K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    async fn load<F>(&self, key: K, scope: &Scope, fetch: F) -> Result<Option<V>, StoreError>
    where
        F: FnOnce(Scope, Vec<K>) -> BoxFuture<'static, Result<HashMap<K, V>, StoreError>> + Send + 'static,
    {
        let pending = self.join(&key, scope, fetch);
        // Before the batch is polled at all: whoever of the siblings polls it first makes it read.
        tokio::task::yield_now().await;
        Ok(pending.await?.get(&key).cloned())
    }

    /// Adds the key to the batch that is still open, or opens one.
    fn join<F>(&self, key: &K, scope: &Scope, fetch: F) -> Pending<K, V>
    where
        F: FnOnce(Scope, Vec<K>) -> BoxFuture<'static, Result<HashMap<K, V>, StoreError>> + Send + 'static,
    {
        let mut state = lock(&self.state);
        if let Some(pending) = state.known.get(key) {
            return pending.clone();
        }
        if let Some((keys, pending)) = state.open.clone()
            && let Some(keys) = lock(&keys).as_mut()
        {
            keys.push(key.clone());
            state.known.insert(key.clone(), pending.clone());
            return pending;
        }
        let keys: Keys<K> = Arc::new(Mutex::new(Some(vec![key.clone()])));
        let (wanted, scope, turn) = (Arc::clone(&keys), scope.clone(), Arc::clone(&self.turn));
        let pending = async move {
            let turn = loop {
                // Each time anew: whoever the statement before has just answered adds its keys first.
                settle(&wanted).await;
                let mut free = Box::pin(turn.free.notified());
                free.as_mut().enable();
                if let Some(taken) = turn.take() {
                    break taken;
                }
                free.await;
            };
            let keys = lock(&wanted).take().unwrap_or_default();
            execute(fetch(scope, keys), turn).await.map(Arc::new)
        }
        .boxed()
        .shared();
        state.known.insert(key.clone(), pending.clone());
        state.open = Some((keys, pending.clone()));
        pending
    }
}

/// Yields until the siblings add nothing more; many of them are not all polled in one go.
async fn settle<K>(keys: &Mutex<Option<Vec<K>>>) {
    let mut size = 0;
    loop {
        tokio::task::yield_now().await;
        let grown = lock(keys).as_ref().map_or(0, Vec::len);
        if grown == size {
            return;
        }
        size = grown;
    }
}

/// Executes a statement as a task of its own, so that it ends, and the turn with it, whoever stops waiting.
#[expect(clippy::disallowed_methods, reason = "the task ends with its one statement")]
async fn execute<T: Send + 'static>(
    statement: BoxFuture<'static, Result<T, StoreError>>,
    turn: Taken,
) -> Result<T, StoreError> {
    let task = tokio::spawn(async move {
        let answer = statement.await;
        drop(turn);
        answer
    });
    task.await.unwrap_or_else(|error| Err(StoreError::Internal(error.to_string())))
}

/// A panic while holding one of these locks leaves nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
