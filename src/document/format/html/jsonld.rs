//! What a page says of itself for machines, in `<script type="application/ld+json">` with the words of schema.org.

use serde_json::Value;

use super::facts::Facts;
use super::tree::{NodeId, Tree};
use crate::document::address::best;

/// A longer script is left alone.
const LONGEST: usize = 1 << 20;
/// No more scripts and no more things in them are looked at.
const MOST: usize = 400;

/// The facts in the page's scripts.
pub fn facts(tree: &Tree) -> Facts {
    let values: Vec<Value> = scripts(tree).filter_map(|script| parse(&tree.text(script))).collect();
    let mut things = Vec::new();
    for value in &values {
        collect(value, &mut things);
    }
    let article = things.iter().find(|thing| is_article(thing)).or_else(|| things.iter().find(|t| is_page(t)));
    article.map(|thing| read(thing, &things)).unwrap_or_default()
}

fn scripts(tree: &Tree) -> impl Iterator<Item = NodeId> {
    let fits = |id: &NodeId| {
        let kind = tree.attribute(*id, "type").unwrap_or_default();
        kind.trim().to_ascii_lowercase().starts_with("application/ld+json")
    };
    tree.named(0, "script").filter(fits).take(20)
}

/// Reads a script; many pages wrap it in comments, or have line ends inside its strings, which [`Tree::text`] made spaces.
fn parse(script: &str) -> Option<Value> {
    if script.len() > LONGEST {
        return None;
    }
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])?;
    let body: String = script.get(start..=end)?.chars().filter(|c| !c.is_control()).collect();
    serde_json::from_str(&body).ok().or_else(|| serde_json::from_str(&without_loose_commas(&body)).ok())
}

/// Scripts made by hand end their lists with a comma.
fn without_loose_commas(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    for c in body.chars() {
        if matches!(c, '}' | ']') && out.trim_end().ends_with(',') {
            out.truncate(out.trim_end().len() - 1);
        }
        out.push(c);
    }
    out
}

/// All things a script tells of: the elements of lists, of `@graph`, and what a page is about.
fn collect<'a>(value: &'a Value, things: &mut Vec<&'a Value>) {
    if things.len() >= MOST {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|v| collect(v, things)),
        Value::Object(object) => {
            things.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                object.get(key).into_iter().for_each(|v| collect(v, things));
            }
        }
        _ => {}
    }
}

fn types(thing: &Value) -> Vec<&str> {
    match thing.get("@type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is_article(thing: &Value) -> bool {
    let article =
        |t: &&str| ["Article", "Posting", "Report", "Review", "Recipe", "ScholarlyWork"].iter().any(|e| t.ends_with(e));
    types(thing).iter().any(article)
}

fn is_page(thing: &Value) -> bool {
    thing.get("headline").is_some() || types(thing).iter().any(|t| t.ends_with("WebPage"))
}

fn read(thing: &Value, things: &[&Value]) -> Facts {
    let text = |key: &str| thing.get(key).and_then(|v| one_text(v, things));
    Facts {
        title: text("headline").or_else(|| text("name")),
        byline: thing.get("author").or_else(|| thing.get("creator")).and_then(|v| names(v, things)),
        published: text("datePublished").or_else(|| text("dateCreated")),
        outlet: thing.get("publisher").and_then(|v| names(v, things)),
        description: text("description"),
        url: address(thing),
        body: text("articleBody"),
    }
}

/// Where the article is: its own address, or that of the page it is the main thing of.
fn address(thing: &Value) -> Option<String> {
    let page = thing.get("mainEntityOfPage");
    let within = page.and_then(|p| p.get("@id").or_else(|| p.get("url"))).or(page);
    best([thing.get("url"), within, thing.get("@id")].into_iter().flatten().filter_map(Value::as_str))
}

fn one_text(value: &Value, things: &[&Value]) -> Option<String> {
    match value {
        Value::String(text) => clean(text),
        Value::Array(list) => list.first().and_then(|v| one_text(v, things)),
        Value::Object(_) => names(value, things),
        _ => None,
    }
}

/// The names of people or of a publisher, who may be described elsewhere under their `@id`.
fn names(value: &Value, things: &[&Value]) -> Option<String> {
    let list = if let Value::Array(list) = value { list.as_slice() } else { std::slice::from_ref(value) };
    let found: Vec<String> = list.iter().take(12).filter_map(|one| name(one, things)).collect();
    super::byline::joined(&found)
}

fn name(value: &Value, things: &[&Value]) -> Option<String> {
    if let Value::String(text) = value {
        return clean(text);
    }
    let own = value.get("name").and_then(|n| match n {
        Value::String(text) => clean(text),
        Value::Array(list) => list.first().and_then(Value::as_str).and_then(clean),
        _ => None,
    });
    own.or_else(|| {
        let id = value.get("@id")?;
        let told = things.iter().find(|t| t.get("@id") == Some(id) && t.get("name").is_some())?;
        told.get("name").and_then(Value::as_str).and_then(clean)
    })
}

/// Strings carry the entities, and sometimes the tags, of the page they were made for.
fn clean(text: &str) -> Option<String> {
    let text = htmlize::unescape(text);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
