//! Who is told when a snapshot has changed.

use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::{Rc, Weak},
};

use crate::Snapshot;

type Subscriber = Rc<dyn Fn(&Snapshot)>;

/// Everybody who wants to know.
#[derive(Default)]
pub(crate) struct Subscribers {
    subscribers: RefCell<Vec<(u32, Subscriber)>>,
    next: Cell<u32>,
}

/// A subscription, which ends when this is dropped.
#[must_use = "a subscription ends when it is dropped"]
pub struct Subscription {
    number: u32,
    subscribers: Weak<Subscribers>,
}

impl Subscribers {
    pub(crate) fn add(self: &Rc<Self>, subscriber: impl Fn(&Snapshot) + 'static) -> Subscription {
        let number = self.next.get();
        self.next.set(number + 1);
        self.subscribers
            .borrow_mut()
            .push((number, Rc::new(subscriber)));
        Subscription {
            number,
            subscribers: Rc::downgrade(self),
        }
    }

    pub(crate) fn tell(&self, snapshot: &Snapshot) {
        // A copy, because whoever is told may subscribe or end a subscription.
        let subscribers = self.subscribers.borrow().clone();
        for (_, subscriber) in subscribers {
            subscriber(snapshot);
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(subscribers) = self.subscribers.upgrade() {
            let mut subscribers = subscribers.subscribers.borrow_mut();
            subscribers.retain(|(number, _)| *number != self.number);
        }
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Subscription")
            .finish_non_exhaustive()
    }
}
