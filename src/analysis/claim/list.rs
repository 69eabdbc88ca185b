//! Which clauses are claims, how far they reach, and what goes with them into the list.

use std::ops::Range;

use super::group::Form;
use super::holder::{self, Source};
use super::judge::{self, Verdict};
use super::link::Relation;
use super::modifier::{self, Mark};
use super::scan::{NO_QUOTE, Scan};
use super::words::Role;
use super::worth;
use crate::analysis::{Claim, ClaimId, Cue, CueKind, Evidence, Holder, Person, Quote, QuoteId};
use crate::document::Document;
use crate::lexicon::{Class, ClassId, Flags, Slot, Use};
use crate::tag::Tag;

/// Everything that names and texts are taken from.
pub(super) struct Origins<'a> {
    pub document: &'a Document,
    pub people: &'a [Person],
    pub quotes: &'a [Quote],
}

/// The claims of a sentence; for each group the claim it is part of.
pub(super) fn claims(
    scan: &Scan,
    from: &Origins,
    verdicts: &[Verdict],
    marks: &[Mark],
    claims: &mut Vec<Claim>,
) -> Vec<Option<ClaimId>> {
    let mut owners: Vec<Option<ClaimId>> = vec![None; scan.groups.len()];
    let first = claims.len();
    for g in 0..scan.groups.len() {
        if !is_claim(scan, g, verdicts, &owners) {
            continue;
        }
        let content = extent(scan, g);
        if content.len() < 2 || content.len() > 400 {
            continue;
        }
        owners[g] = Some(ClaimId::at(claims.len()));
        claims.push(claim(scan, from, g, content, &verdicts[g], marks));
    }
    adopt(scan, &mut owners);
    cues(scan, marks, verdicts, &owners, first, claims);
    owners
}

fn is_raised(scan: &Scan, g: usize) -> bool {
    let link = &scan.links[g];
    link.relation == Relation::Complement
        && scan.tables.get(link.class).is_some_and(|c| (c.raises || c.kind.is_some() || c.holder) && c.name != "begin")
}

/// Whether a predicate is listed as a claim of its own.
fn is_claim(scan: &Scan, g: usize, verdicts: &[Verdict], owners: &[Option<ClaimId>]) -> bool {
    let (group, link) = (&scan.groups[g], &scan.links[g]);
    if verdicts[g].silent || is_frame(scan, g) || is_bare_saying(scan, g) {
        return false;
    }
    let finite = group.form == Form::Finite || group.form == Form::Bare && link.subject.is_some();
    match link.relation {
        _ if link.joined.is_some_and(|p| owners[p].is_some() && verdicts[p].value == verdicts[g].value) => false,
        // What he asked is no claim; *whether* is kept as an open one.
        Relation::Complement if is_question(scan, link.class) => false,
        Relation::Main | Relation::Complement | Relation::Adverbial | Relation::IfOnly | Relation::Condition
            if finite =>
        {
            !is_filler(scan, g)
        }
        Relation::Shared => {
            finite && link.parent.is_some_and(|p| verdicts[p].value != verdicts[g].value || is_frame(scan, p))
        }
        Relation::Open => finite,
        Relation::Complement => is_raised(scan, g) && link.parent.is_none_or(|p| !is_claimless(scan, p)),
        _ => false,
    }
}

/// *asked when it opens*, *asked whether to go*: what a question asks for.
fn is_question(scan: &Scan, class: ClassId) -> bool {
    let open = |c: &Class| c.presupposes() && c.affirmed < 0.5;
    class == scan.tables.special(Slot::Asked) || scan.tables.get(class).is_some_and(open)
}

/// *I mean*, *you know*
fn is_filler(scan: &Scan, g: usize) -> bool {
    let (group, link) = (&scan.groups[g], &scan.links[g]);
    let short = group.start == group.verb && group.present && scan.tag(group.start + 1).is_punctuation();
    let state = scan.word(group.verb).verb_flags.has(Flags::STATE);
    short && state && link.subject.clone().is_some_and(|s| matches!(scan.parse.lower(s.start), "i" | "you" | "we"))
}

/// A predicate that is itself no assertion, so that what hangs on it is none either.
fn is_claimless(scan: &Scan, p: usize) -> bool {
    matches!(scan.links[p].relation, Relation::Command | Relation::Purpose)
}

/// *Ottoway said*, *he wrote*: who says it, and nothing that is said.
fn is_bare_saying(scan: &Scan, g: usize) -> bool {
    let group = &scan.groups[g];
    let class = scan.tables.class(scan.word(group.verb), Use::Verb, Slot::That);
    let says = scan.tables.get(class).is_some_and(|c| c.holder && c.affirmed >= 3.0 && !c.presupposes());
    let end = (group.verb + 1..scan.sentence.end).find(|&t| scan.tag(t).is_punctuation()).unwrap_or(scan.sentence.end);
    says && group.form == Form::Finite && group.head == group.verb && end - group.verb <= 2 && !group.passive
}

