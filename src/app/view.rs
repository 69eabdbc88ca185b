//! Draws the model. It changes nothing, so that any screen can be made again.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::action::Action;
use super::chronicle;
use super::filtering;
use super::help;
use super::layout::{Areas, Form, SMALLEST};
use super::model::Model;
use super::notes;
use super::offers;
use super::overlay::Overlay;
use super::panes::{PaneId, article};
use super::search_view;
use super::select_keys::Purpose;
use super::selection::{End, Selection};
use super::shelf;
use super::tour;
use crate::lexicon::LanguageCode;
use crate::store::Field;
use crate::text::{Breaks, Pos, shown_name, wrap};
use crate::widgets::{Input, Line, Role, put, rule, shorten};

/// Draws everything into a buffer of the screen's size.
pub fn view(model: &Model, buffer: &mut Buffer) {
    let (form, areas) = model.areas();
    if form == Form::Tiny {
        too_small(model, buffer);
        return;
    }
    rules(model, &areas, buffer);
    header(model, form, &areas, buffer);
    panes(model, form, &areas, buffer);
    overlay(model, &areas, buffer);
    footer(model, form, &areas, buffer);
    tour::draw(model, buffer);
}

fn too_small(model: &Model, buffer: &mut Buffer) {
    let size = model.size;
    let text =
        format!("sayso needs {}x{}; this window is {}x{}", SMALLEST.width, SMALLEST.height, size.width, size.height);
    let room = usize::from(size.width);
    if room == 0 {
        return;
    }
    let rows = wrap(&text, Pos::at(0), room, Breaks::Flow);
    for (y, row) in (0..size.height).zip(&rows) {
        let words = text.get(row.span.range()).unwrap_or_default().trim_end();
        put(buffer, 0, y, room, words, model.theme.style(Role::Text), model.theme);
    }
}

fn rules(model: &Model, areas: &Areas, buffer: &mut Buffer) {
    for y in areas.rules.iter().flatten() {
        rule(Rect::new(0, *y, model.size.width, 1), model.theme, buffer);
    }
    let Some(x) = areas.divider else { return };
    let style = model.theme.style(Role::Rule);
    let (top, bottom) = (areas.text.y, areas.text.bottom());
    put(buffer, x, top.saturating_sub(1), 1, "┬", style, model.theme);
    put(buffer, x, bottom, 1, "┴", style, model.theme);
    for y in top..bottom {
        put(buffer, x, y, 1, "│", style, model.theme);
    }
}

fn header(model: &Model, form: Form, areas: &Areas, buffer: &mut Buffer) {
    if areas.header.is_empty() {
        return;
    }
    let title = shown_name(model.title()).to_string();
    let number = if model.articles.len() > 1 {
        format!("{} of {}", model.current + 1, model.articles.len())
    } else {
        String::new()
    };
    let line = match form {
        Form::Columns => {
            let left = if number.is_empty() { " sayso".to_owned() } else { format!(" sayso  {number}") };
            Line::of(left, Role::Dim)
                .end(format!("{} ", shorten(&title, usize::from(areas.header.width) * 3 / 4)), Role::Heading)
        }
        Form::Small => small_header(model, &number),
        _ => {
            let right = if number.is_empty() { per_cent(model) } else { format!("{number} · {}", per_cent(model)) };
            Line::of(" ", Role::Text).say(title, Role::Heading).end(format!("{right} "), Role::Dim)
        }
    };
    line.draw(areas.header, model.theme, buffer);
}

/// ` ▸ART  Quo  Cla  Thr              14/30`
fn small_header(model: &Model, number: &str) -> Line {
    let mut line = Line::of(" ", Role::Text);
    for pane in PaneId::ALL {
        let short: String = pane.name().chars().take(3).collect();
        line = if pane == model.arrangement.focus {
            line.say(format!("▸{}  ", short.to_uppercase()), Role::Active)
        } else {
            line.say(format!("{short}  "), Role::Text)
        };
    }
    let right = if number.is_empty() { per_cent(model) } else { number.replace(" of ", "/") };
    line.end(format!("{right} "), Role::Dim)
}

fn per_cent(model: &Model) -> String {
    let article = model.article();
    format!("{}%", article.text.per_cent(&article.reading.document, article.whole))
}

