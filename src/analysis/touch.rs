//! Which threads a stretch of the text touches.

use super::Analysis;
use crate::text::Span;

/// The mentions of all threads by place.
#[derive(Debug, Default)]
pub struct ThreadPlaces {
    /// With the place of their thread in [`Analysis::threads`]. Mentions never overlap.
    mentions: Vec<(Span, usize)>,
}

impl ThreadPlaces {
    /// Sorts the mentions once.
    pub fn of(analysis: &Analysis) -> Self {
        let all = analysis.threads.iter().enumerate();
        let mut mentions: Vec<_> = all.flat_map(|(i, t)| t.mentions.iter().map(move |&m| (m, i))).collect();
        mentions.sort_unstable();
        Self { mentions }
    }

    /// The threads that are named in some stretches, each once, in their order.
    pub fn touching(&self, spans: &[Span]) -> Vec<usize> {
        let mut found = Vec::new();
        for &span in spans {
            let first = self.mentions.partition_point(|(m, _)| m.end() <= span.start());
            let inside = self.mentions.iter().skip(first).take_while(|(m, _)| m.start() < span.end());
            found.extend(inside.map(|&(_, thread)| thread));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
