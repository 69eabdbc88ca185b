//! The address of a text on the web, where its file tells one. It is shown and exported, never fetched; and since a saved file can
//! claim anything, only what is an address of the web and nothing else is believed.

use crate::text::Shown;

/// A longer address, in bytes, is none that a reader could use.
const LONGEST: usize = 2_000;

/// An address of the web, as it may stand in a link.
pub fn of_the_web(url: &str) -> Option<&str> {
    let url = url.trim();
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let rest = ["https://", "http://"].iter().find(|s| lower.starts_with(*s)).and_then(|s| url.get(s.len()..))?;
    let plain = !url.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '`'));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // `https://bank.example@other.example/` leads elsewhere than it seems to.
    let honest = host.starts_with(|c: char| c.is_alphanumeric()) && !host.contains('@');
    (plain && honest && url.len() <= LONGEST && Shown::line(url).as_str() == url).then_some(url)
}

/// Of what a file says its address is, in the order in which it is believed, the first that names more than a site.
pub fn best<'a>(told: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let told: Vec<&str> = told.into_iter().filter_map(of_the_web).collect();
    let names_a_page = |url: &&&str| {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        rest.split_once(['/', '?']).is_some_and(|(_, page)| !page.is_empty())
    };
    told.iter().find(names_a_page).or(told.first()).map(|&url| url.to_owned())
}

