//! A strict reader of XML, for the TEI export and the page of a story, and the rules of TEI P5 for the elements it uses: what may stand in
//! what, which attributes there are, and that every pointer finds its `xml:id`.

use std::collections::BTreeSet;

/// An element.
#[derive(Debug, Default)]
pub struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
    /// Text directly in it and between its children, in order; a child stands for itself as a NUL.
    texts: String,
}

impl Node {
    /// All elements of a name within.
    pub fn all(&self, name: &str) -> Vec<&Node> {
        let mut found: Vec<&Node> = self.children.iter().filter(|c| c.name == name).collect();
        found.extend(self.children.iter().flat_map(|c| c.all(name)));
        found
    }

    /// All text within.
    pub fn text(&self) -> String {
        let mut children = self.children.iter();
        let piece =
            |c: char| if c == '\0' { children.next().map(Node::text).unwrap_or_default() } else { c.to_string() };
        self.texts.chars().map(piece).collect()
    }

    /// The element's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names and values of its attributes.
    pub fn attributes(&self) -> &[(String, String)] {
        &self.attributes
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// Reads a document.
pub fn read(text: &str) -> Result<Node, String> {
    if let Some(c) =
        text.chars().find(|&c| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}'))
    {
        return Err(format!("the character {c:?} is not allowed"));
    }
    let mut rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").ok_or("no declaration")?;
    let mut open = vec![Node::default()];
    while let Some(at) = rest.find('<') {
        let parent = open.last_mut().ok_or("too many ends")?;
        let (text, from) = rest.split_at(at);
        parent.texts.push_str(&unescaped(text)?);
        let (tag, after) = from.split_at(1).1.split_once('>').ok_or("a tag is left open")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            let node = open.pop().ok_or("too many ends")?;
            if node.name != name {
                return Err(format!("<{}> ends with </{name}>", node.name));
            }
            let parent = open.last_mut().ok_or("too many ends")?;
            parent.texts.push('\0');
            parent.children.push(node);
        } else {
            let node = started(tag.trim_end_matches('/'))?;
            if tag.ends_with('/') {
                parent.texts.push('\0');
                parent.children.push(node);
            } else {
                open.push(node);
            }
        }
    }
    let mut top = open.pop().filter(|_| open.is_empty()).ok_or("an element is left open")?;
    if top.children.len() != 1 || !rest.trim().is_empty() {
        return Err("there must be one element at the top".into());
    }
    Ok(top.children.remove(0))
}

fn started(tag: &str) -> Result<Node, String> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    if name.is_empty() || !name.chars().all(char::is_alphanumeric) {
        return Err(format!("{name:?} is no name"));
    }
    let mut node = Node { name: name.to_owned(), ..Node::default() };
    while !rest.trim().is_empty() {
        let (key, after) = rest.trim_start().split_once("=\"").ok_or(format!("no value in {tag:?}"))?;
        let (value, after) = after.split_once('"').ok_or(format!("no end in {tag:?}"))?;
        if node.attribute(key).is_some() || value.contains('<') {
            return Err(format!("{key} in {tag:?}"));
        }
        node.attributes.push((key.to_owned(), unescaped(value)?));
        rest = after;
    }
    Ok(node)
}

fn unescaped(text: &str) -> Result<String, String> {
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (entity, rest) = part.split_once(';').ok_or(format!("a bare & before {part:?}"))?;
        out.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => return Err(format!("&{entity}; is not known")),
        });
        out.push_str(rest);
    }
    Ok(out)
}

const INLINE: &[&str] = &["said", "seg", "rs"];

