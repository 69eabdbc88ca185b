//! The article on the screen: wrapped text, and a margin that tells what each row holds and moves with the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::Shows;
use crate::analysis::{FindingId, Quote, QuoteKind};
use crate::app::layout::{Areas, MARGIN};
use crate::app::model::Model;
use crate::app::open_article::Article;
use crate::app::reading::Found;
use crate::app::words;
use crate::document::BlockKind;
use crate::store::Field;
use crate::text::{Span, shown_name};
use crate::widgets::{Layer, Role, draw_row, put, wrapped};

/// What stands in the margin of a row.
#[derive(Default)]
struct Margin {
    /// A speaker's initials or a thread's letter.
    name: String,
    name_role: Role,
    mark: &'static str,
    mark_role: Role,
    selected: bool,
    /// The reader's note is on what starts here.
    noted: bool,
}

/// Draws the rows of the text on the screen.
pub fn draw(model: &Model, areas: &Areas, buffer: &mut Buffer) {
    let Article { reading, text, fault, .. } = model.article();
    if let Some(fault) = fault {
        let room = usize::from(areas.text.width.saturating_sub(areas.margin + 1));
        let said = format!("{}; r reads it again", shown_name(fault));
        for (y, row) in (areas.text.y + 1..areas.text.bottom()).zip(wrapped(&said, room, 8)) {
            let style = model.theme.style(Role::Denied);
            put(buffer, areas.text.x + areas.margin, y, room, &row, style, model.theme);
        }
        return;
    }
    for (number, shows) in text.rows(&reading.document).into_iter().enumerate() {
        let y = areas.text.y.saturating_add(u16::try_from(number).unwrap_or(u16::MAX));
        if let (Shows::Text(span, kind), true) = (shows, y < areas.text.bottom()) {
            draw_text(model, areas, y, span, kind, buffer);
        }
    }
}

fn draw_text(model: &Model, areas: &Areas, y: u16, span: Span, kind: BlockKind, buffer: &mut Buffer) {
    let reading = &model.article().reading;
    let area = Rect::new(areas.text.x + areas.margin, y, areas.text.width.saturating_sub(areas.margin), 1);
    let mut layers = Vec::new();
    let mut margin = Margin::default();
    if let Some(found) = &reading.found {
        let touching = found.touches.touching(span);
        margin = self::margin(model, found, &touching, span);
        margin.noted |= reading.remarks.is_noted(span);
        let threads = touching.iter().filter(|(_, f)| matches!(f, FindingId::Thread(_)));
        layers.extend(threads.map(|&(span, _)| Layer { span, role: Role::Thread }));
    }
    if matches!(kind, BlockKind::Title | BlockKind::Heading(_)) && margin.mark.is_empty() {
        margin.mark = "#";
        margin.mark_role = Role::Dim;
    }
    layers.extend(model.marked().into_iter().map(|span| Layer { span, role: Role::Match }));
    layers.extend(model.matches_in(span).into_iter().map(|span| Layer { span, role: Role::Match }));
    draw_margin(model, areas, y, &margin, buffer);
    let base = match kind {
        BlockKind::Title | BlockKind::Heading(_) => Role::Heading,
        BlockKind::Byline | BlockKind::SceneBreak => Role::Dim,
        _ => Role::Text,
    };
    draw_row(reading.slice(span), span, base, &layers, area, model.theme, buffer);
}

fn margin(model: &Model, found: &Found, touching: &[(Span, FindingId)], row: Span) -> Margin {
    let mut margin = Margin::default();
    let selected = model.selected();
    for &(piece, finding) in touching {
        margin.selected |= Some(finding) == selected;
        let starts = !matches!(finding, FindingId::Thread(_)) && row.contains(piece.start());
        margin.noted |= starts && model.article().reading.remarks.value(finding, Field::Note).is_some();
        match finding {
            FindingId::Quote(id) => {
                if let Some(quote) = found.analysis.quotes.get(id.index()) {
                    note_quote(&mut margin, quote, piece, row);
                }
            }
            FindingId::Claim(_) if margin.mark.is_empty() && row.contains(piece.start()) => {
                margin.mark = "!";
                margin.mark_role = Role::Claim;
            }
            FindingId::Thread(id) if margin.name.is_empty() => {
                let letter = found.analysis.threads.get(id.index()).map(|t| t.letter);
                margin.name = letter.map(String::from).unwrap_or_default();
                margin.name_role = Role::Thread;
            }
            _ => {}
        }
    }
    margin
}

fn note_quote(margin: &mut Margin, quote: &Quote, piece: Span, row: Span) {
    let (mark, role) = match quote.kind {
        QuoteKind::Indirect => ("~", Role::Indirect),
        QuoteKind::Direct | QuoteKind::Mixed => ("“", Role::Quote),
    };
    if margin.mark != "“" {
        margin.mark = mark;
        margin.mark_role = role;
    }
    let starts = row.contains(piece.start()) && quote.content.first() == Some(&piece);
    if starts && (margin.name.is_empty() || margin.name_role == Role::Thread) {
        margin.name = quote.speaker.as_ref().map(|s| words::initials(&s.name)).unwrap_or_default();
        margin.name_role = role;
    }
}

fn draw_margin(model: &Model, areas: &Areas, y: u16, margin: &Margin, buffer: &mut Buffer) {
    let theme = model.theme;
    let mut write = |x: u16, room: usize, text: &str, role| {
        put(buffer, areas.text.x + x, y, room, text, theme.style(role), theme);
    };
    if margin.noted && (areas.margin == MARGIN || !margin.selected) {
        write(0, 1, "i", Role::Key);
    }
    if areas.margin == MARGIN {
        write(1, 2, &margin.name, margin.name_role);
        if margin.selected {
            write(4, 1, "▌", Role::Bar);
        } else {
            write(4, 1, margin.mark, margin.mark_role);
        }
    } else {
        if margin.selected {
            write(0, 1, "▌", Role::Bar);
        }
        write(1, 1, margin.mark, margin.mark_role);
    }
}