/// *she said*, *it seems*, *analysts believe*: the clause it governs is the claim.
fn is_frame(scan: &Scan, g: usize) -> bool {
    let head = scan.groups[g].verb;
    let embeds = |l: &super::link::Link| l.parent == Some(g) && l.relation == Relation::Complement;
    if scan.cues.get(head).copied().unwrap_or(false) {
        let kept = scan.links.iter().enumerate().skip(g + 1).any(|(i, l)| embeds(l) && !is_raised(scan, i));
        return !kept;
    }
    scan.links.iter().enumerate().skip(g + 1).any(|(i, link)| {
        link.parent == Some(g)
            && link.relation == Relation::Complement
            && is_raised(scan, i)
            && (!link.noun
                || scan.groups[g].copular
                || scan.groups[g].existential
                || scan.groups[i].form == Form::Infinitive)
    }) || scan.links.iter().skip(g + 1).any(|l| {
        l.parent == Some(g) && l.relation == Relation::Complement && !l.noun && scan.groups[g].copular && is_it(scan, g)
    })
}

fn is_it(scan: &Scan, g: usize) -> bool {
    scan.links[g].subject.clone().is_some_and(|s| s.len() == 1 && scan.role(s.start) == Role::It)
}

/// The tokens of the clause, without conjunction in front or marks behind.
fn extent(scan: &Scan, g: usize) -> Range<usize> {
    let raised = is_raised(scan, g)
        && scan.groups[g].form != Form::Finite
        && !scan.tables.get(scan.links[g].class).is_some_and(|c| c.holder && c.kind.is_none());
    let root = if raised { scan.links[g].parent.unwrap_or(g) } else { g };
    let mut start = scan.links[root].left.min(scan.groups[root].start);
    // “What we do not have yet is a phone call”
    if start == scan.sentence.start + 1 && scan.tag(scan.sentence.start) == Tag::WhPronoun {
        start = scan.sentence.start;
    }
    trimmed(scan, start..end(scan, g, root))
}

/// Where a clause ends: with its quote, before the next clause that stands beside it, or with the sentence.
fn end(scan: &Scan, g: usize, root: usize) -> usize {
    let head = scan.end_of(g);
    let quote = scan.quote(scan.groups[g].head);
    let mut end = scan.sentence.end;
    for (h, link) in scan.links.iter().enumerate().skip(g + 1) {
        let beside = link.relation == Relation::Main || link.relation == Relation::Shared && link.parent != Some(g);
        if beside && link.left >= head && h != root {
            end = end.min(link.left);
            break;
        }
    }
    if quote != NO_QUOTE
        && let Some(out) = (head..end).find(|&t| scan.quote(t) != quote && !is_inner(scan, t, quote))
    {
        end = out;
    }
    let opening = matches!(scan.links[g].relation, Relation::Adverbial | Relation::Condition);
    if opening && let Some(comma) = (head..end).find(|&t| scan.tag(t) == Tag::Comma) {
        end = comma;
    }
    (head..end).find(|&t| scan.tag(t) == Tag::Pause && scan.role(t) == Role::Plain && is_stop(scan, t)).unwrap_or(end)
}

fn is_stop(scan: &Scan, at: usize) -> bool {
    matches!(scan.parse.lower(at), ";" | ":" | "—" | "–" | "--")
}

/// A token of a quote within the quote.
fn is_inner(scan: &Scan, at: usize, quote: u32) -> bool {
    let later = (at + 1..scan.sentence.end.min(at + 40)).any(|t| scan.quote(t) == quote);
    later && scan.quote(at) != NO_QUOTE
}

fn trimmed(scan: &Scan, mut range: Range<usize>) -> Range<usize> {
    let mark = |at: usize| scan.tag(at).is_punctuation();
    let joiner = |at: usize| {
        matches!(scan.tag(at), Tag::Coordinator | Tag::Subordinator)
            || matches!(scan.role(at), Role::That if scan.tag(at) != Tag::DeterminerAlone && scan.tag(at) != Tag::Determiner)
    };
    while range.start < range.end
        && (mark(range.start) && scan.tag(range.start) != Tag::QuoteOpen || joiner(range.start))
    {
        range.start += 1;
    }
    if range.start > scan.sentence.start
        && scan.tag(range.start - 1) == Tag::BracketOpen
        && range.clone().any(|t| scan.tag(t) == Tag::BracketClose)
    {
        range.start -= 1;
    }
    // A conjunction left hanging: “…, because, in a new chat”.
    let hanging = (range.end.saturating_sub(12).max(range.start + 2)..range.end).find(|&t| scan.is_subordinator(t));
    if let Some(at) = hanging
        .filter(|&t| !scan.groups.iter().any(|g| t < g.start && g.start < range.end) && scan.role(t) == Role::Because)
    {
        range.end = at;
    }
    while range.end > range.start && (mark(range.end - 1) && !closes(scan, &range) || joiner(range.end - 1)) {
        range.end -= 1;
    }
    range
}

