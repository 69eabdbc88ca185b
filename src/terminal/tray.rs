//! A place for the newest of its kind. All findings of a book take megabytes; where they would queue up behind a flood of keys,
//! only the newest of a document is kept.

use std::sync::{Arc, Mutex, PoisonError};

use crate::app::DocumentId;

/// Holds one thing of one document until it is taken.
pub struct Tray<T>(Arc<Mutex<Option<(DocumentId, T)>>>);

impl<T> Tray<T> {
    /// An empty one.
    pub fn new() -> Self {
        Self(Arc::default())
    }

    /// Puts a thing into the tray, in place of an older one of the same document. Answers the tray to be handed on when nobody
    /// has been told of it yet. What lies there of another document stays for whoever was told, and a new tray is begun.
    pub fn lay(&mut self, id: DocumentId, thing: T) -> Option<Self> {
        let mut laid = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = laid.as_ref().map(|(id, _)| *id);
        if before.is_none_or(|before| before == id) {
            *laid = Some((id, thing));
            drop(laid);
            return before.is_none().then(|| Self(Arc::clone(&self.0)));
        }
        drop(laid);
        *self = Self(Arc::new(Mutex::new(Some((id, thing)))));
        Some(Self(Arc::clone(&self.0)))
    }

    /// Takes what lies there.
    pub fn take(&self) -> Option<(DocumentId, T)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_of_a_document_is_kept() {
        let (one, two) = (DocumentId(1), DocumentId(2));
        let mut tray = Tray::new();
        let first = tray.lay(one, 'a').expect("somebody must be told");
        assert!(tray.lay(one, 'b').is_none());
        let second = tray.lay(two, 'c').expect("another document, another tray");
        assert_eq!((first.take(), first.take(), second.take()), (Some((one, 'b')), None, Some((two, 'c'))));
        assert!(tray.lay(two, 'd').is_some());
    }
}
