//! One person, organisation or group being gathered: the forms of the name, roles, gender, where it stands.

use std::ops::Range;

use crate::analysis::{Gender, PersonKind};

/// How many forms of a name are kept.
const MOST_FORMS: usize = 24;
/// How many roles are kept.
const MOST_ROLES: usize = 12;

/// An entry being gathered.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Entry {
    /// The fullest name, as written.
    pub name: String,
    /// Its words in lower case, titles left out; none for somebody who is only described.
    pub words: Vec<String>,
    /// All forms as written, with how often each stands and whether it is a name of several words without a title.
    pub forms: Vec<Written>,
    /// The head words of descriptions that stand for it: *director*.
    pub roles: Vec<String>,
    /// What kind.
    pub kind: PersonKind,
    /// As far as known.
    pub gender: Gender,
    /// Whether a title or several pronouns tell the gender, not only a given name.
    pub gender_is_sure: bool,
    /// What its titles tell of a marriage.
    pub wed: Wed,
    /// All its mentions, as tokens.
    pub mentions: Vec<Range<usize>>,
    /// Whether the text shows that it can speak: a title, a given name, a cue.
    pub alive: bool,
}

/// What titles tell of a marriage.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::analysis) enum Wed {
    /// Nothing.
    #[default]
    Unknown,
    /// *Mrs.*
    Married,
    /// *Miss*
    Unmarried,
}

impl Wed {
    /// Whether both may be one person's.
    pub fn fits(self, other: Wed) -> bool {
        self == other || self == Wed::Unknown || other == Wed::Unknown
    }
}

/// A form of a name.
#[derive(Clone, Debug)]
pub(in crate::analysis) struct Written {
    /// As written.
    pub text: String,
    /// How often.
    pub count: usize,
    /// Whether it is a name of several words without a title.
    pub full: bool,
}

impl Entry {
    /// The name to show. A report's people have full names, the longest of which is shown; a story's go by the name the
    /// story uses most.
    pub fn best_name(&self, story: bool) -> &str {
        let full =
            self.forms.iter().filter(|f| f.full && !story).max_by_key(|f| (f.text.split(' ').count().min(3), f.count));
        let usual = || self.forms.iter().rev().max_by_key(|f| f.count);
        full.or_else(usual).map_or(&self.name, |f| &f.text)
    }

    /// Counts a form of the name.
    pub fn note_form(&mut self, text: String, full: bool, times: usize) {
        if let Some(form) = self.forms.iter_mut().find(|f| f.text == text) {
            form.count += times;
        } else if self.forms.len() < MOST_FORMS {
            self.forms.push(Written { text, count: times, full });
        }
    }

    /// Notes a role; says whether it is new.
    pub fn note_role(&mut self, role: &str) -> bool {
        let new = self.roles.len() < MOST_ROLES && !self.roles.iter().any(|r| r == role);
        if new {
            self.roles.push(role.to_owned());
        }
        new
    }

    /// Whether the text gives a name, not only a description.
    pub fn is_named(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether the gender does not speak against it.
    pub fn agrees(&self, wanted: Gender) -> bool {
        self.gender == wanted || self.gender == Gender::Unknown || wanted == Gender::Unknown
    }
}
