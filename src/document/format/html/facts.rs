//! Title, author, date and outlet of a page: from what it says for machines (schema.org scripts, Open Graph and other
//! `meta` elements), checked against what a reader sees.

use super::byline;
use super::choose::same_words;
use super::flow::line;
use super::names::{NAMES, classes};
use super::phrase::PHRASES;
use super::tree::{NodeId, Tree};
use crate::document::Meta;
use crate::document::address::best;
use crate::document::date::iso_day;

/// What is known of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The title.
    pub title: Option<String>,
    /// The authors' names.
    pub byline: Option<String>,
    /// The day of publication.
    pub published: Option<String>,
    /// The site or paper.
    pub outlet: Option<String>,
    /// The page's own address.
    pub url: Option<String>,
    /// A sentence or two that sum the article up.
    pub description: Option<String>,
    /// The article's text, as far as the page gives it to machines.
    pub body: Option<String>,
}

/// Names of `meta` elements in the order in which they are believed.
const TITLES: &[&str] = &[
    "og:title",
    "twitter:title",
    "parsely-title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "sailthru.title",
    "title",
];
const AUTHORS: &[&str] = &[
    "author",
    "parsely-author",
    "article:author",
    "article:author_name",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "citation_author",
    "twitter:data1",
    "creator",
    "og:article:author",
];
const DATES: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "citation_publication_date",
    "citation_date",
    "publishdate",
    "pubdate",
    "publish-date",
    "publication_date",
    "date",
    "article.published",
    "og:article:published_time",
    "dc.date.created",
    "last-modified",
];
const OUTLETS: &[&str] = &[
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_journal_title",
    "apple-mobile-web-app-title",
];
const DESCRIPTIONS: &[&str] = &["og:description", "description", "twitter:description", "dc.description"];

/// Finds out about a page. The tree must still have its head and its furniture.
pub fn gather(tree: &Tree) -> Facts {
    let told = super::jsonld::facts(tree);
    let meta = Metas::of(tree);
    let mut facts = Facts {
        title: None,
        byline: told.byline.clone().filter(|b| byline::is_names(b) || b.contains(' ')),
        published: told.published.as_deref().and_then(day).or_else(|| meta.first(DATES).and_then(day)),
        outlet: told.outlet.clone().or_else(|| meta.first(OUTLETS).map(str::to_owned)),
        url: address(tree, &meta, told.url.as_deref()),
        description: told.description.clone().or_else(|| meta.first(DESCRIPTIONS).map(str::to_owned)),
        body: told.body.clone(),
    };
    facts.byline = facts
        .byline
        .or_else(|| meta.authors())
        .filter(|b| facts.outlet.as_deref() != Some(b.as_str()))
        .or_else(|| seen_byline(tree));
    facts.published = facts.published.or_else(|| seen_date(tree));
    let window = tree.named(0, "title").next().map(|id| tree.text(id)).filter(|t| !t.is_empty());
    let claims: Vec<String> =
        [told.title.as_deref(), meta.first(TITLES), window.as_deref()].into_iter().flatten().map(one_line).collect();
    facts.title = title(tree, &claims, facts.outlet.as_deref());
    if facts.outlet.is_none() {
        facts.outlet = window.as_deref().and_then(|w| site_in(w, facts.title.as_deref()?));
    }
    facts
}

impl Facts {
    /// As the document keeps them.
    pub fn meta(&self) -> Meta {
        Meta {
            title: self.title.clone().unwrap_or_default(),
            byline: self.byline.clone(),
            published: self.published.clone(),
            outlet: self.outlet.clone(),
            url: self.url.clone(),
        }
    }
}