fn panes(model: &Model, form: Form, areas: &Areas, buffer: &mut Buffer) {
    let focus = model.arrangement.focus;
    if form != Form::Small || focus == PaneId::Article {
        article::draw(model, areas, buffer);
    }
    match form {
        Form::Columns => PaneId::LISTS.into_iter().for_each(|pane| column(model, areas, pane, buffer)),
        Form::Stacked => {
            tabs(model, areas, buffer);
            list(model, model.arrangement.list, buffer);
        }
        Form::Small if focus != PaneId::Article => small_list(model, areas, focus, buffer),
        _ => {}
    }
}

/// `  1 Article  ▸2 QUOTES 12   3 Claims 7   4 Threads 3`
fn tabs(model: &Model, areas: &Areas, buffer: &mut Buffer) {
    let mut line = Line::of(" ", Role::Text);
    for pane in PaneId::ALL {
        let count = if pane == PaneId::Article { String::new() } else { count(model, pane) };
        let shown = pane == model.arrangement.list;
        line = if pane == model.arrangement.focus {
            line.say(format!("▸{} {}", pane.digit(), pane.name().to_uppercase()), Role::Active)
        } else {
            let role = if shown { Role::Heading } else { Role::Text };
            line.say(format!(" {} {}", pane.digit(), pane.name()), role)
        };
        line = line.say(format!("{count}  "), Role::Dim);
    }
    end_with_filter(line, model, model.arrangement.list, areas.tabs.width).draw(areas.tabs, model.theme, buffer);
}

fn count(model: &Model, pane: PaneId) -> String {
    if model.found().is_none() {
        return " …".to_owned();
    }
    let more = if model.has_found_all() { "" } else { "…" };
    format!(" {}{more}", model.list(pane).shown.len())
}

/// A line with what the list shows at its end, which is cut before the numbers are: cut ones would be others.
fn end_with_filter(line: Line, model: &Model, pane: PaneId, cells: u16) -> Line {
    let room = usize::from(cells).saturating_sub(line.width() + 2);
    let shown = shorten(&filtered(model, pane), room);
    if shown.is_empty() { line } else { line.end(format!("{shown} "), Role::Dim) }
}

/// What a list shows of all there is.
fn filtered(model: &Model, pane: PaneId) -> String {
    match model.list(pane).filter.as_str() {
        "" if pane == PaneId::Quotes => "everyone".to_owned(),
        "" if pane == PaneId::Claims => model.order.name().to_owned(),
        "" => String::new(),
        filter => format!("only {filter}"),
    }
}

fn column(model: &Model, areas: &Areas, pane: PaneId, buffer: &mut Buffer) {
    let area = areas.list(pane);
    if area.is_empty() {
        return;
    }
    let shown = model.list(pane).shown.len();
    let place = match model.list(pane).finding() {
        Some(_) if pane == model.arrangement.list => format!("{} of {shown}", model.list(pane).selected + 1),
        _ if model.found().is_some() => shown.to_string(),
        _ => String::new(),
    };
    let title = if pane == model.arrangement.focus {
        Line::of(format!(" ▸ {}", pane.name().to_uppercase()), Role::Active)
    } else {
        Line::of(format!("   {}", pane.name().to_uppercase()), Role::Heading)
    };
    let title = title.say(format!("   {place}"), Role::Dim);
    let title = end_with_filter(title, model, pane, area.width);
    title.draw(Rect { height: 1, ..area }, model.theme, buffer);
    let rest = list(model, pane, buffer);
    if rest > 0 {
        let last = Rect::new(area.x, area.bottom() - 1, area.width, 1);
        Line::new().end(format!("{rest} more "), Role::Dim).draw(last, model.theme, buffer);
    }
}

/// Draws the rows of a list and answers how many entries are below them.
fn list(model: &Model, pane: PaneId, buffer: &mut Buffer) -> usize {
    let rows = model.list_rows(pane);
    let Some(listing) = model.listing(pane) else {
        Line::of("  reading…", Role::Dim).draw(Rect { height: 1.min(rows.height), ..rows }, model.theme, buffer);
        return 0;
    };
    if listing.list.shown.is_empty() {
        let english = listing.found.analysis.language == LanguageCode::default();
        let text = match (pane, listing.list.filter.is_empty()) {
            _ if model.article().fault.is_some() => "this file could not be read".to_owned(),
            (_, false) => "nothing passes this filter".to_owned(),
            (PaneId::Claims, _) if !english => "claims are found in English texts only".to_owned(),
            (PaneId::Claims, _) => "no claims found in this text".to_owned(),
            (PaneId::Threads, _) => model.how_to_follow(),
            (PaneId::Article | PaneId::Quotes, _) => "no quotes found in this text".to_owned(),
        };
        Line::of(format!("  {text}"), Role::Dim).draw(Rect { height: 1.min(rows.height), ..rows }, model.theme, buffer);
        return 0;
    }
    let (drawn, rest) = listing.list.drawn(usize::from(rows.height), |entry| listing.lines(entry));
    for (number, (_, line)) in drawn.iter().enumerate() {
        let y = rows.y + u16::try_from(number).unwrap_or(0);
        line.draw(Rect::new(rows.x, y, rows.width, 1), model.theme, buffer);
    }
    let free = rows.y + u16::try_from(drawn.len()).unwrap_or(u16::MAX);
    if pane == PaneId::Threads && free < rows.bottom() && !model.lists_a_thread() {
        let hint = Line::of(format!("  {}", model.how_to_follow()), Role::Dim);
        hint.draw(Rect::new(rows.x, free, rows.width, 1), model.theme, buffer);
    }
    rest
}

