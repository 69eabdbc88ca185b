//! The search line with what was found: in the article on the screen, or in the library.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::layout::Areas;
use super::model::Model;
use super::search::{Prompt, SCOPES, Where};
use super::view::{clear, draw_lines, typed};
use super::words;
use crate::analysis::FindingId;
use crate::index::{Hit, Query};
use crate::store::Match;
use crate::story::Sort;
use crate::text::{Span, shown_name};
use crate::widgets::{Line, Role, matched, shorten};

/// Findings of the library that are asked for at once, at most.
pub const MOST_MATCHES: usize = 200;

/// Draws the search line with what it has found.
pub(super) fn draw(model: &Model, prompt: &Prompt, areas: &Areas, buffer: &mut Buffer) {
    let area = areas.card;
    clear(area, buffer);
    let head = Line::of(" Search  ", Role::Active).say(typed(&prompt.input), Role::Text);
    head.draw(Rect { height: 1.min(area.height), ..area }, model.theme, buffer);
    let mut scopes = Line::of("  Tab: ", Role::Dim);
    for (scope, name) in SCOPES {
        let here = scope == prompt.scope;
        let text = if here { format!("{} ", name.to_uppercase()) } else { format!("{name} ") };
        scopes = scopes.say(text, if here { Role::Active } else { Role::Dim });
    }
    let mut lines = vec![scopes, Line::of(format!("  {}", told(model, prompt)), Role::Text), Line::new()];
    let room = usize::from(area.height).saturating_sub(5).max(1);
    let first = (prompt.chosen + 1).saturating_sub(room);
    for (number, found) in prompt.matches.iter().enumerate().skip(first).take(room) {
        if prompt.scope == Where::Library {
            lines.push(match_line(model, prompt, found, number == prompt.chosen, usize::from(area.width)));
        }
    }
    for (number, hit) in prompt.hits.iter().enumerate().skip(first).take(room) {
        lines.push(hit_line(model, hit, number == prompt.chosen, usize::from(area.width)));
    }
    draw_lines(model, Rect::new(area.x, area.y + 1, area.width, area.height.saturating_sub(1)), &lines, buffer);
}

fn told(model: &Model, prompt: &Prompt) -> String {
    if prompt.input.text().trim().is_empty() {
        return "words in any order; speaker: is: thread: certainty:".to_owned();
    }
    let library = prompt.scope == Where::Library;
    let query = crate::index::Query::parse(prompt.input.text());
    if let (Some(word), 0) = (query.unknown.first(), prompt.count()) {
        return format!("no finding is “{word}”: the help (?) of each list tells which words there are");
    }
    match prompt.count() {
        _ if library && prompt.asked.is_some() => "looking…".to_owned(),
        _ if !library && model.found().is_none() => "still reading…".to_owned(),
        count if library && count >= MOST_MATCHES => {
            format!("the newest {count} matches; since: until: in: narrow down")
        }
        0 => Query::parse(prompt.input.text()).fault().unwrap_or_else(|| none(prompt)),
        1 => "1 match".to_owned(),
        count => format!("{count} matches"),
    }
}

/// What is said when nothing was found, and where else there is something.
fn none(prompt: &Prompt) -> String {
    let name = SCOPES.iter().find(|(scope, _)| *scope == prompt.scope).map_or("", |(_, name)| name);
    if prompt.elsewhere.is_empty() {
        return if prompt.scope == Where::Library { "no match in the library" } else { "no match in this text" }
            .to_owned();
    }
    let counts: Vec<_> = prompt.elsewhere.iter().map(|(_, name, count)| format!("{name} {count}")).collect();
    format!("none in the {name}; Enter: {}", counts.join(", "))
}

