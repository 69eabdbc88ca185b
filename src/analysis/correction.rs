//! What a reader may correct in findings: where a quote begins and ends, who is who, what was not found at all. Each keeps the
//! lists in order and their places in each other right.

use super::{
    Analysis, Certainty, Claim, ClaimId, ClaimKind, Evidence, Holder, PersonId, Polarity, Quote, QuoteId, QuoteKind,
    Speaker, Time,
};
use crate::text::Span;

impl Quote {
    /// Moves the ends: pieces outside go, the first and the last reach to the new ends.
    pub fn set_ends(&mut self, ends: Span) {
        if ends.is_empty() {
            return;
        }
        self.content.retain(|piece| piece.overlaps(ends));
        match self.content.as_mut_slice() {
            [] => self.content.push(ends),
            [only] => *only = ends,
            [first, .., last] => {
                *first = Span::new(ends.start(), first.end());
                *last = Span::new(last.start(), ends.end());
            }
        }
    }
}

impl Analysis {
    /// Adds a quote that was not found.
    pub fn add_quote(&mut self, content: Span, kind: QuoteKind, speaker: Option<Speaker>) -> QuoteId {
        let at = self.quotes.partition_point(|q| q.span() < content);
        let moved = |id: &mut QuoteId| *id = QuoteId::at(id.index() + usize::from(id.index() >= at));
        self.quotes.iter_mut().filter_map(|q| q.repeats.as_mut()).for_each(moved);
        self.claims.iter_mut().filter_map(|c| c.quote.as_mut()).for_each(moved);
        self.quotes.insert(at, Quote { kind, content: vec![content], cue: None, speaker, repeats: None });
        QuoteId::at(at)
    }

    /// Adds a claim of the text that was not found. How sure it is nobody has judged.
    pub fn add_claim(&mut self, content: Span, why: &'static str) -> ClaimId {
        let at = self.claims.partition_point(|c| c.content < content);
        let moved = |id: &mut ClaimId| *id = ClaimId::at(id.index() + usize::from(id.index() >= at));
        self.claims.iter_mut().flat_map(|c| c.against.iter_mut()).for_each(moved);
        self.events.iter_mut().filter_map(|e| e.claim.as_mut()).for_each(moved);
        let sentence = self.sentences.iter().copied().find(|s| s.overlaps(content)).unwrap_or(content);
        let claim = Claim {
            sentence,
            content,
            head: Span::empty(content.start()),
            holder: Holder::Narrator,
            certainty: Certainty::Unknown,
            polarity: Polarity::Unknown,
            factuality: 0.0,
            time: Time::Timeless,
            kind: ClaimKind::Fact,
            evidence: Evidence::Asserted,
            cues: Vec::new(),
            why: vec![why.into()],
            quote: None,
            checkworthy: 0.0,
            against: Vec::new(),
        };
        self.claims.insert(at, claim);
        ClaimId::at(at)
    }

    /// The person of a name: the one who is mostly called so, else one who is called so too.
    pub fn person_named(&self, name: &str) -> Option<PersonId> {
        let called = self.people.iter().position(|p| p.name == name);
        called.or_else(|| self.people.iter().position(|p| p.aliases.iter().any(|a| a == name))).map(PersonId::at)
    }

    /// Makes one person of two: all that was the one's is the other's, who keeps the name. Without another person of the
    /// name the one is called so from now on.
    pub fn merge_people(&mut self, one: PersonId, name: &str) {
        let Some(mut from) = self.people.get(one.index()).cloned() else { return };
        let into = match self.person_named(name) {
            Some(into) if into == one => return,
            Some(into) => into,
            None => {
                let person = &mut self.people[one.index()];
                person.aliases.push(std::mem::replace(&mut person.name, name.to_owned()));
                self.rename_speakers(one, name);
                return;
            }
        };
        let person = &mut self.people[into.index()];
        let name = person.name.clone();
        person.aliases.push(std::mem::take(&mut from.name));
        person.aliases.append(&mut from.aliases);
        person.aliases.sort();
        person.aliases.dedup();
        person.aliases.retain(|a| *a != name);
        person.mentions.append(&mut from.mentions);
        person.mentions.sort_unstable();
        self.people.remove(one.index());
        let now = |id: PersonId| {
            let id = if id == one { into } else { id };
            PersonId::at(id.index() - usize::from(id.index() > one.index()))
        };
        let speakers = self.quotes.iter_mut().filter_map(|q| q.speaker.as_mut()).filter_map(|s| s.person.as_mut());
        speakers.for_each(|id| *id = now(*id));
        for claim in &mut self.claims {
            if let Holder::Named { person: Some(id), .. } = &mut claim.holder {
                *id = now(*id);
            }
        }
        self.rename_speakers(now(into), &name);
    }