fn small_list(model: &Model, areas: &Areas, pane: PaneId, buffer: &mut Buffer) {
    list(model, pane, buffer);
    let area = areas.list(pane);
    let shown = model.list(pane).shown.len();
    if shown > 0 && area.height > 1 {
        let last = Rect::new(area.x, area.bottom() - 1, area.width, 1);
        let place = format!("{} of {shown} ", model.list(pane).selected + 1);
        Line::new().end(place, Role::Dim).draw(last, model.theme, buffer);
    }
}

// ---------------------------------------------------------------------- overlays

fn overlay(model: &Model, areas: &Areas, buffer: &mut Buffer) {
    // A line that is typed into lies in the footer, and leaves what is below it to be seen.
    match model.overlays.iter().rev().find(|o| !o.is_line()) {
        Some(Overlay::Card { .. }) => card(model, areas, buffer),
        Some(Overlay::Search(prompt)) => search_view::draw(model, prompt, areas, buffer),
        Some(Overlay::Help { input, top }) => {
            let area = sheet(model);
            let lines = help::help_lines(model, input.text(), usize::from(area.width));
            let story = model.overlays.iter().any(|o| matches!(o, Overlay::Story(_)));
            let name = format!("Help — {}", if story { "Story" } else { model.arrangement.focus.name() });
            let top = (*top).min(lines.len().saturating_sub(usize::from(area.height.saturating_sub(3))));
            show_sheet(model, area, &name, Some(("type to find a key", input)), &lines[top..], buffer);
        }
        Some(Overlay::Commands { input, chosen }) => {
            let area = sheet(model);
            let lines = help::command_lines(model, input.text(), *chosen);
            let first = chosen.saturating_sub(usize::from(area.height.saturating_sub(4)));
            show_sheet(model, area, "Commands", Some(("type a name", input)), &lines[first.min(lines.len())..], buffer);
        }
        Some(Overlay::Story(story)) => {
            let area = sheet(model);
            let (lines, chosen) = chronicle::lines(story, usize::from(area.width), model.theme.ascii);
            let room = usize::from(area.height.saturating_sub(2));
            let first = (chosen + 2).saturating_sub(room).min(lines.len());
            show_sheet(model, area, &chronicle::title(&story.story), None, &lines[first..], buffer);
        }
        Some(Overlay::Shelf(list)) => {
            let area = sheet(model);
            let room = usize::from(area.height.saturating_sub(2));
            let first = (list.chosen + 1).saturating_sub(room);
            let lines = shelf::lines(list, first, room, usize::from(area.width));
            show_sheet(model, area, &shelf::title(list), Some(("type to narrow down", &list.input)), &lines, buffer);
        }
        Some(Overlay::Notes { chosen }) => {
            let area = sheet(model);
            let (lines, at) = notes::lines(model, *chosen, usize::from(area.width));
            let room = usize::from(area.height.saturating_sub(2));
            let first = (at + 5).saturating_sub(room).min(lines.len());
            let title = format!("Notes on this text · {}", model.notes().len());
            show_sheet(model, area, &title, None, &lines[first..], buffer);
        }
        Some(Overlay::Offers { chosen, .. }) => {
            let area = sheet(model);
            let lines = offers::lines(&model.offers, *chosen, usize::from(area.width));
            let room = usize::from(area.height.saturating_sub(2));
            let first = (2 * chosen + 2).saturating_sub(room).min(lines.len());
            show_sheet(model, area, &offers::title(&model.offers), None, &lines[first..], buffer);
        }
        Some(
            Overlay::Select { .. }
            | Overlay::SayOf { .. }
            | Overlay::Filter(_)
            | Overlay::Goto(_)
            | Overlay::Say { .. }
            | Overlay::Thread { .. }
            | Overlay::Export(_),
        )
        | None => {}
    }
}

