//! Texts in a language besides English: quotes and their speakers from tables of words alone, with a small grammar in place
//! of the tagger and the clauses that English has.
//!
//! [`marks`] pairs quotation marks, [`tag`] tells parts of speech by lists and endings, [`name`] finds names, [`cue`] the verbs of
//! saying and [`subject`] whose they are, [`content`] with [`report`] and [`source`] what is said, [`draft`] joins all that; who a phrase stands for and who talks with whom is decided where it is for English.
//! No word of any language stands here; see [`crate::lexicon::Language`].

mod content;
mod cue;
mod draft;
mod marks;
mod mention;
mod name;
mod report;
mod source;
mod subject;
mod tag;

use super::person::Cast;
use super::quote::{self, Found};
use super::sentence;
use super::speaker;
use super::token::{self, Parse};
use super::{Analysis, Notice, ThreadDefinition};
use crate::document::Document;
use crate::lexicon::{Language, Lexicon};
use crate::text::Span;

/// What the passes over a text in such a language share.
#[derive(Clone, Copy)]
struct Ground<'a> {
    parse: &'a Parse,
    language: &'a Language,
    forms: &'a tag::Words<'a>,
}

/// Finds what can be found in a text of such a language: quotes, speakers and mentions of threads, no claims.
pub(super) fn analyse(
    document: &Document,
    lexicon: &Lexicon,
    language: &Language,
    threads: &[ThreadDefinition],
) -> Analysis {
    let mut parse = token::split(document, &language.tokens);
    let (mut marks, sides) = marks::pair(document, &parse, language);
    sentence::split_by(&mut parse, &language.tokens, &sides);
    let tags = tag::Words::of(&parse, language);
    tag::assign(&mut parse, &tags, &sides, &language.grammar);
    let names = name::find(Ground { parse: &parse, language, forms: &tags }, &marks);
    tag::note_names(&mut parse, &names);
    let ground = Ground { parse: &parse, language, forms: &tags };
    let mut notices = std::mem::take(&mut marks.notices);
    let narrative = tag::is_narrative(ground, &marks, &names);
    let drafts = draft::find(document, ground, &marks, narrative);
    let drafts = quote::group(document, &parse, &marks, drafts, narrative);
    let found = Found { drafts, marks, told: Vec::new(), narrative, notices: Vec::new() };
    let mut cast = Cast::of_names(document, &parse, &language.people, &names, &found);
    let speakers = speaker::attribute(document, &parse, &found, &mut cast, lexicon.dialogue());
    let (people, places) = cast.finish(narrative);
    let quotes = super::quotes(document, &parse, &found, speakers, &places);
    notices.push(Notice {
        span: parse.sentences.first().map_or_else(Span::default, |s| s.span),
        message: format!("read as {}: claims are found in English texts only", lexicon.languages().name(language.code))
            .into(),
    });
    Analysis {
        language: language.code,
        sentences: parse.sentences.iter().map(|s| s.span).collect(),
        people,
        quotes,
        threads: mention::trace(document, ground, threads),
        notices,
        ..Analysis::default()
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Analysis, analyse};
    use crate::document::{Document, from_text};
    use crate::lexicon::{Language, Lexicon, Reading};

    fn each_language(mut check: impl FnMut(&Lexicon, &Language, &mut Vec<String>)) {
        let mut wrong = Vec::new();
        let codes: Vec<_> = Lexicon::english().languages().all().into_iter().skip(1).map(|(code, _)| code).collect();
        for code in codes {
            let lexicon = Lexicon::english().reading(Reading::In(code));
            check(&lexicon, lexicon.languages().get(code).expect("is there"), &mut wrong);
        }
        assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    }

    fn draw(document: &Document, found: &Analysis) -> Vec<String> {
        let quote = |q: &crate::analysis::Quote| {
            let pieces: Vec<_> = q.content.iter().map(|&p| document.slice(p)).collect();
            let mention = q.speaker.as_ref().and_then(|s| s.mention).map_or("-", |m| document.slice(m));
            format!("{{{mention}}} <{}> [{}]", q.cue.map_or("-", |c| document.slice(c)), pieces.join("] ["))
        };
        found.quotes.iter().map(quote).collect()
    }

    #[test]
    fn every_example_of_the_tables_holds() {
        each_language(|lexicon, language, wrong| {
            for example in language.speech.examples() {
                let (text, source, cue, content) = super::super::quote::unmarked(example);
                let document = from_text(text, "example.txt");
                let found = analyse(&document, lexicon, &[]);
                let bare = |list: Vec<String>| -> Vec<String> {
                    list.iter().map(|p| p.trim_matches([',', '.', '!', '?', ' ']).to_owned()).collect()
                };
                let fits = found.quotes.iter().any(|q| {
                    let pieces = q.content.iter().map(|&p| document.slice(p).to_owned()).collect();
                    let mention = q.speaker.as_ref().and_then(|s| s.mention).map(|m| document.slice(m).to_owned());
                    let same_cue = q.cue.is_some_and(|c| document.slice(c) == cue);
                    bare(pieces) == bare(content.clone()) && mention == source && same_cue
                });
                if !fits {
                    wrong.push(format!("{example}\n    got {:?}", draw(&document, &found)));
                }
            }
        });
    }

    #[test]
    fn every_scene_has_its_speakers() {
        each_language(|lexicon, language, wrong| {
            for scene in language.speech.scenes() {
                let (text, expected) = scene.rsplit_once("=>").expect("text => speakers");
                let document = from_text(text.trim().to_owned(), "scene.txt");
                let found = analyse(&document, lexicon, &[]);
                let speakers: Vec<_> =
                    found.quotes.iter().map(|q| q.speaker.as_ref().map_or("-", |s| s.name.as_str())).collect();
                if speakers.join(", ") != expected.trim() {
                    wrong.push(format!("{scene}\n    got {}: {:?}", speakers.join(", "), draw(&document, &found)));
                }
            }
        });
    }
}
