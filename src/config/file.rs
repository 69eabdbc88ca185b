//! The file as TOML; a name that means nothing is a fault, because a misspelt setting would otherwise be passed over in silence.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::fault::Fault;

/// The file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub theme: Option<Spanned<String>>,
    pub ascii: Option<Spanned<bool>>,
    pub mouse: Option<Spanned<bool>>,
    pub measure: Option<Spanned<u16>>,
    pub layout: Option<Spanned<String>>,
    #[serde(default)]
    pub keys: BTreeMap<Spanned<String>, Spanned<Sequences>>,
}

/// One sequence of keys, or several.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a key such as \"x\", or a list of keys")]
pub(super) enum Sequences {
    One(String),
    Many(Vec<String>),
}

impl Sequences {
    pub fn all(&self) -> &[String] {
        match self {
            Sequences::One(one) => std::slice::from_ref(one),
            Sequences::Many(many) => many,
        }
    }
}

/// Reads the text.
pub(super) fn read(text: &str) -> Result<File, Fault> {
    toml::from_str(text).map_err(|error| Fault::of(&error, text))
}