/// The screen but for the footer.
fn sheet(model: &Model) -> Rect {
    Rect::new(0, 0, model.size.width, model.size.height - 1)
}

pub(super) fn clear(area: Rect, buffer: &mut Buffer) {
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
            }
        }
    }
}

pub(super) fn typed(input: &Input) -> String {
    let (before, after) = input.halves();
    format!("{before}▏{after}")
}

fn show_sheet(
    model: &Model,
    area: Rect,
    title: &str,
    prompt: Option<(&str, &Input)>,
    lines: &[Line],
    buffer: &mut Buffer,
) {
    clear(area, buffer);
    let mut head = Line::of(format!(" {title}"), Role::Active);
    if let Some((hint, input)) = prompt {
        let text = if input.text().is_empty() { format!("{hint} ▏ ") } else { format!("{} ", typed(input)) };
        head = head.end(text, Role::Dim);
    }
    head.draw(Rect { height: 1, ..area }, model.theme, buffer);
    rule(Rect::new(area.x, area.y + 1, area.width, 1), model.theme, buffer);
    draw_lines(model, Rect::new(area.x, area.y + 2, area.width, area.height.saturating_sub(2)), lines, buffer);
}

pub(super) fn draw_lines(model: &Model, area: Rect, lines: &[Line], buffer: &mut Buffer) {
    for (number, line) in lines.iter().take(usize::from(area.height)).enumerate() {
        let y = area.y + u16::try_from(number).unwrap_or(0);
        line.draw(Rect::new(area.x, y, area.width, 1), model.theme, buffer);
    }
}

fn card(model: &Model, areas: &Areas, buffer: &mut Buffer) {
    let area = areas.card;
    let Some(card) = model.card(usize::from(area.width)) else { return };
    clear(area, buffer);
    let title = Line::of(format!(" ▸ {}", card.title.to_uppercase()), Role::Active);
    title.draw(Rect { height: 1.min(area.height), ..area }, model.theme, buffer);
    let body = Rect::new(area.x, area.y + 1, area.width, area.height.saturating_sub(1));
    draw_lines(model, body, &card.lines, buffer);
}

// ---------------------------------------------------------------------- footer

fn footer(model: &Model, form: Form, areas: &Areas, buffer: &mut Buffer) {
    let width = usize::from(areas.footer.width);
    let line = match (&model.told, model.overlays.last()) {
        (_, Some(Overlay::Filter(input))) => {
            prompt("Filter", input, &filtering::hint(input.text(), model.arrangement.list), width)
        }
        (_, Some(Overlay::Say { field, input } | Overlay::SayOf { field, input, .. })) => {
            let (name, hint) = said_of(*field);
            prompt(name, input, hint, width)
        }
        (None, Some(Overlay::Select { selection, purpose, .. })) => select_line(*selection, *purpose),
        (_, Some(Overlay::Thread { was, everywhere, input })) => {
            let act = if was.is_some() { "Change thread" } else { "New thread" };
            let (place, other) = if *everywhere { (" everywhere", "this story") } else { ("", "everywhere") };
            prompt(&format!("{act}{place}"), input, &format!("name, other names  Tab {other}  Enter "), width)
        }
        (_, Some(Overlay::Goto(input))) => prompt("Go to number", input, "Enter go  Esc ", width),
        (None, Some(Overlay::Export(input))) => {
            let under = model.overlays.len().checked_sub(2).and_then(|below| model.overlays.get(below));
            let forms = if matches!(under, Some(Overlay::Story(_))) { "md" } else { "csv md jsonl xml …" };
            prompt("Export to", input, &format!("{forms}  Enter  Esc "), width)
        }
        (Some(told), _) => Line::of(format!(" {told}"), Role::Text),
        (None, Some(Overlay::Search(_))) => Line::of(" ↑↓ move  Enter go  Tab wider  Esc back", Role::Dim),
        (None, Some(Overlay::Offers { .. })) => {
            Line::of(" a accept  A all  x leave out  Enter to the passage  Esc close", Role::Dim)
        }
        (None, Some(Overlay::Story(_))) => {
            Line::of(" ↑↓ move  Tab next part  h l in time  Enter to the passage  E export  ? help  Esc ", Role::Dim)
        }
        (None, Some(Overlay::Notes { .. })) => {
            Line::of(" ↑↓ move  Enter to the passage  x delete  Esc close", Role::Dim)
        }
        (None, Some(Overlay::Help { .. })) => Line::of(" ↑↓ PgDn move  q Esc close", Role::Dim),
        (None, Some(Overlay::Commands { .. } | Overlay::Shelf(_))) => Line::of(" ↑↓ move  Enter  Esc close", Role::Dim),
        (None, _) => hints(model, form),
    };
    line.draw(areas.footer, model.theme, buffer);
}