/// A finding of the library: when, where, who, and its words with the matched ones marked.
fn match_line(model: &Model, prompt: &Prompt, found: &Match, chosen: bool, cells: usize) -> Line {
    let bar = if chosen { "▌ " } else { "  " };
    let day = found.day.map_or_else(|| "—".to_owned(), |day| found.dated.mark(day.short()));
    let paper = if found.outlet.is_empty() { &found.title } else { &found.outlet };
    let paper = paper.rsplit('/').next().unwrap_or_default();
    let wide = cells >= 70;
    let line = Line::of(bar, Role::Bar).say(day, Role::Dim).to(11);
    let line = if wide { line.say(shorten(shown_name(paper).as_str(), 12), Role::Text).to(24) } else { line };
    let kind = if found.kept.sort == Sort::Claim { "! " } else { "" };
    let doubt = match found.kept.sort {
        Sort::Quote if found.kept.is("likely") => "?",
        Sort::Quote if found.kept.is("guessed") => "??",
        _ => "",
    };
    let who = shorten(&format!("{kind}{}", found.kept.who), 13 - 1 - doubt.len());
    let line = line.say(who, Role::Dim).say(" ", Role::Dim).say(doubt, Role::Unsure).to(if wide { 38 } else { 25 });
    let content = shown_name(&found.kept.content).to_string();
    let folded = crate::text::fold(&content);
    let query = crate::index::Query::parse(prompt.input.text());
    let mut marks: Vec<Span> = query
        .words
        .iter()
        .filter_map(|w| folded.text.find(w.as_str()).map(|at| folded.source(Span::of(at, at + w.len()))))
        .collect();
    marks.sort_unstable();
    let room = cells.saturating_sub(line.width() + 1);
    let (part, marks) = around(&content, &marks, room);
    line.pieces(matched(&part, &marks, Role::Text, model.theme))
}

/// So much of a text as has room, with its first mark in it; marks of the part.
fn around(text: &str, marks: &[Span], room: usize) -> (String, Vec<Span>) {
    let first = marks.first().map_or(0, |m| m.start().byte());
    let start = if first > room * 2 / 3 { first - room / 3 } else { 0 };
    let start = (start..=first).find(|&b| text.is_char_boundary(b)).unwrap_or(0);
    let lead = if start > 0 { "…" } else { "" };
    let part = format!("{lead}{}", text.get(start..).unwrap_or_default());
    let moved = |b: usize| b - start + lead.len();
    let inside = marks.iter().filter(|m| m.start().byte() >= start);
    (part, inside.map(|m| Span::of(moved(m.start().byte()), moved(m.end().byte()))).collect())
}

/// A hit with its matched words marked, around the first of them.
fn hit_line(model: &Model, hit: &Hit, chosen: bool, cells: usize) -> Line {
    let reading = &model.article().reading;
    let bar = if chosen { "▌ " } else { "  " };
    let who = model.found().and_then(|found| match hit.finding? {
        FindingId::Quote(id) => found.analysis.quotes.get(id.index()).map(|q| words::speaker(q).to_owned()),
        FindingId::Claim(id) => found.analysis.claims.get(id.index()).map(words::certainty),
        FindingId::Thread(id) => found.analysis.threads.get(id.index()).map(|t| t.name.clone()),
        FindingId::Person(_) => None,
    });
    let doubt = match (hit.finding, model.found()) {
        (Some(FindingId::Quote(id)), Some(found)) => found.analysis.quotes.get(id.index()).map_or("", words::doubt),
        _ => "",
    };
    let who = shorten(&who.unwrap_or_default(), 14 - doubt.len());
    let line = Line::of(bar, Role::Bar).say(who, Role::Dim).say(" ", Role::Dim).say(doubt, Role::Unsure).to(18);
    let room = cells.saturating_sub(19);
    let first = hit.marks.first().copied().unwrap_or(Span::empty(hit.span.start()));
    // Some words before the match, so that it is on the screen in a long quote.
    let lead = room / 3;
    let start = if first.start().byte() > hit.span.start().byte() + lead {
        first.start().byte() - lead
    } else {
        hit.span.start().byte()
    };
    let text = reading.document.text();
    let start = (start..=first.start().byte()).find(|&b| text.is_char_boundary(b)).unwrap_or(start);
    let end = (start + room * 4).min(hit.span.end().byte()).max(first.end().byte());
    let end = (end..=text.len()).find(|&b| text.is_char_boundary(b)).unwrap_or(text.len());
    let part = Span::of(start, end);
    let local: Vec<Span> = hit
        .marks
        .iter()
        .filter_map(|m| m.intersection(part))
        .map(|m| Span::of(m.start().byte() - start, m.end().byte() - start))
        .collect();
    let lead = if start > hit.span.start().byte() { "…" } else { "" };
    let shown = reading.slice(part).replace(['\n', '\r'], " ");
    line.say(lead, Role::Dim).pieces(matched(&shown, &local, Role::Text, model.theme))
}