/// The address a page gives as its own, if it is one of the web.
fn address(tree: &Tree, meta: &Metas, told: Option<&str>) -> Option<String> {
    let is_canonical = |id: &NodeId| {
        let rel = tree.attribute(*id, "rel").unwrap_or_default();
        rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("canonical"))
    };
    let canonical = tree.named(0, "link").take(200).find(is_canonical);
    let linked = canonical.and_then(|id| tree.attribute(id, "href"));
    let named = ["og:url", "parsely-link", "citation_public_url", "twitter:url"];
    best(linked.into_iter().chain(told).chain(named.iter().filter_map(|name| meta.first(&[name]))))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn day(text: &str) -> Option<String> {
    iso_day(text, &PHRASES.date.months)
}

/// The page's `meta` elements.
struct Metas {
    found: Vec<(String, String)>,
}

impl Metas {
    fn of(tree: &Tree) -> Self {
        let one = |id: NodeId| {
            let key = ["property", "name", "itemprop"].iter().find_map(|k| tree.attribute(id, k))?;
            let value = one_line(tree.attribute(id, "content")?);
            (!value.is_empty()).then(|| (key.trim().to_ascii_lowercase(), value))
        };
        Self { found: tree.named(0, "meta").take(500).filter_map(one).collect() }
    }

    fn first(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.found.iter().find(|(k, _)| k == key)).map(|(_, value)| value.as_str())
    }

    fn authors(&self) -> Option<String> {
        AUTHORS.iter().find_map(|key| {
            let all = self.found.iter().filter(|(k, _)| k == key).filter_map(|(_, v)| byline::names(v));
            byline::joined(&all.collect::<Vec<_>>())
        })
    }
}

/// The heading that a reader sees, when what the page claims bears it out; else the claim without the site's name.
fn title(tree: &Tree, claims: &[String], outlet: Option<&str>) -> Option<String> {
    let named = |name: &'static str| tree.named(0, name).take(20).map(|id| line(tree, id)).filter(|t| !t.is_empty());
    let headings: Vec<String> = named("h1").collect();
    let borne_out = |heading: &&String| {
        heading.len() > 2 && claims.iter().any(|claim| is_part(heading, claim) || heads(heading, claim))
    };
    // On many weblogs the site has the highest heading and the entry a lower one.
    let lower: Vec<String> = named("h2").chain(named("h3")).filter(|h| h.split_whitespace().count() >= 3).collect();
    // A page may also head itself with its site's name: the longer one is the title, or the one that is named first.
    let place = |heading: &&String| {
        let first = claims.iter().filter_map(|claim| claim.find(heading.as_str())).min().unwrap_or(usize::MAX);
        (heading.split_whitespace().count(), std::cmp::Reverse(first))
    };
    let seen = headings.iter().rev().filter(borne_out).max_by_key(place);
    let seen = seen.or_else(|| lower.iter().rev().filter(borne_out).max_by_key(place));
    let claimed = claims.first().map(|claim| without_site(claim, outlet));
    let alone = (headings.len() == 1 && claimed.is_none()).then(|| headings.first()).flatten();
    seen.or(alone).cloned().or(claimed).or_else(|| headings.first().cloned()).filter(|t| !t.is_empty())
}

/// Whether nearly all words of a heading stand in a claimed title, or the other way round.
fn is_part(heading: &str, claim: &str) -> bool {
    let words = |text: &str| {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let (heading, claim) = (words(heading), words(claim));
    let shared = heading.iter().filter(|w| claim.contains(w)).count();
    let fewer = heading.len().min(claim.len());
    fewer > 0 && shared * 10 >= fewer * 8 && (heading.len() >= 3 || heading.len() * 2 >= claim.len())
}

/// `Rain` in `Rain | The Courier`
fn heads(heading: &str, claim: &str) -> bool {
    claim.strip_prefix(heading).is_some_and(|rest| SEPARATORS.iter().any(|s| rest.starts_with(s)))
}

const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " / "];