    fn rename_speakers(&mut self, person: PersonId, name: &str) {
        let speakers = self.quotes.iter_mut().filter_map(|q| q.speaker.as_mut());
        speakers.filter(|s| s.person == Some(person)).for_each(|s| name.clone_into(&mut s.name));
        for claim in &mut self.claims {
            if let Holder::Named { person: Some(id), name: called } = &mut claim.holder
                && *id == person
            {
                name.clone_into(called);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::document::from_text;
    use crate::lexicon::Lexicon;

    const TEXT: &str = "“The mill may close,” said Ada Quill. “It may,” said Tom Hale, “but not today.”\n\n\
        “We shall see,” said Hale’s brother Cyr Wald.";

    fn analysis() -> Analysis {
        analyse(&from_text(TEXT.into(), "a.txt"), &Lexicon::english(), &[])
    }

    fn speakers(analysis: &Analysis) -> Vec<&str> {
        analysis.quotes.iter().map(|q| q.speaker.as_ref().map_or("-", |s| s.name.as_str())).collect()
    }

    #[test]
    fn ends_are_moved_within_and_over_pieces() {
        let quote = analysis().quotes[1].clone();
        let pieces = |quote: &Quote| quote.content.iter().map(|p| &TEXT[p.range()]).collect::<Vec<_>>().join("|");
        let moved = |start: usize, end: usize| {
            let mut quote = quote.clone();
            quote.set_ends(Span::of(quote.span().start().byte() + start, quote.span().end().byte() - end));
            pieces(&quote)
        };
        assert_eq!(pieces(&quote), "It may,|but not today.");
        assert_eq!(moved(3, 1), "may,|but not today");
        assert_eq!(moved(0, 38), "It ma");
        assert_eq!(moved(0, 0), pieces(&quote));
    }

    #[test]
    fn what_is_added_keeps_the_lists_in_order() {
        let mut analysis = analysis();
        let was: Vec<_> = analysis.claims.iter().map(|c| c.quote.map(|q| analysis.quotes[q.index()].span())).collect();
        let at = TEXT.find("said Tom").expect("in the text");
        let id = analysis.add_quote(Span::of(at, at + 8), QuoteKind::Direct, None);
        assert!(analysis.quotes.is_sorted_by_key(Quote::span) && analysis.quotes[id.index()].speaker.is_none());
        let now: Vec<_> = analysis.claims.iter().map(|c| c.quote.map(|q| analysis.quotes[q.index()].span())).collect();
        assert_eq!(was, now);
        let heads: Vec<_> =
            analysis.events.iter().map(|e| e.claim.map(|c| analysis.claims[c.index()].content)).collect();
        analysis.add_claim(Span::of(at, at + 8), "marked by you");
        assert!(analysis.claims.is_sorted_by_key(|c| c.content));
        let now: Vec<_> = analysis.events.iter().map(|e| e.claim.map(|c| analysis.claims[c.index()].content)).collect();
        assert_eq!(heads, now);
    }

    #[test]
    fn two_names_become_one_person() {
        let mut analysis = analysis();
        assert_eq!(speakers(&analysis), ["Ada Quill", "Tom Hale", "Cyr Wald"]);
        let people = analysis.people.len();
        let ada = analysis.person_named("Ada Quill").expect("named");
        analysis.merge_people(ada, "Cyr Wald");
        assert_eq!(speakers(&analysis), ["Cyr Wald", "Tom Hale", "Cyr Wald"]);
        assert_eq!(analysis.people.len(), people - 1);
        let person =
            |i: usize| analysis.quotes[i].speaker.as_ref().and_then(|s| s.person).map(|p| &analysis.people[p.index()]);
        assert_eq!(person(0), person(2));
        assert!(person(0).is_some_and(|p| p.aliases.contains(&"Ada Quill".to_owned()) && p.mentions.is_sorted()));
        assert_eq!(person(1).map(|p| p.name.as_str()), Some("Tom Hale"));
        let wald = analysis.person_named("Ada Quill").expect("an alias by now");
        analysis.merge_people(wald, "Cyril Wald");
        assert_eq!(speakers(&analysis), ["Cyril Wald", "Tom Hale", "Cyril Wald"]);
        analysis.merge_people(wald, "Cyr Wald");
        assert_eq!(speakers(&analysis)[0], "Cyril Wald", "they are one already");
    }
}