/// Whether the last mark closes a quotation that the range opens.
fn closes(scan: &Scan, range: &Range<usize>) -> bool {
    let (open, close) = match scan.tag(range.end - 1) {
        Tag::QuoteClose => (Tag::QuoteOpen, Tag::QuoteClose),
        Tag::BracketClose => (Tag::BracketOpen, Tag::BracketClose),
        _ => return false,
    };
    let count = |tag: Tag| range.clone().filter(|&t| scan.tag(t) == tag).count();
    count(open) == count(close)
}

fn claim(scan: &Scan, from: &Origins, g: usize, content: Range<usize>, verdict: &Verdict, marks: &[Mark]) -> Claim {
    let head = scan.groups[g].head;
    let holder = holder::named(scan, &verdict.source, scan.quote(head), from);
    let quote = scan.quote(head);
    let evidence = match (&holder, verdict.inferred, &verdict.source) {
        (_, true, Source::Narrator) => Evidence::Inferred,
        (Holder::Narrator, ..) => Evidence::Asserted,
        (Holder::Named { .. }, ..) => Evidence::ReportedNamed,
        (Holder::Unnamed, ..) => Evidence::ReportedUnnamed,
    };
    Claim {
        sentence: scan.parse.span(scan.sentence.clone()),
        content: scan.parse.span(content.clone()),
        head: scan.parse.span(head..head + 1),
        certainty: verdict.value.certainty(),
        polarity: verdict.value.polarity(),
        factuality: verdict.value.number(),
        time: verdict.time,
        kind: verdict.kind,
        evidence,
        cues: Vec::new(),
        against: Vec::new(),
        why: judge::reasons(scan, g, verdict, marks),
        quote: (quote != NO_QUOTE).then_some(QuoteId(quote)),
        checkworthy: worth::of(scan, g, &content, verdict, &holder),
        holder,
    }
}

/// A group without a claim is part of the one it hangs on, or of the one around it.
fn adopt(scan: &Scan, owners: &mut [Option<ClaimId>]) {
    for g in 0..owners.len() {
        if owners[g].is_some() || matches!(scan.links[g].relation, Relation::Command) {
            continue;
        }
        let parent = match scan.links[g].relation {
            Relation::Main => scan.links[g].joined,
            _ => scan.links[g].joined.or(scan.links[g].parent),
        };
        owners[g] = parent.and_then(|p| owners[p]);
    }
}

/// Every cue goes to the claim of its group, or else to the nearest of the sentence.
fn cues(
    scan: &Scan,
    marks: &[Mark],
    verdicts: &[Verdict],
    owners: &[Option<ClaimId>],
    first: usize,
    claims: &mut [Claim],
) {
    let owner = |g: usize| {
        let child = (g + 1..owners.len()).find(|&i| scan.links[i].parent == Some(g) && owners[i].is_some());
        let any = owners.iter().flatten().next();
        owners[g].or_else(|| child.and_then(|c| owners[c])).or(any.copied()).map(ClaimId::index).filter(|&i| i >= first)
    };
    let mut add = |g: usize, tokens: Range<usize>, kind: CueKind| {
        let cue = Cue { span: scan.parse.span(tokens), kind };
        if let Some(claim) = owner(g).and_then(|i| claims.get_mut(i))
            && !claim.cues.contains(&cue)
        {
            claim.cues.push(cue);
        }
    };
    for mark in marks {
        if let Some(kind) = mark.kind {
            add(mark.group, mark.first..mark.last + 1, kind);
        }
    }
    for (g, (link, verdict)) in scan.links.iter().zip(verdicts).enumerate() {
        if let Some(kind) = verdict.sense.cue {
            add(g, scan.groups[g].modal_at..scan.groups[g].modal_at + 1, kind);
        }
        let compared = scan.tag(link.governor).is_adjective() && modifier::is_compared(scan, link.governor);
        if let Some(kind) = scan.tables.get(link.class).and_then(|c| c.cue).filter(|_| !compared) {
            add(g, link.governor..link.governor + 1, kind);
        }
        let mark = link.left.saturating_sub(1).max(scan.sentence.start);
        let at = if scan.role(link.left) == Role::If { link.left } else { mark };
        match link.relation {
            Relation::Condition if scan.role(at) == Role::If => add(g, at..at + 1, CueKind::Conditional),
            Relation::Open if scan.role(link.governor) == Role::Whether => {
                add(g, link.governor..link.governor + 1, CueKind::Epistemic);
            }
            _ => {}
        }
    }
    for claim in claims.iter_mut().skip(first) {
        claim.cues.sort_by_key(|c| c.span.start());
    }
}
