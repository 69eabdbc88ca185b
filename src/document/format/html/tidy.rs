//! The last look at an article's blocks: what says of itself that it is furniture goes, so do lines of links, what repeats
//! the title or the text, the author's and date's lines at the top, and headings that nothing follows.

use super::byline;
use super::choose::{is_prose, same_words};
use super::facts::Facts;
use super::flow::Flow;
use super::phrase::PHRASES;
use crate::document::BlockKind;

/// Repeated quotations are looked for among this many.
const MOST_PULLED: usize = 40;

/// The blocks that are the article's.
pub fn tidy(flows: Vec<Flow>, facts: &Facts) -> Vec<Flow> {
    let mut keep = vec![true; flows.len()];
    let prose = |f: &Flow| is_prose(&f.text) && f.link_share() < 0.5 && !matches!(f.kind, BlockKind::Heading(_));
    let first = flows.iter().position(prose).unwrap_or(0);
    let last = flows.iter().rposition(prose).unwrap_or(flows.len());
    for (i, flow) in flows.iter().enumerate() {
        // A sentence that sums the article up may stand above the author's line.
        let line = i < first + 5 && !flow.timed && is_line_about(flow, facts);
        let scrap = (i < first || i > last) && is_scrap(flow);
        keep[i] = !(line || scrap || is_furniture(flow) || repeats_title(flow, facts, i, first));
    }
    let lists = lists_of_links(&flows);
    for (i, _) in lists.iter().enumerate().filter(|(_, listed)| **listed) {
        keep[i] = false;
        // What a list of links was headed goes with it.
        if i > 0 && matches!(flows[i - 1].kind, BlockKind::Heading(_)) {
            keep[i - 1] = false;
        }
    }
    drop_pulled(&flows, &mut keep);
    drop_bare_headings(&flows, &mut keep);
    let mut kept: Vec<Flow> = flows.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(flow, _)| flow).collect();
    drop_loose_breaks(&mut kept);
    kept.into_iter().map(timed).collect()
}

/// A time that stands by itself heads what follows it, as in reports that are written while things happen.
fn timed(mut flow: Flow) -> Flow {
    if flow.timed && flow.kind == BlockKind::Paragraph {
        flow.kind = BlockKind::Heading(4);
    }
    flow
}

fn is_furniture(flow: &Flow) -> bool {
    if !matches!(flow.kind, BlockKind::BlockQuote | BlockKind::SceneBreak) && PHRASES.is_furniture(&flow.text) {
        return true;
    }
    // In the middle of an article the headline of another one, a link as a whole, ends without a full stop.
    let stopped = flow.text.trim_end_matches(['”', '"', '’', ')']).ends_with('.');
    let loose = matches!(flow.kind, BlockKind::Paragraph | BlockKind::Heading(_));
    if flow.kind == BlockKind::Verse && flow.link_share() > 0.7 {
        return true;
    }
    loose && !flow.timed && flow.link_share() > 0.85 && !stopped && flow.text.len() < 240
}

fn repeats_title(flow: &Flow, facts: &Facts, at: usize, first: usize) -> bool {
    let heading = matches!(flow.kind, BlockKind::Heading(_)) || at < first;
    heading && facts.title.as_deref().is_some_and(|title| same_words(&flow.text, title))
}

/// Author, date, section and paper at the top; they are known from elsewhere.
fn is_line_about(flow: &Flow, facts: &Facts) -> bool {
    let text = flow.text.as_str();
    let same = |fact: &Option<String>| fact.as_deref().is_some_and(|f| same_words(f, text));
    PHRASES.is_date(text) || byline::is_byline(text) || same(&facts.byline) || same(&facts.outlet)
}

/// A few words without an end, in front of the text or behind it.
fn is_scrap(flow: &Flow) -> bool {
    let short = flow.text.len() < 90 && !flow.text.ends_with(['.', '!', '?', '”', '"', ':', '…', '’']);
    flow.kind == BlockKind::Paragraph && short && !flow.timed && !flow.caption
}

/// Lists in which nearly everything is a link lead away from the article.
fn lists_of_links(flows: &[Flow]) -> Vec<bool> {
    let mut lists = vec![false; flows.len()];
    let mut start = 0;
    while start < flows.len() {
        let run = flows.iter().skip(start).take_while(|f| f.kind == BlockKind::ListItem).count();
        let linked = flows[start..start + run].iter().filter(|f| f.link_share() > 0.8).count();
        if run > 0 && linked * 10 >= run * 8 {
            lists[start..start + run].fill(true);
        }
        start += run.max(1);
    }
    lists
}

/// Quotations set large beside the text repeat words of it.
fn drop_pulled(flows: &[Flow], keep: &mut [bool]) {
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let quotes = flows.iter().enumerate().filter(|(_, f)| f.kind == BlockKind::BlockQuote && f.text.len() < 400);
    for (i, flow) in quotes.take(MOST_PULLED) {
        let words = bare(&spaced(&flow.text));
        let elsewhere = |(j, other): (usize, &Flow)| {
            j != i
                && other.kind == BlockKind::Paragraph
                && other.text.len() > words.len()
                && other.text.contains(&words)
        };
        if words.len() >= 25 && flows.iter().enumerate().any(elsewhere) {
            keep[i] = false;
        }
    }
}

/// Headings go when all that stood under them went, or nothing did.
fn drop_bare_headings(flows: &[Flow], keep: &mut [bool]) {
    let mut next: Option<u8> = None;
    let mut followed = false;
    for i in (0..flows.len()).rev().filter(|&i| flows[i].kind != BlockKind::SceneBreak) {
        if !keep[i] {
            continue;
        }
        let BlockKind::Heading(level) = flows[i].kind else {
            (next, followed) = (None, true);
            continue;
        };
        keep[i] = followed || next.is_some_and(|n| n > level);
        if keep[i] {
            (next, followed) = (Some(level), false);
        }
    }
}

/// A rule parts two stretches of text or it is ornament.
fn drop_loose_breaks(flows: &mut Vec<Flow>) {
    let is_break = |f: &Flow| f.kind == BlockKind::SceneBreak;
    flows.dedup_by(|b, a| is_break(a) && is_break(b));
    while flows.last().is_some_and(is_break) {
        flows.pop();
    }
    while flows.first().is_some_and(is_break) {
        flows.remove(0);
    }
}
