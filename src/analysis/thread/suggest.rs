//! Threads nobody has named yet.

use super::Text;
use super::status::Judge;
use crate::analysis::{Thread, ThreadDefinition};

/// The few threads that the text itself suggests.
pub(super) fn find(_text: Text, _judge: &Judge, _definitions: &[ThreadDefinition]) -> Vec<Thread> {
    Vec::new()
}
