//! Addresses that a page may link to: of the web and no others, since a saved file can claim any.

use std::fmt::Write;

pub(super) use crate::document::address::of_the_web;

/// Words at each end of a passage that a long text fragment names.
const ENDS: usize = 6;
/// A passage of more words than this is named by its ends.
const WHOLE: usize = 16;

/// The address of a passage in a page: browsers that know text fragments scroll to it, others open the page.
pub(super) fn of_passage(url: &str, passage: &str) -> Option<String> {
    let url = of_the_web(url)?;
    let page = url.split_once('#').map_or(url, |(page, _)| page);
    let words: Vec<&str> = passage.split_whitespace().collect();
    let named = if words.len() <= WHOLE {
        encoded(&words)
    } else {
        [encoded(&words[..ENDS]), encoded(&words[words.len() - ENDS..])].join(",")
    };
    Some(if named.is_empty() { page.to_owned() } else { format!("{page}#:~:text={named}") })
}

/// Words as a fragment takes them: a hyphen and a comma part its pieces, so they are encoded too.
fn encoded(words: &[&str]) -> String {
    let mut out = String::new();
    for byte in words.join(" ").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_named_by_its_words() {
        let short = of_passage("https://news.example/a#top", "It may, or may-be, rain.");
        assert_eq!(short.as_deref(), Some("https://news.example/a#:~:text=It%20may%2C%20or%20may%2Dbe%2C%20rain."));
        let long = "one two three four five six seven eight nine ten eleven twelve 13 14 15 16 17 18";
        let long = of_passage("https://news.example/a", long).expect("an address");
        assert!(long.ends_with("#:~:text=one%20two%20three%20four%20five%20six,13%2014%2015%2016%2017%2018"), "{long}");
        assert_eq!(of_passage("mailto:a@b.example", "x"), None);
    }
}
