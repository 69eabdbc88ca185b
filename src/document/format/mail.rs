//! Newsletters and letters saved as mail: one message (`.eml`, and `.mhtml`, in which browsers save pages) or a mailbox of
//! them (`.mbox`), in which each message is a section.

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, HeaderName, Message, MessageParser, MimeHeaders};

use super::html::{fragment, page};
use super::{Fit, plain};
use crate::document::address::{best, of_the_web};
use crate::document::{BlockKind, Builder, Document, Draft, Meta, ReadError, Source};

/// Messages of a mailbox beyond these are left out.
const MOST_MESSAGES: usize = 2_000;

/// Headers that letters quoted in a text do not show.
const MACHINE: &[&str] = &[
    "received",
    "message-id",
    "mime-version",
    "return-path",
    "delivered-to",
    "dkim-signature",
    "content-type",
    "x-mailer",
    "snapshot-content-location",
];
/// Headers that every message has.
const USUAL: &[&str] = &["from", "to", "subject", "date", "reply-to", "sender"];

/// Whether a file is mail: its first lines are headers, some of them for machines.
pub(super) fn fit(source: &Source) -> Fit {
    let lines = source.head.lines().skip(usize::from(source.head.starts_with("From ")));
    let headers = lines.take_while(|line| !line.trim().is_empty()).filter(|line| !line.starts_with([' ', '\t']));
    let names: Vec<String> = headers.map_while(header_name).collect();
    let has = |list: &[&str]| names.iter().filter(|n| list.contains(&n.as_str())).count();
    if has(MACHINE) >= 1 && has(USUAL) >= 2 {
        Fit::Sure
    } else if has(USUAL) + has(MACHINE) >= 1 {
        Fit::ByName
    } else {
        Fit::No
    }
}

fn header_name(line: &str) -> Option<String> {
    let (name, _) = line.split_once(':')?;
    let fits = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then(|| name.to_ascii_lowercase())
}

/// Reads a message or a mailbox.
pub(super) fn read(source: &Source) -> Result<Document, ReadError> {
    let trimmed = source.bytes.trim_ascii_start();
    if trimmed.starts_with(b"From ") {
        return mailbox(trimmed).into_document(source.name);
    }
    let Some(message) = MessageParser::default().parse(trimmed) else {
        let reason = "its headers make no sense; save it again as plain text".into();
        return Err(ReadError::Damaged { name: source.name.to_owned(), kind: "a mail", reason });
    };
    one(&message).into_document(source.name)
}

/// A message as a document of its own.
fn one(message: &Message) -> Draft {
    let place = saved_at(message);
    let saved_page = place.is_some() || snapshot(message).is_some();
    let html = own_html(message);
    let mut draft = match &html {
        Some(html) => page(html),
        None => Draft { blocks: plain_blocks(message), ..Draft::default() },
    };
    if saved_page {
        draft.meta.url = best(draft.meta.url.as_deref().into_iter().chain(place.as_deref()));
    } else {
        draft.meta = Meta { outlet: draft.meta.outlet.take(), ..head(message) };
    }
    draft
}

/// All messages of a mailbox, each under its subject.
fn mailbox(bytes: &[u8]) -> Draft {
    let mut draft = Draft::default();
    for raw in MessageIterator::new(bytes).map_while(Result::ok).take(MOST_MESSAGES) {
        let Some(message) = MessageParser::default().parse(raw.contents()) else { continue };
        let meta = head(&message);
        let line = [meta.byline.map(|b| format!("By {b}")), meta.published]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ");
        draft.push(BlockKind::Heading(1), meta.title);
        draft.push(BlockKind::Byline, line);
        draft.blocks.extend(match own_html(&message) {
            Some(html) => page(&html).blocks,
            None => plain_blocks(&message),
        });
    }
    draft
}

/// Subject, sender and day.
fn head(message: &Message) -> Meta {
    let date = message.date().filter(|d| d.month >= 1 && d.day >= 1);
    Meta {
        title: message.subject().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
        byline: message.from().and_then(sender),
        published: date.map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day)),
        outlet: None,
        url: archived(message),
    }
}

/// Where Chromium says a page was saved.
fn snapshot<'a>(message: &'a Message<'_>) -> Option<&'a str> {
    message.header_raw(HeaderName::Other("Snapshot-Content-Location".into())).map(str::trim)
}

/// Where a message is kept on the web: itself, or its list.
fn archived(message: &Message) -> Option<String> {
    let told = [HeaderName::ArchivedAt, HeaderName::ListArchive].map(|name| message.header_raw(name));
    let addresses = told.into_iter().flatten().map(|told| {
        told.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(told, |(address, _)| address)
    });
    addresses.filter_map(of_the_web).map(str::to_owned).next()
}

