//! Copying through the terminal (OSC 52): it works over SSH, and it is done only when the reader asks for it.

use crate::text::base64;

/// The longest encoded text that common terminals take, in bytes.
const LONGEST: usize = 74_000;

/// What GNU screen takes in one piece.
const SCREEN_PIECE: usize = 700;

/// What stands between sayso and the terminal with the clipboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Within {
    /// Nothing.
    Nothing,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

impl Within {
    /// As the environment says.
    pub fn now() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match (set("TMUX"), set("STY")) {
            (true, _) => Self::Tmux,
            (_, true) => Self::Screen,
            _ => Self::Nothing,
        }
    }
}

/// The sequence that puts a text on the terminal's clipboard; none when it is too long. tmux is told itself (it takes it with
/// `set-clipboard on`) and asked to hand it on (it does with `allow-passthrough on`); screen hands it on in pieces.
pub fn sequence(text: &str, within: Within) -> Option<String> {
    let encoded = base64(text.as_bytes());
    if encoded.len() > LONGEST {
        return None;
    }
    let plain = format!("\x1b]52;c;{encoded}\x07");
    Some(match within {
        Within::Nothing => plain,
        Within::Tmux => format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")),
        Within::Screen => {
            let pieces = plain.as_bytes().chunks(SCREEN_PIECE).map(String::from_utf8_lossy);
            pieces.fold(String::new(), |out, piece| out + "\x1bP" + &piece + "\x1b\\")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_encoded_and_wrapped() {
        assert_eq!(
            ["", "f", "fo", "foo", "foob"].map(|t| base64(t.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]
        );
        assert_eq!(sequence("so", Within::Nothing).as_deref(), Some("\x1b]52;c;c28=\x07"));
        let tmux = sequence("so", Within::Tmux);
        assert_eq!(tmux.as_deref(), Some("\x1b]52;c;c28=\x07\x1bPtmux;\x1b\x1b]52;c;c28=\x07\x1b\\"));
        assert_eq!(sequence("so", Within::Screen).as_deref(), Some("\x1bP\x1b]52;c;c28=\x07\x1b\\"));
        let long = sequence(&"x".repeat(3000), Within::Screen).expect("fits");
        assert_eq!(long.matches("\x1bP").count(), 6);
        assert_eq!(sequence(&"x".repeat(80_000), Within::Nothing), None);
    }
}
