//! What each kind of thing looks like, and the ASCII twins of the marks. A colour never carries a meaning alone: the word
//! or the mark beside it says the same.

use std::borrow::Cow;

use ratatui::style::{Color, Modifier, Style};
use unicode_normalization::UnicodeNormalization;

/// The sets of colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Palette {
    /// The terminal's own 16 colours.
    #[default]
    Auto,
    /// Dark colours for a light background.
    Light,
    /// Light colours for a dark background.
    Dark,
    /// No colours at all: bold, underline, reverse and the marks.
    Mono,
    /// The reader's own: for the selection, quotes, claims, threads, and what is denied.
    Own([Color; 5]),
}

impl Palette {
    /// The name as the reader sees it.
    pub fn name(self) -> &'static str {
        match self {
            Palette::Auto => "auto",
            Palette::Light => "light",
            Palette::Dark => "dark",
            Palette::Mono => "mono",
            Palette::Own(_) => "your own",
        }
    }

    /// The next one in turn.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Palette::Auto => Palette::Light,
            Palette::Light => Palette::Dark,
            Palette::Dark => Palette::Mono,
            Palette::Mono | Palette::Own(_) => Palette::Auto,
        }
    }
}

/// What a piece of text means, which decides how it looks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Text,
    /// What may be skipped.
    Dim,
    /// The title of the pane with the keys.
    Active,
    /// Titles and headings.
    Heading,
    /// The bar of the selection.
    Bar,
    /// The words of a quote.
    Quote,
    /// The words of a quote without marks.
    Indirect,
    /// A claim's mark.
    Claim,
    /// A thread's name or letter.
    Thread,
    /// What the program is not sure of.
    Unsure,
    /// Something firm.
    Firm,
    /// Something denied.
    Denied,
    /// A search match.
    Match,
    /// A key in the footer or the help.
    Key,
    /// Lines between panes.
    Rule,
}

/// A palette and whether only ASCII may be drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Theme {
    /// The colours.
    pub palette: Palette,
    /// Draw ASCII twins of everything.
    pub ascii: bool,
}

impl Theme {
    /// How a role looks.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let shape = match role {
            Role::Active | Role::Heading | Role::Key | Role::Bar => plain.add_modifier(Modifier::BOLD),
            Role::Match if self.palette == Palette::Mono => plain.add_modifier(Modifier::UNDERLINED),
            Role::Match => plain.add_modifier(Modifier::REVERSED),
            Role::Indirect => plain.add_modifier(Modifier::ITALIC),
            Role::Dim | Role::Rule => plain.add_modifier(Modifier::DIM),
            _ => plain,
        };
        match self.colour(role) {
            Some(colour) => shape.remove_modifier(Modifier::DIM).fg(colour),
            None => shape,
        }
    }

    fn colour(self, role: Role) -> Option<Color> {
        let [cyan, green, yellow, blue, red] = match self.palette {
            Palette::Mono => return None,
            Palette::Auto => [Color::Cyan, Color::Green, Color::Yellow, Color::Blue, Color::Red],
            Palette::Light => [24, 22, 94, 18, 88].map(Color::Indexed),
            Palette::Dark => [116, 151, 222, 111, 210].map(Color::Indexed),
            Palette::Own(colours) => colours,
        };
        Some(match role {
            Role::Active | Role::Bar => cyan,
            Role::Quote | Role::Indirect | Role::Firm => green,
            Role::Claim | Role::Unsure => yellow,
            Role::Thread => blue,
            Role::Denied => red,
            _ => return None,
        })
    }

    /// Whether matches and the like need brackets, because no colour shows them.
    pub fn brackets(self) -> bool {
        self.palette == Palette::Mono || self.ascii
    }

    /// What to draw for a cluster of `width` cells: itself, or its ASCII twin of the same width.
    pub fn twin(self, cluster: &str, width: usize) -> Cow<'_, str> {
        if !self.ascii || cluster.is_ascii() {
            return Cow::Owned(cluster.to_owned());
        }
        let first = cluster.chars().next().unwrap_or(' ');
        let twin = twin(first);
        if width <= 1 { Cow::Borrowed(twin) } else { Cow::Owned(format!("{twin:<width$}")) }
    }
}

fn twin(c: char) -> &'static str {
    match c {
        '▸' => "*",
        '“' | '”' | '„' | '«' | '»' | '「' | '」' => "\"",
        '‘' | '’' | '‚' | '′' => "'",
        '─' | '–' | '—' | '‐' | '‑' => "-",
        '│' => "|",
        '┬' | '┴' | '┼' => "+",
        '…' | '·' => ".",
        '≈' => "~",
        '▌' | '→' => ">",
        '←' => "<",
        '↑' => "^",
        '↓' => "v",
        '▏' => "_",
        '▁' => "1",
        '▂' => "2",
        '▃' => "3",
        '▄' => "4",
        '▅' => "5",
        '▆' => "6",
        '▇' => "7",
        '█' => "9",
        _ => base_letter(c),
    }
}

/// The letter under an accent.
fn base_letter(c: char) -> &'static str {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let base = std::iter::once(c).nfkd().next().unwrap_or('?');
    LETTERS.find(base).and_then(|at| LETTERS.get(at..=at)).unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mono_asks_for_no_colour() {
        let theme = Theme { palette: Palette::Mono, ascii: false };
        for role in [Role::Active, Role::Quote, Role::Claim, Role::Thread, Role::Denied, Role::Match, Role::Rule] {
            assert_eq!((theme.style(role).fg, theme.style(role).bg), (None, None));
        }
    }

    #[test]
    fn twins_keep_their_width() {
        let theme = Theme { palette: Palette::Auto, ascii: true };
        assert_eq!(theme.twin("▌", 1), ">");
        assert_eq!(theme.twin("ē", 1), "e");
        assert_eq!(theme.twin("木", 2), "? ");
    }
}
