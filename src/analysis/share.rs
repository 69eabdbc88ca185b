//! Long texts are shared among the processor's cores, sentence by sentence. What comes out is the same for any number of them:
//! only passes that look at one sentence at a time are shared, and their results are put together in order.

use std::num::NonZero;
use std::ops::Range;
use std::thread;

use super::token::Sentence;

/// Shorter texts, in tokens, are not worth a thread and its memory: a novel has half of this.
const LONG: usize = 400_000;
/// More threads than this are not started.
const MOST: usize = 4;

/// Cuts the sentences of a text into as many runs as there are cores for it, at least one.
pub(super) fn cut(sentences: &[Sentence]) -> Vec<Range<usize>> {
    let tokens = sentences.last().map_or(0, |s| s.tokens.end);
    // Asking for the number of cores reads files.
    let cores = || thread::available_parallelism().map_or(1, NonZero::get).min(MOST);
    runs(sentences, if tokens < LONG { 1 } else { cores() })
}

/// Runs of about as many tokens each.
fn runs(sentences: &[Sentence], count: usize) -> Vec<Range<usize>> {
    let tokens = sentences.last().map_or(0, |s| s.tokens.end);
    let mut start = 0;
    let mut runs = Vec::with_capacity(count);
    for run in 1..=count {
        let end = sentences.partition_point(|s| s.tokens.end <= tokens * run / count);
        runs.push(start..end.max(start));
        start = end.max(start);
    }
    runs
}

/// Does work for each of some parts, the last one on this thread, and answers in their order.
pub(super) fn each<P: Send, T: Send>(mut parts: Vec<P>, work: impl Fn(P) -> T + Sync) -> Vec<T> {
    let Some(last) = parts.pop() else { return Vec::new() };
    let work = &work;
    thread::scope(|scope| {
        let others: Vec<_> = parts.into_iter().map(|part| scope.spawn(move || work(part))).collect();
        let last = work(last);
        let joined =
            others.into_iter().map(|other| other.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        joined.chain([last]).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn runs_cover_all_sentences_once() {
        let ends = [3, 4, 90, 91, 100];
        let mut from = 0;
        let sentence = |end| {
            let tokens = std::mem::replace(&mut from, end)..end;
            Sentence { span: Span::default(), tokens, block: 0 }
        };
        let sentences: Vec<Sentence> = ends.into_iter().map(sentence).collect();
        for count in 1..7 {
            let all: Vec<usize> = runs(&sentences, count).into_iter().flatten().collect();
            assert_eq!(all, [0, 1, 2, 3, 4], "{count}");
        }
        assert_eq!(runs(&[], 2), [0..0, 0..0]);
    }

    #[test]
    fn answers_come_in_order() {
        assert_eq!(each(vec![3, 1, 2], |n| n * 2), [6, 2, 4]);
        assert!(each(Vec::<u8>::new(), |n| n).is_empty());
    }
}