/// Where a page was saved: the whole of it, or its part with the text.
fn saved_at(message: &Message) -> Option<String> {
    let whole = snapshot(message);
    let part = message.html_part(0).filter(|part| part.is_text_html()).and_then(MimeHeaders::content_location);
    whole.into_iter().chain(part).filter_map(of_the_web).map(str::to_owned).next()
}

fn sender(address: &Address) -> Option<String> {
    let first = address.first()?;
    let shown = first.name().filter(|n| !n.trim().is_empty()).or_else(|| first.address())?;
    Some(shown.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The message's HTML, when it was sent with it.
fn own_html(message: &Message) -> Option<String> {
    let part = message.html_part(0).filter(|part| part.is_text_html())?;
    let attached = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
    part.text_contents().filter(|_| !attached).map(str::to_owned)
}

/// The blocks of the text part, read as plain text; the signature behind `-- ` is left out.
fn plain_blocks(message: &Message) -> Vec<(BlockKind, String)> {
    let text = message.body_text(0).unwrap_or_default().replace("\r\n", "\n");
    if text.trim_start().starts_with('<') {
        return fragment(&text);
    }
    // Some encodings lose the space behind the dashes.
    let body = ["\n-- \n", "\n--\n"].iter().filter_map(|sign| text.split_once(sign)).map(|(body, _)| body);
    let body = body.min_by_key(|body| body.len()).unwrap_or(&text);
    let mut builder = Builder::new(body.to_owned(), "");
    plain::read(&mut builder);
    let document = builder.finish();
    let kind = |k| if matches!(k, BlockKind::Title | BlockKind::Byline) { BlockKind::Paragraph } else { k };
    document.blocks().iter().map(|b| (kind(b.kind), document.slice(b.span).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    #[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
    fn check(text: &str, expected: Expect) {
        let document = crate::document::read(text.as_bytes(), "a.eml").expect("reads");
        let meta = document.meta();
        let mut drawn = format!("{:?} {:?} {:?}\n", meta.title, meta.byline, meta.published);
        drawn.extend(document.blocks().iter().map(|b| format!("{:?}: {:?}\n", b.kind, document.slice(b.span))));
        expected.assert_eq(&drawn);
    }

    #[test]
    fn words_are_decoded() {
        check(
            "Return-Path: <n@x.example>\nFrom: =?utf-8?q?Zo=C3=AB_Lind?= <n@x.example>\nTo: you@x.example\nSubject: The harbour,\n again\nDate: Sun, 01 Mar 2026 10:00:00 +0100\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=E2=80=9CIt might,=E2=80=9D she said, and it was a very long line that had to be =\nbroken.\n\nThen nothing.\n-- \nZoe\n",
            expect![[r#"
                "The harbour, again" Some("Zoë Lind") Some("2026-03-01")
                Title: "The harbour, again"
                Byline: "By Zoë Lind"
                Paragraph: "“It might,” she said, and it was a very long line that had to be broken."
                Paragraph: "Then nothing."
            "#]],
        );
    }

    #[test]
    fn html_is_preferred() {
        check(
            "From: Ann Lee <a@x.example>\nTo: b@x.example\nSubject: Rain\nMIME-Version: 1.0\nDate: Sun, 01 Mar 2026 10:00:00 +0100\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<table><tr><td><p>View this email in your browser</p><p>It rained all day in Port Ansel, and nobody was surprised.</p><p>Unsubscribe</p></table>\n--b--\n",
            expect![[r#"
                "Rain" Some("Ann Lee") Some("2026-03-01")
                Title: "Rain"
                Byline: "By Ann Lee"
                Paragraph: "It rained all day in Port Ansel, and nobody was surprised."
            "#]],
        );
    }

    #[test]
    fn a_mailbox_is_read_in_order() {
        check(
            "From a@x Sun Mar  1 10:00:00 2026\nFrom: Ann Lee <a@x.example>\nSubject: One\nMessage-ID: <1@x>\n\nIt rained.\n>From then on it was dry.\n\nFrom b@x Mon Mar  2 10:00:00 2026\nFrom: Bo <b@x.example>\nSubject: Two\n\nIt stopped.\n",
            expect![[r#"
                "a.eml" None None
                Heading(1): "One"
                Byline: "By Ann Lee"
                Paragraph: "It rained."
                Paragraph: "From then on it was dry."
                Heading(1): "Two"
                Byline: "By Bo"
                Paragraph: "It stopped."
            "#]],
        );
    }
}