/// The address that a browser notes at the top of a page it saves: `<!-- saved from url=(0042)https://… -->`, or
/// ` url: https://…` in the comment of `SingleFile`.
pub fn saved_from(head: &str) -> Option<&str> {
    head.split("<!--").skip(1).find_map(|rest| {
        let comment = rest.split_once("-->").map_or(rest, |(comment, _)| comment);
        if let Some((_, after)) = comment.split_once("saved from url=(") {
            return after.split_once(')').and_then(|(_, url)| of_the_web(url));
        }
        let by_tool = comment.contains("SingleFile").then(|| comment.lines());
        by_tool.into_iter().flatten().find_map(|line| of_the_web(line.trim().strip_prefix("url:")?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;

    #[test]
    fn only_the_web_is_believed() {
        assert_eq!(of_the_web(" https://news.example/a?b=1#c "), Some("https://news.example/a?b=1#c"));
        let long = format!("https://news.example/{}", "a".repeat(LONGEST));
        for other in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc",
            "https://",
            "https://a\"b",
            "HTTPS:/x",
            "é",
            "https://bank.example@other.example/",
            "https://news.example/\u{202e}a",
            "//news.example/a",
            "/a",
            &long,
        ] {
            assert_eq!(of_the_web(other), None, "{other}");
        }
    }

    #[track_caller]
    fn check(name: &str, file: &str, expected: Option<&str>) {
        let document = read(file.as_bytes(), name).expect("reads");
        assert_eq!(document.meta().url.as_deref(), expected, "{file}");
    }

    #[test]
    fn pages_tell_where_they_are() {
        let page = |head: &str| {
            format!(
                "<!DOCTYPE html><html><head>{head}<title>Rain</title></head><body><h1>Rain</h1><p>It rained all day in Port Ansel.</p></body></html>"
            )
        };
        let check = |head: &str, expected| check("a.html", &page(head), expected);
        let ld = |inside: &str| {
            format!("<script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", {inside}}}</script>")
        };
        check("", None);
        check("<link rel='Canonical nofollow' href='https://n.example/rain'>", Some("https://n.example/rain"));
        check(
            "<link rel=canonical href='javascript:alert(1)'><meta property=og:url content='https://n.example/rain'>",
            Some("https://n.example/rain"),
        );
        check(
            "<link rel=canonical href='https://n.example/'><meta property=og:url content='https://n.example/rain'>",
            Some("https://n.example/rain"),
        );
        check(&ld("\"url\": \"https://n.example/rain\""), Some("https://n.example/rain"));
        check(&ld("\"mainEntityOfPage\": \"https://n.example/rain\""), Some("https://n.example/rain"));
        check(
            &ld("\"mainEntityOfPage\": {\"@type\": \"WebPage\", \"@id\": \"https://n.example/rain\"}"),
            Some("https://n.example/rain"),
        );
        check(&ld("\"url\": \"/rain\""), None);
    }

    #[test]
    fn browsers_note_where_a_page_was_saved() {
        let rest = "<html><head><title>Rain</title></head><body><p>It rained all day in Port Ansel.</p></body></html>";
        let ie = format!("<!DOCTYPE html>\n<!-- saved from url=(0022)https://n.example/rain -->\n{rest}");
        check("a.html", &ie, Some("https://n.example/rain"));
        let single = format!(
            "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://n.example/rain?a=1 \n saved date: Sun Mar 01 2026\n-->{}",
            rest.trim_start_matches("<html>")
        );
        check("a.html", &single, Some("https://n.example/rain?a=1"));
        check("a.html", &format!("<!-- saved from url=(0014)about:internet -->{rest}"), None);
        check("a.html", &format!("<!-- url: https://n.example/rain -->{rest}"), None);
    }

    #[test]
    fn feeds_tell_of_their_entry_or_else_of_their_site() {
        let rss = |items: &str| {
            format!(
                "<rss version='2.0'><channel><title>Notes</title><link>https://n.example/</link>{items}</channel></rss>"
            )
        };
        let item =
            "<item><title>Rain</title><link>https://n.example/rain</link><description>It rained.</description></item>";
        check("a.xml", &rss(item), Some("https://n.example/rain"));
        check("a.xml", &rss(&item.repeat(2)), Some("https://n.example/"));
        check(
            "a.xml",
            &rss(
                "<item><title>Rain</title><guid>https://n.example/r1</guid><description>It rained.</description></item>",
            ),
            Some("https://n.example/r1"),
        );
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Notes</title><link rel='self' href='https://n.example/feed'/><entry><title>Rain</title><link rel='enclosure' href='https://n.example/a.mp3'/><link href='https://n.example/rain'/><content>It rained.</content></entry></feed>";
        check("a.atom", atom, Some("https://n.example/rain"));
        let json = |url: &str| {
            format!(
                r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "Notes", "home_page_url": "https://n.example/", "items": [{{"id": "https://n.example/r1", {url} "content_text": "It rained."}}]}}"#
            )
        };
        check("a.json", &json(r#""url": "https://n.example/rain","#), Some("https://n.example/rain"));
        check("a.json", &json(""), Some("https://n.example/r1"));
    }

    #[test]
    fn mail_tells_of_its_archive_and_saved_pages_of_their_place() {
        let mail = |more: &str| {
            format!(
                "From: Ann Lee <a@x.example>\nTo: b@x.example\nSubject: Rain\nMessage-ID: <1@x>\n{more}\nIt rained.\n"
            )
        };
        check("a.eml", &mail(""), None);
        check(
            "a.eml",
            &mail("Archived-At: <https://lists.example/m/1>\nList-Archive: <https://lists.example/>\n"),
            Some("https://lists.example/m/1"),
        );
        check("a.eml", &mail("List-Archive: <https://lists.example/all>\n"), Some("https://lists.example/all"));
        check("a.eml", &mail("List-Archive: <mailto:all@lists.example>\n"), None);
        let page = |headers: &str, part: &str| {
            format!(
                "From: <Saved by Blink>\n{headers}Subject: Rain\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\n\n--b\nContent-Type: text/html\n{part}\n<html><head><title>Rain</title></head><body><p>It rained all day in Port Ansel.</p></body></html>\n--b--\n"
            )
        };
        check(
            "a.mhtml",
            &page("Snapshot-Content-Location: https://n.example/rain\n", ""),
            Some("https://n.example/rain"),
        );
        let part = page("", "Content-Location: https://n.example/rain\n");
        check("a.mht", &part, Some("https://n.example/rain"));
        assert_eq!(read(part.as_bytes(), "a.mht").expect("reads").meta().byline, None, "a browser is no author");
        check(
            "a.md",
            "---\ntitle: Rain\nsource: \"https://n.example/rain\"\n---\nIt rained.\n",
            Some("https://n.example/rain"),
        );
        check("a.md", "---\nurl: ftp://n.example/rain\n---\nIt rained.\n", None);
    }
}
