//! The pictures in `assets/screens/`: drawn from the reader's own cells, so that what README shows is what a reader sees.
//! `UPDATE_EXPECT=1 cargo test` draws them again.

use std::fmt::Write;

use expect_test::expect_file;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::screen::Screen;

/// Width and height of a cell, in the picture's units.
const CELL: (f32, f32) = (8.4, 18.0);
/// White space around the screen.
const EDGE: f32 = 10.0;

fn colour(color: Color) -> &'static str {
    match color {
        Color::Red | Color::LightRed => "#c0504d",
        Color::Green | Color::LightGreen => "#4e9a5b",
        Color::Yellow | Color::LightYellow => "#b58900",
        Color::Blue | Color::LightBlue => "#4a7fc1",
        Color::Magenta | Color::LightMagenta => "#a05fb0",
        Color::Cyan | Color::LightCyan => "#2aa198",
        Color::DarkGray => "#7c8a92",
        _ => "#d8dee0",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Cells of one row that look alike and stand side by side.
struct Run {
    x: u16,
    width: u16,
    text: String,
    style: (Color, Modifier),
}

/// Blank cells are in no run, unless their style shows; a run holds single spaces only, which viewers keep.
fn runs(row: &[Cell]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut skip, mut spaces) = (0, 0);
    for (x, cell) in (0u16..).zip(row) {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let width = u16::try_from(cell.symbol().width().max(1)).unwrap_or(1);
        skip = width - 1;
        let style = (cell.fg, cell.modifier);
        if cell.symbol() == " " && !cell.modifier.contains(Modifier::REVERSED) {
            spaces += 1;
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.style == style && spaces <= 1 && run.x + run.width + spaces == x => {
                run.text.push_str(if spaces == 1 { " " } else { "" });
                run.text.push_str(cell.symbol());
                run.width += width + spaces;
            }
            _ => runs.push(Run { x, width, text: cell.symbol().to_owned(), style }),
        }
        spaces = 0;
    }
    runs
}

fn draw_run(run: &Run, y: usize, out: &mut String) {
    let (fg, modifier) = run.style;
    let x = EDGE + f32::from(run.x) * CELL.0;
    let length = f32::from(run.width) * CELL.0;
    #[expect(clippy::cast_precision_loss, reason = "rows of a screen are few")]
    let top = EDGE + y as f32 * CELL.1;
    let (ink, paper) =
        if modifier.contains(Modifier::REVERSED) { ("#1d2326", Some(colour(fg))) } else { (colour(fg), None) };
    if let Some(paper) = paper {
        let _ =
            writeln!(out, r#"<rect x="{x:.1}" y="{top:.1}" width="{length:.1}" height="{}" fill="{paper}"/>"#, CELL.1);
    }
    if run.text.trim().is_empty() {
        return;
    }
    let mut look = String::new();
    if modifier.contains(Modifier::BOLD) {
        look.push_str(r#" font-weight="bold""#);
    }
    if modifier.contains(Modifier::ITALIC) {
        look.push_str(r#" font-style="italic""#);
    }
    if modifier.contains(Modifier::UNDERLINED) {
        look.push_str(r#" text-decoration="underline""#);
    }
    if modifier.contains(Modifier::DIM) {
        look.push_str(r#" opacity="0.65""#);
    }
    let baseline = top + CELL.1 * 0.75;
    let _ = writeln!(
        out,
        r#"<text x="{x:.1}" y="{baseline:.1}" textLength="{length:.1}" fill="{ink}"{look}>{}</text>"#,
        escaped(&run.text)
    );
}

fn picture(buffer: &Buffer, title: &str) -> String {
    let (width, height) = (f32::from(buffer.area.width), f32::from(buffer.area.height));
    let (width, height) = (width * CELL.0 + 2.0 * EDGE, height * CELL.1 + 2.0 * EDGE);
    let mut out = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" role="img" aria-label="{title}">
<title>{title}</title>
<rect width="100%" height="100%" rx="8" fill="#1d2326"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve" style="white-space:pre">
"##
    );
    let cells = usize::from(buffer.area.width).max(1);
    for (y, row) in buffer.content.chunks(cells).enumerate() {
        for run in runs(row) {
            draw_run(&run, y, &mut out);
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

#[test]
fn the_pictures_show_the_screens() {
    for (name, title, (width, height), keys) in [
        ("story-120x40", "The story with its four panes", (120, 40), "] ] ] ]"),
        ("quotes-80x24", "The Quotes pane", (80, 24), "2 j j j j"),
        ("claims-80x24", "The Claims pane", (80, 24), "3 j j j j j j j j"),
        ("threads-80x24", "The card of a thread", (80, 24), "4 <enter>"),
        ("claim-card-80x24", "The card of a claim", (80, 24), "3 j j j j j j j j <enter>"),
        (
            "notes-80x24",
            "All notes on a text",
            (80, 24),
            "2 i a s k <space> h e r <enter> 3 j i w h o <space> s a y s <space> s o ? <enter> I",
        ),
        ("help-80x24", "The help of the Quotes pane", (80, 24), "2 ?"),
        ("tour-80x24", "The tour", (80, 24), "<f2> <enter>"),
        ("search-80x24", "Search across quotes", (80, 24), "/ s p e a k e r : s a l a z a r <space> m i g h t"),
    ] {
        check(Screen::story(width, height).press(keys), name, title);
    }
}

/// Compares a screen with its picture in `assets/screens`.
pub fn check(screen: &Screen, name: &str, title: &str) {
    let path = format!("{}/assets/screens/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    expect_file![path].assert_eq(&picture(&screen.cells(), title));
}
