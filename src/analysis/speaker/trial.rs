//! Texts made ready so that the weights of `dialogue.toml` can be tried on them again and again; for the program that
//! chooses the weights.

use super::scene::Stands;
use super::{Ground, settled};
use crate::analysis::person::Cast;
use crate::analysis::quote::{self, Found};
use crate::analysis::{Parse, parse};
use crate::document::{Document, from_text};
use crate::lexicon::{DialogueTable, Lexicon};
use crate::text::Span;

/// A text, cut and tagged.
#[derive(Debug)]
pub struct Text {
    document: Document,
    parse: Parse,
}

impl Text {
    /// Cuts and tags a text.
    pub fn new(text: String, lexicon: &Lexicon) -> Self {
        let document = from_text(text, "text");
        let parse = parse(&document, lexicon);
        Self { document, parse }
    }
}

/// A text with its quotes and people.
pub struct Trial<'t> {
    text: &'t Text,
    found: Found,
    cast: Cast<'t>,
    ground: Ground,
}

impl std::fmt::Debug for Trial<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trial").field("quotes", &self.found.drafts.len()).finish_non_exhaustive()
    }
}

impl<'t> Trial<'t> {
    /// Finds the quotes and the people.
    pub fn new(text: &'t Text, lexicon: &'t Lexicon) -> Self {
        let Text { document, parse } = text;
        let mut found = quote::find(document, parse, lexicon);
        super::mend_sources(parse, lexicon.people(), &mut found);
        let mut cast = Cast::gather(document, parse, lexicon, &found);
        let ground = Ground::read(document, parse, &found, &mut cast);
        Self { text, found, cast, ground }
    }

    /// Whether it is a story.
    pub fn is_story(&self) -> bool {
        self.found.narrative
    }

    /// The pieces of every quote.
    pub fn quotes(&self) -> Vec<Vec<Span>> {
        self.found.drafts.iter().map(|d| d.pieces.iter().map(|p| self.text.parse.span(p.clone())).collect()).collect()
    }

    /// Whether a quote's own words say for sure who speaks, so that no weight counts.
    pub fn is_given(&self, quote: usize) -> bool {
        matches!(self.ground.evidence[quote].source, Some(Stands::For(_)))
    }

    /// The name of every speaker, with these weights.
    pub fn speakers(&self, table: &DialogueTable) -> Vec<Option<&str>> {
        let choices = self.ground.settle(&self.found, &self.cast, table);
        let person = self.ground.evidence.iter().zip(&choices).map(|(evidence, choice)| settled(evidence, choice));
        person.map(|p| p.map(|p| self.cast.entries[p.index()].best_name(self.found.narrative))).collect()
    }
}
