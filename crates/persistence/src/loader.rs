//! Batches: what the fields of one request ask for one by one is read together. A batch waits for the statement before
//! it, yields to the scheduler until its siblings add nothing more, and then reads what all of them want; a sleep,
//! however short, would be the request's latency.
//!
//! A loader belongs to one request. Sharing one would show a record to somebody else.

mod pass;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};

use self::pass::NextPass;
use crate::record::Record;
use crate::{Edge, Filter, Page, PageRequest, Scope, StoreError};

/// One request's reads.
#[derive(Debug)]
pub struct Loader {
    scope: Scope,
    /// Whose statement is executed: the connection takes one at a time anyway, and a batch that waits stays open.
    turn: Turn,
    batches: Mutex<HashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>>,
}

impl Loader {
    /// A loader of its own for one request.
    pub fn new(scope: Scope) -> Self {
        Self { scope, turn: Turn::default(), batches: Mutex::default() }
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

    /// Something that a report says of one record, worked out for its siblings at once; `M` names it together with
    /// `asked`, which holds what else it depends on.
    pub(crate) async fn fact<M: 'static, K, V, F>(
        &self,
        asked: String,
        key: K,
        fetch: F,
    ) -> Result<Option<V>, StoreError>
    where
        K: Clone + Eq + Hash + Send + Sync + 'static,
        V: Clone + Send + Sync + 'static,
        F: FnOnce(Scope, Vec<K>) -> BoxFuture<'static, Result<HashMap<K, V>, StoreError>> + Send + 'static,
    {
        self.batches::<M, K, V>(asked).load(key, &self.scope, fetch).await
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

/// Whose turn it is at the connection, which executes one statement at a time anyway. First come, first served, so that
/// the same operation always costs the same statements.
type Turn = Arc<tokio::sync::Mutex<()>>;

/// How many fields wait for a batch.
type Waiting = Arc<AtomicUsize>;

struct Batches<K, V> {
    turn: Turn,
    state: Mutex<State<K, V>>,
}

struct State<K, V> {
    known: HashMap<K, (Pending<K, V>, Waiting)>,
    open: Option<(Keys<K>, Pending<K, V>, Waiting)>,
}

impl<K, V> Batches<K, V> {
    fn new(turn: &Turn) -> Self {
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
        let waiter = self.join(&key, scope, fetch);
        // Before the batch is polled at all: whoever of the siblings polls it first makes it read.
        tokio::task::yield_now().await;
        let answer = waiter.pending.clone().await;
        Ok(answer?.get(&key).cloned())
    }

    /// Adds the key to the batch that is still open, or opens one.
    fn join<F>(&self, key: &K, scope: &Scope, fetch: F) -> Waiter<'_, K, V>
    where
        F: FnOnce(Scope, Vec<K>) -> BoxFuture<'static, Result<HashMap<K, V>, StoreError>> + Send + 'static,
    {
        let mut state = lock(&self.state);
        if let Some((pending, waiting)) = state.known.get(key) {
            return Waiter::new(self, pending, waiting);
        }
        if let Some((keys, pending, waiting)) = state.open.clone()
            && let Some(keys) = lock(&keys).as_mut()
        {
            keys.push(key.clone());
            state.known.insert(key.clone(), (pending.clone(), Arc::clone(&waiting)));
            return Waiter::new(self, &pending, &waiting);
        }
        let keys: Keys<K> = Arc::new(Mutex::new(Some(vec![key.clone()])));
        let (wanted, scope, turn) = (Arc::clone(&keys), scope.clone(), Arc::clone(&self.turn));
        let pending = async move {
            let _turn = turn.lock_owned().await;
            // Whoever the statement before has just answered adds its keys first.
            settle(&wanted).await;
            let keys = lock(&wanted).take().unwrap_or_default();
            fetch(scope, keys).await.map(Arc::new)
        }
        .boxed()
        .shared();
        let waiting = Waiting::default();
        state.known.insert(key.clone(), (pending.clone(), Arc::clone(&waiting)));
        state.open = Some((keys, pending.clone(), Arc::clone(&waiting)));
        Waiter::new(self, &pending, &waiting)
    }

    /// Forgets a batch for which nobody waits any more: unpolled, it would keep its turn for ever.
    fn forget(&self, waiting: &Waiting) {
        let mut state = lock(&self.state);
        let (gone, kept) =
            std::mem::take(&mut state.known).into_iter().partition(|(_, (_, of))| Arc::ptr_eq(of, waiting));
        state.known = kept;
        let open = state.open.take_if(|(_, _, of)| Arc::ptr_eq(of, waiting));
        drop(state);
        // What is dropped here may wake the next in turn, so not under the lock.
        let gone: HashMap<K, (Pending<K, V>, Waiting)> = gone;
        drop((gone, open));
    }
}

/// One field that waits for a batch.
struct Waiter<'a, K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    batches: &'a Batches<K, V>,
    pending: Pending<K, V>,
    waiting: Waiting,
}

impl<'a, K, V> Waiter<'a, K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    fn new(batches: &'a Batches<K, V>, pending: &Pending<K, V>, waiting: &Waiting) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self { batches, pending: pending.clone(), waiting: Arc::clone(waiting) }
    }
}

