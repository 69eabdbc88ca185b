//! What the claims pass knows of each form of a text: the tables of the lexicon, and the role of the small words of
//! grammar. Every form is looked up once; after that the pass compares numbers.

use crate::analysis::token::{Parse, Token};
use crate::lexicon::{ClaimWord, Lexicon};
use crate::tag::Tag;

/// What a small word does in a clause.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Role {
    /// Nothing the grammar of clauses asks for.
    #[default]
    Plain,
    Be,
    /// *seem*, *look*: a verb that links an adjective to its subject.
    Link,
    Have,
    Do,
    Will,
    Would,
    May,
    Might,
    Can,
    Could,
    Must,
    Should,
    /// *dare*, *need*
    Need,
    Going,
    Used,
    Take,
    Not,
    /// The determiner.
    No,
    /// *nobody*, *nothing*, *none*, *neither*, *few*
    Nobody,
    Without,
    /// *instead*, *rather*
    Instead,
    If,
    Whether,
    That,
    It,
    Because,
    Until,
    Only,
    As,
    Too,
    /// *less*, *least*
    Less,
    /// *little*, the determiner
    Little,
    Yet,
    Before,
    /// *while*, *although*: what follows is asserted beside the main clause.
    Aside,
    And,
    But,
    Or,
    In,
    To,
    Question,
}

fn role(lower: &str) -> Role {
    match lower {
        "be" | "am" | "is" | "are" | "was" | "were" | "been" | "being" | "'s" | "'re" | "'m" | "ai" => Role::Be,
        "seem" | "seems" | "seemed" | "look" | "looks" | "looked" | "sound" | "sounds" | "sounded" | "feel"
        | "feels" | "felt" | "appear" | "appears" | "appeared" | "seeming" => Role::Link,
        "have" | "has" | "had" | "having" | "'ve" | "'d" => Role::Have,
        "do" | "does" | "did" => Role::Do,
        "will" | "shall" | "'ll" | "wo" | "sha" => Role::Will,
        "would" => Role::Would,
        "may" => Role::May,
        "might" => Role::Might,
        "can" | "ca" => Role::Can,
        "could" => Role::Could,
        "must" => Role::Must,
        "should" | "ought" => Role::Should,
        "need" | "dare" => Role::Need,
        "going" | "gon" => Role::Going,
        "used" => Role::Used,
        "take" | "took" | "takes" | "taken" => Role::Take,
        "not" | "n't" => Role::Not,
        "no" => Role::No,
        "nobody" | "nothing" | "none" | "neither" | "few" | "no-one" => Role::Nobody,
        "without" => Role::Without,
        "instead" | "rather" => Role::Instead,
        "if" | "unless" | "provided" | "lest" => Role::If,
        "whether" => Role::Whether,
        "that" => Role::That,
        "it" => Role::It,
        "less" | "least" => Role::Less,
        "little" => Role::Little,
        "yet" => Role::Yet,
        "before" => Role::Before,
        "because" => Role::Because,
        "until" | "till" => Role::Until,
        "only" => Role::Only,
        "as" => Role::As,
        "too" => Role::Too,
        "while" | "although" | "though" | "whereas" | "since" | "when" | "after" | "once" => Role::Aside,
        "and" => Role::And,
        "but" => Role::But,
        "or" | "nor" => Role::Or,
        "in" => Role::In,
        "to" => Role::To,
        "?" | "?!" | "!?" => Role::Question,
        _ => Role::Plain,
    }
}

/// One entry for each form of a text, and the role of each token.
pub(super) struct Words {
    entries: Vec<ClaimWord>,
    roles: Vec<Role>,
    people: Vec<bool>,
}

impl Words {
    pub(super) fn of(parse: &Parse, lexicon: &Lexicon) -> Self {
        let of_form = parse.forms.map(role);
        let in_place = |token: &Token| match of_form[token.form.index()] {
            Role::Have if token.tag == Tag::Modal => Role::Would,
            Role::Need if token.tag != Tag::Modal => Role::Plain,
            role => role,
        };
        Self {
            entries: parse.forms.map(|lower| lexicon.claims().word(lower)),
            roles: parse.tokens.iter().map(in_place).collect(),
            people: parse.forms.map(|lower| lexicon.people().get(lower).is_person()),
        }
    }

    /// What the tables know of a token.
    pub(super) fn word(&self, parse: &Parse, at: usize) -> ClaimWord {
        parse.tokens.get(at).and_then(|t| self.entries.get(t.form.index())).copied().unwrap_or_default()
    }

    /// The role of a token.
    pub(super) fn role(&self, at: usize) -> Role {
        self.roles.get(at).copied().unwrap_or_default()
    }

    /// Whether a token is a verb that only carries the tense or the mood of another.
    pub(super) fn is_auxiliary(&self, parse: &Parse, at: usize) -> bool {
        parse.tag(at) == Tag::Modal || matches!(self.role(at), Role::Be | Role::Have | Role::Do)
    }

    /// Whether a token is a noun for people.
    pub(super) fn is_person(&self, parse: &Parse, at: usize) -> bool {
        parse.tokens.get(at).and_then(|t| self.people.get(t.form.index())).copied().unwrap_or(false)
    }
}
