//! A theme of the reader's own: five colours in a file `themes/NAME.toml` beside the settings.

use ratatui::style::Color;
use serde::Deserialize;
use toml::Spanned;

use super::fault::Fault;
use crate::widgets::Palette;

/// The file of a theme.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    accent: Spanned<String>,
    quote: Spanned<String>,
    claim: Spanned<String>,
    thread: Spanned<String>,
    denied: Spanned<String>,
}

/// Reads a theme.
///
/// # Errors
/// When a colour is missing, unknown, or none.
pub fn own_palette(text: &str) -> Result<Palette, Fault> {
    let theme: Theme = toml::from_str(text).map_err(|error| Fault::of(&error, text))?;
    let colour = |word: &Spanned<String>| {
        word.get_ref().parse::<Color>().map_err(|_| {
            let remedy = "write a name such as cyan, a number from 0 to 255, or #rrggbb".to_owned();
            Fault::at(text, word.span().start, format!("{:?} is no colour", word.get_ref()), remedy)
        })
    };
    let Theme { accent, quote, claim, thread, denied } = &theme;
    Ok(Palette::Own([colour(accent)?, colour(quote)?, colour(claim)?, colour(thread)?, colour(denied)?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_five_colours() {
        let text =
            "accent = \"cyan\"\nquote = \"#88c0d0\"\nclaim = \"214\"\nthread = \"blue\"\ndenied = \"light-red\"\n";
        let Palette::Own(colours) = own_palette(text).expect("a theme") else { panic!("its own") };
        assert_eq!(colours[1], Color::Rgb(0x88, 0xc0, 0xd0));
        let wrong = own_palette(&text.replace("214", "amber-ish")).expect_err("no colour");
        assert!(wrong.to_string().starts_with("line 3: "), "{wrong}");
        assert!(own_palette("accent = \"cyan\"").is_err());
    }
}
