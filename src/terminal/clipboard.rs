//! Copying through the terminal (OSC 52): it works over SSH, and it is done only when the reader asks for it.

use std::fmt::Write;

/// The longest encoded text that common terminals take, in bytes.
const LONGEST: usize = 74_000;

/// The sequence that puts a text on the terminal's clipboard, wrapped for tmux where needed; none when it is too long.
pub fn sequence(text: &str, in_tmux: bool) -> Option<String> {
    let encoded = base64(text.as_bytes());
    if encoded.len() > LONGEST {
        return None;
    }
    let plain = format!("\x1b]52;c;{encoded}\x07");
    Some(if in_tmux { format!("\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")) } else { plain })
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().fold(0u32, |n, &b| n << 8 | u32::from(b)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            if place <= chunk.len() {
                out.push(char::from(LETTERS[(number >> (18 - 6 * place) & 63) as usize]));
            } else {
                let _ = out.write_char('=');
            }
        }
    }
    out
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
        assert_eq!(sequence("so", false).as_deref(), Some("\x1b]52;c;c28=\x07"));
        assert_eq!(sequence("so", true).as_deref(), Some("\x1bPtmux;\x1b\x1b]52;c;c28=\x07\x1b\\"));
        assert_eq!(sequence(&"x".repeat(80_000), false), None);
    }
}
