//! The shortest bytes from one style to another.

use std::fmt::Write;

use ratatui::style::{Color, Modifier, Style};

const MODIFIERS: &[(Modifier, u8, u8)] = &[
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// The sequence that changes the terminal's style; empty when nothing changes.
pub fn change(from: Style, to: Style) -> String {
    let (old, new) = (Look::of(from), Look::of(to));
    if old == new {
        return String::new();
    }
    let anew = new.from_nothing();
    let step = old.step_to(&new);
    let codes = if step.len() < anew.len() { step } else { anew };
    format!("\x1b[{codes}m")
}

/// Whether a blank in this style looks like one in no style: nothing is behind, under or through it.
pub fn has_plain_ground(style: Style) -> bool {
    let look = Look::of(style);
    look.bg == Color::Reset
        && !look.modifiers.intersects(Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT)
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifiers: Modifier,
}

impl Look {
    fn of(style: Style) -> Self {
        Self {
            fg: style.fg.unwrap_or(Color::Reset),
            bg: style.bg.unwrap_or(Color::Reset),
            modifiers: style.add_modifier - style.sub_modifier,
        }
    }

    /// All codes after a reset; a reset alone is nothing.
    fn from_nothing(&self) -> String {
        let mut codes = Vec::new();
        for &(modifier, on, _) in MODIFIERS {
            if self.modifiers.contains(modifier) {
                codes.push(on.to_string());
            }
        }
        if self.fg != Color::Reset {
            codes.push(colour(self.fg, 30));
        }
        if self.bg != Color::Reset {
            codes.push(colour(self.bg, 40));
        }
        if codes.is_empty() { String::new() } else { format!("0;{}", codes.join(";")) }
    }

    fn step_to(&self, new: &Look) -> String {
        let mut codes: Vec<String> = Vec::new();
        let gone = self.modifiers - new.modifiers;
        let mut kept = self.modifiers - gone;
        for &(modifier, _, off) in MODIFIERS {
            if gone.contains(modifier) && !codes.contains(&off.to_string()) {
                codes.push(off.to_string());
                if off == 22 {
                    kept -= Modifier::BOLD | Modifier::DIM;
                }
            }
        }
        for &(modifier, on, _) in MODIFIERS {
            if new.modifiers.contains(modifier) && !kept.contains(modifier) {
                codes.push(on.to_string());
            }
        }
        if self.fg != new.fg {
            codes.push(colour(new.fg, 30));
        }
        if self.bg != new.bg {
            codes.push(colour(new.bg, 40));
        }
        codes.join(";")
    }
}

/// The code of a colour; `base` is 30 for the foreground, 40 for the background.
fn colour(colour: Color, base: u8) -> String {
    let dim = |n: u8| (base + n).to_string();
    let bright = |n: u8| (base + 60 + n).to_string();
    match colour {
        Color::Reset => dim(9),
        Color::Black => dim(0),
        Color::Red => dim(1),
        Color::Green => dim(2),
        Color::Yellow => dim(3),
        Color::Blue => dim(4),
        Color::Magenta => dim(5),
        Color::Cyan => dim(6),
        Color::Gray => dim(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => {
            let mut code = String::new();
            let _ = write!(code, "{};2;{r};{g};{b}", base + 8);
            code
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_short() {
        let plain = Style::default();
        let green = plain.fg(Color::Green);
        let bold = green.add_modifier(Modifier::BOLD);
        assert_eq!(change(plain, plain), "");
        assert_eq!(change(plain, green), "\x1b[32m");
        assert_eq!(change(green, bold), "\x1b[1m");
        assert_eq!(change(bold, green), "\x1b[22m");
        assert_eq!(change(bold, plain), "\x1b[m");
        assert_eq!(change(bold.add_modifier(Modifier::DIM), bold), "\x1b[22;1m");
    }
}