/// `Harbour plan delayed | The Courier` without the site, when the end is the site's name or short beside the rest.
fn without_site(claim: &str, outlet: Option<&str>) -> String {
    let mut title = claim;
    while let Some((at, separator)) = SEPARATORS.iter().filter_map(|s| title.rfind(s).map(|at| (at, *s))).max() {
        let (head, tail) = (title.get(..at).unwrap_or_default(), title.get(at + separator.len()..).unwrap_or_default());
        let named = outlet.is_some_and(|o| same_words(o, tail));
        let count = |text: &str| text.split_whitespace().count();
        let short = count(tail) <= 4 && count(head) >= count(tail) && outlet.is_none_or(|_| separator != " - ");
        if !named && (!short || count(head) < 3) {
            break;
        }
        title = head;
    }
    title.trim().to_owned()
}

/// The site's name in a window title that goes on behind the article's title.
fn site_in(window: &str, title: &str) -> Option<String> {
    let rest = window.strip_prefix(title)?;
    let separator = SEPARATORS.iter().find(|s| rest.starts_with(**s))?;
    let site = rest.get(separator.len()..)?.trim();
    let site = SEPARATORS
        .iter()
        .filter_map(|s| site.rfind(s).and_then(|at| site.get(at + s.len()..)))
        .min_by_key(|s| s.len())
        .unwrap_or(site);
    (!site.is_empty() && site.len() <= 60).then(|| site.to_owned())
}

/// Lines that are not marked are looked for among this many elements.
const NEAR_TOP: usize = 3_000;

/// The first line on the page that is marked as the author's, or that begins with *by*.
fn seen_byline(tree: &Tree) -> Option<String> {
    let marked = |id: &NodeId| {
        let says =
            |key: &str, word: &str| tree.attribute(*id, key).is_some_and(|v| v.split_whitespace().any(|w| w == word));
        says("rel", "author") || says("itemprop", "author") || NAMES.byline.fits_any(&classes(tree, *id))
    };
    let elements = tree
        .walk(0)
        .filter(|&id| tree.range(id).len() <= 40 && !matches!(tree.name(id), "" | "meta" | "link" | "script" | "body"));
    let name = |id: NodeId| byline::names(&shallow_text(tree, id));
    let plain = |id: &NodeId| {
        matches!(
            tree.name(*id),
            "p" | "div" | "span" | "address" | "i" | "em" | "b" | "strong" | "small" | "h4" | "h5" | "h6" | "li" | "td"
        ) && byline::is_byline(&tree.text(*id))
    };
    let elements: Vec<NodeId> = elements.collect();
    elements
        .iter()
        .copied()
        .filter(marked)
        .take(40)
        .find_map(name)
        .or_else(|| elements.iter().copied().take(NEAR_TOP).filter(plain).find_map(name))
}

/// The text of an element; what stands in parts of it is set off by a bar.
fn shallow_text(tree: &Tree, id: NodeId) -> String {
    let named = tree.walk(id).find(|&n| tree.attribute(n, "itemprop") == Some("name"));
    if let Some(name) = named {
        return tree.text(name);
    }
    let flows = super::flow::flows(tree, id);
    let lines = flows.iter().map(|f| f.text.replace('\n', " | "));
    lines.filter(|line| !PHRASES.is_date(line)).collect::<Vec<_>>().join(" | ")
}

/// The first date a reader sees that is marked as one, or stands on a line of its own near the top.
fn seen_date(tree: &Tree) -> Option<String> {
    let marked = tree
        .walk(0)
        .filter(|&id| tree.name(id) == "time" || tree.attribute(id, "itemprop").is_some_and(|v| v == "datePublished"));
    let value = |id: NodeId| {
        ["datetime", "content"].iter().find_map(|k| tree.attribute(id, k)).and_then(day).or_else(|| day(&tree.text(id)))
    };
    marked.take(20).find_map(value).or_else(|| {
        let short = |id: &NodeId| tree.range(*id).len() <= 12 && tree.own_text(*id).is_none();
        let lines = tree.walk(0).filter(short).take(NEAR_TOP).map(|id| tree.text(id)).filter(|t| t.len() <= 160);
        lines
            .filter(|t| PHRASES.is_date(t) || byline::begins_with_by(t) || byline::after_date(t).is_some())
            .find_map(|t| day(&t))
    })
}
