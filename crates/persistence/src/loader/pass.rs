//! Waiting until the scheduler has come round once. `yield_now` counts polls; a batch is polled by every field that waits
//! for it, so two polls may lie in the same round, with siblings yet to come.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// Is ready in the next round of the scheduler, however often it is polled in this one.
#[derive(Default)]
pub struct NextPass {
    round: Option<Arc<Round>>,
}

struct Round {
    over: AtomicBool,
    waker: Waker,
}

impl Wake for Round {
    fn wake(self: Arc<Self>) {
        self.over.store(true, Ordering::Release);
        self.waker.wake_by_ref();
    }
}

impl Future for NextPass {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if let Some(round) = &self.round {
            return if round.over.load(Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending };
        }
        let round = Arc::new(Round { over: AtomicBool::new(false), waker: context.waker().clone() });
        // The scheduler wakes whoever yields when all that is ready has been polled; here it wakes the round.
        let yielding = std::pin::pin!(tokio::task::yield_now());
        let _ = yielding.poll(&mut Context::from_waker(&Waker::from(Arc::clone(&round))));
        self.round = Some(round);
        Poll::Pending
    }
}