/// What may stand in an element, in TEI P5, of what the export writes; `#` stands for text.
fn content(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "teiCorpus" => &["teiHeader", "TEI"],
        "TEI" => &["teiHeader", "standOff", "text"],
        "teiHeader" => &["fileDesc", "profileDesc"],
        "fileDesc" => &["titleStmt", "publicationStmt", "sourceDesc"],
        "titleStmt" => &["title"],
        "sourceDesc" => &["bibl", "p"],
        "bibl" => &["title", "author", "publisher", "date", "idno"],
        "profileDesc" => &["particDesc"],
        "particDesc" => &["listPerson"],
        "listPerson" => &["person", "org"],
        "person" => &["persName"],
        "org" => &["orgName"],
        "standOff" => &["listAnnotation"],
        "listAnnotation" => &["annotation"],
        "annotation" => &["note"],
        "text" => &["body"],
        "body" => &["div"],
        "div" => &["head", "byline", "p", "quote", "milestone"],
        "publicationStmt" | "quote" => &["p"],
        "head" | "p" | "said" | "seg" | "rs" => &["#", "said", "seg", "rs"],
        "byline" | "title" | "author" | "publisher" | "date" | "idno" | "persName" | "orgName" | "note" => &["#"],
        "milestone" => &[],
        _ => return None,
    })
}

fn attributes(name: &str) -> &'static [&'static str] {
    match name {
        "TEI" | "teiCorpus" => &["xmlns"],
        "said" => &["xml:id", "who", "cert", "direct", "prev", "next"],
        "seg" => &["xml:id", "type", "subtype", "prev", "next"],
        "rs" => &["type", "key"],
        "person" | "org" => &["xml:id"],
        "annotation" => &["xml:id", "target", "motivation"],
        "idno" => &["type"],
        "p" => &["rend"],
        "milestone" => &["unit"],
        _ => &[],
    }
}

/// What TEI demands of them.
fn demanded(name: &str) -> &'static [&'static str] {
    match name {
        "annotation" => &["xml:id", "target"],
        "milestone" => &["unit"],
        _ => &[],
    }
}

/// Whether something may be a name in XML, in ASCII.
fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// Checks a document against the rules. They are those of the schema `tei_all`, as far as the export makes use of it;
/// `.ci/tei.py` asks the schema itself.
pub fn check_tei(root: &Node) -> Result<(), String> {
    if root.attribute("xmlns") != Some("http://www.tei-c.org/ns/1.0") {
        return Err("not in the namespace of TEI".into());
    }
    let mut ids = BTreeSet::new();
    let mut pointers = Vec::new();
    element(root, &mut ids, &mut pointers)?;
    match pointers.into_iter().find(|p| !ids.contains(p.trim_start_matches('#'))) {
        Some(lost) => Err(format!("{lost} points nowhere")),
        None => Ok(()),
    }
}

fn element(node: &Node, ids: &mut BTreeSet<String>, pointers: &mut Vec<String>) -> Result<(), String> {
    let may = content(&node.name).ok_or(format!("<{}> is not expected", node.name))?;
    if !may.contains(&"#") && node.texts.chars().any(|c| c != '\0' && !c.is_whitespace()) {
        return Err(format!("text in <{}>: {:?}", node.name, node.texts));
    }
    for (name, value) in &node.attributes {
        if !attributes(&node.name).contains(&name.as_str()) {
            return Err(format!("{name} on <{}>", node.name));
        }
        match name.as_str() {
            "xml:id" if !is_name(value) => return Err(format!("{value} is no name")),
            "xml:id" if !ids.insert(value.clone()) => return Err(format!("{value} twice")),
            "who" | "target" | "prev" | "next" => pointers.push(value.clone()),
            "cert" if !["high", "medium", "low", "unknown"].contains(&value.as_str()) => {
                return Err(format!("cert {value}"));
            }
            "direct" if !["true", "false"].contains(&value.as_str()) => return Err(format!("direct {value}")),
            _ => {}
        }
    }
    if let Some(name) = demanded(&node.name).iter().find(|name| node.attribute(name).is_none()) {
        return Err(format!("<{}> without {name}", node.name));
    }
    // Headings and bylines stand at the top of a division, before all else.
    let body = node.children.iter().position(|c| !["head", "byline"].contains(&c.name.as_str()));
    let late = body.is_some_and(|at| node.children[at..].iter().any(|c| ["head", "byline"].contains(&c.name.as_str())));
    if node.name == "div" && late {
        return Err("a heading in the middle of a division".into());
    }
    for child in &node.children {
        let fits = may.contains(&child.name.as_str());
        if !fits || INLINE.contains(&child.name.as_str()) && child.texts.is_empty() {
            return Err(format!("<{}> in <{}>", child.name, node.name));
        }
        element(child, ids, pointers)?;
    }
    Ok(())
}