/// The keys that move an end, and what can be made of the words.
fn select_line(selection: Selection, purpose: Purpose) -> Line {
    let (here, other) = if selection.end == End::Start { ("Start", "end") } else { ("End", "start") };
    let then = match purpose {
        Purpose::Ends => "Enter keep  Esc leave ",
        Purpose::New => "s quote c claim t thread i note y copy ",
    };
    let keys = format!("  h l word  H L sentence  Tab {other}");
    Line::of(format!(" {here}"), Role::Active).say(keys, Role::Dim).end(then, Role::Dim)
}

/// What the line in which something is said of a finding is called, and what may be typed.
fn said_of(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Verdict => ("Verdict", "confirmed disputed false open, then the source  Enter "),
        Field::Speaker => ("Said by", "a name, or = name: they are one  Enter "),
        _ => ("Note", "Enter saves  Esc "),
    }
}

/// A line to type in: what is typed comes before the hint, and where the cursor is stays in sight.
fn prompt(name: &str, input: &Input, hint: &str, width: usize) -> Line {
    let label = Line::of(format!(" {name}  "), Role::Active);
    let room = width.saturating_sub(label.width());
    let (before, after) = input.halves();
    let seen = Line::of(before, Role::Text).width();
    let shown = if seen + 1 < room {
        format!("{before}▏{after}")
    } else {
        format!("…{}▏", ending(before, room.saturating_sub(2)))
    };
    let line = label.say(shown, Role::Text);
    if line.width() + Line::of(hint, Role::Dim).width() < width { line.end(hint, Role::Dim) } else { line }
}

/// The last clusters of a text that fit into so many cells.
fn ending(text: &str, cells: usize) -> &str {
    let starts = text.grapheme_indices(true).map(|(at, _)| at);
    let rest = starts.filter_map(|at| text.get(at..)).find(|rest| Line::of(*rest, Role::Text).width() <= cells);
    rest.unwrap_or_default()
}

/// The keys that matter here, from the table of actions.
fn hints(model: &Model, form: Form) -> Line {
    let card = matches!(model.overlays.last(), Some(Overlay::Card { .. }));
    let actions: &[Action] = match (card, model.arrangement.focus, form) {
        (true, ..) => {
            &[Action::Open, Action::NextItem, Action::PreviousItem, Action::Why, Action::CopyQuote, Action::Escape]
        }
        (_, PaneId::Article, Form::Small) => &[Action::NextPane, Action::PageDown, Action::Search, Action::Help],
        (_, PaneId::Article, _) => &[
            Action::NextPane,
            Action::PageDown,
            Action::NextItem,
            Action::Open,
            Action::Search,
            Action::Help,
            Action::Close,
        ],
        (_, _, Form::Small) => &[Action::NextPane, Action::Open, Action::Filter, Action::Help],
        (_, PaneId::Claims, _) => &[
            Action::NextPane,
            Action::Open,
            Action::Verdict,
            Action::Why,
            Action::Filter,
            Action::Search,
            Action::Help,
        ],
        (_, PaneId::Threads, _) => &[
            Action::NextPane,
            Action::Open,
            Action::Thread,
            Action::Accept,
            Action::TurnStatus,
            Action::Search,
            Action::Help,
        ],
        _ => &[
            Action::NextPane,
            Action::Open,
            Action::SetSpeaker,
            Action::Filter,
            Action::CopyQuote,
            Action::Search,
            Action::Help,
        ],
    };
    let mut line = Line::of(" ", Role::Text);
    for &action in actions {
        let hint = if card && action == Action::Open { "go to the text" } else { action.entry().hint };
        line = line.say(model.keymap.key_of(action), Role::Key).say(format!(" {hint}  "), Role::Dim);
    }
    if !model.has_found_all() {
        return line.end("reading… ", Role::Dim);
    }
    if let Some((seen, files)) = model.adding.filter(|(seen, files)| seen < files) {
        return line.end(format!("story: {seen} of {files} "), Role::Dim);
    }
    if form == Form::Columns { line.end(format!("read {} ", per_cent(model)), Role::Dim) } else { line }
}