impl<K, V> Drop for Waiter<'_, K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    fn drop(&mut self) {
        let last = self.waiting.fetch_sub(1, Ordering::Relaxed) == 1;
        if last && self.pending.peek().is_none() {
            self.batches.forget(&self.waiting);
        }
    }
}

/// Yields until the siblings add nothing more; many of them are not all polled in one go.
async fn settle<K>(keys: &Mutex<Option<Vec<K>>>) {
    let mut size = 0;
    loop {
        NextPass::default().await;
        let grown = lock(keys).as_ref().map_or(0, Vec::len);
        if grown == size {
            return;
        }
        size = grown;
    }
}

/// A panic while holding one of these locks leaves nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;
    use sea_orm::DatabaseConnection;

    use super::*;
    use crate::session::Pool;

    fn scope() -> Scope {
        Scope::anonymous(Pool { connection: DatabaseConnection::default(), prepared: true })
    }

    #[tokio::test]
    async fn siblings_are_read_together() {
        let (batches, scope, calls) = (Batches::new(&Turn::default()), scope(), Arc::new(AtomicUsize::new(0)));
        let load = |key: i32| {
            let calls = Arc::clone(&calls);
            let fetch = move |_: Scope, keys: Vec<i32>| {
                calls.fetch_add(1, Ordering::Relaxed);
                async move { Ok(keys.into_iter().map(|key| (key, key * 2)).collect()) }.boxed()
            };
            batches.load(key, &scope, fetch)
        };
        let answers = join_all((0..500).map(load)).await;
        assert!(answers.into_iter().zip(0..).all(|(answer, key)| answer.unwrap() == Some(key * 2)));
        assert_eq!(calls.load(Ordering::Relaxed), 1);
        assert_eq!(load(7).await.unwrap(), Some(14), "what is known is not read again");
        assert_eq!(calls.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_dropped_field_keeps_nobody_waiting() {
        let (turn, scope) = (Turn::default(), scope());
        let (stuck, other) = (Batches::<i32, i32>::new(&turn), Batches::<i32, i32>::new(&turn));
        let never = |_: Scope, _: Vec<i32>| std::future::pending().boxed();
        let answers =
            |_: Scope, keys: Vec<i32>| async move { Ok(keys.into_iter().map(|key| (key, key)).collect()) }.boxed();
        let mut dropped = Box::pin(stuck.load(1, &scope, never));
        for _ in 0..5 {
            assert!(futures_util::poll!(&mut dropped).is_pending());
            tokio::task::yield_now().await;
        }
        drop(dropped);
        let wait = std::time::Duration::from_secs(5);
        let answer = tokio::time::timeout(wait, other.load(2, &scope, answers)).await;
        assert_eq!(answer.expect("the turn is free").unwrap(), Some(2));
        let again = tokio::time::timeout(wait, stuck.load(1, &scope, answers)).await;
        assert_eq!(again.expect("the dropped batch is forgotten").unwrap(), Some(1));
    }
}
