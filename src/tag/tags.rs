//! The tag set: what kind of word a token is, in the sense of the Penn Treebank.
//!
//! The tags are those of Marcus, Santorini and Marcinkiewicz (1993) with two splits that later passes need (`that`
//! joining a clause against a preposition, `this` standing alone against `this` before a noun), and with the tags of
//! web debris folded into their nearest neighbour. Every value fits six bits.

/// How many tags there are.
pub const TAG_COUNT: usize = 46;

macro_rules! tags {
    ($($name:ident $penn:literal $universal:literal $meaning:literal,)*) => {
        /// The part of speech of one token; `Tag as u8` is below [`TAG_COUNT`].
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Tag { $(#[doc = $meaning] $name,)* }

        /// All tags, in the order of their numbers.
        pub const ALL_TAGS: [Tag; TAG_COUNT] = [$(Tag::$name,)*];

        impl Tag {
            /// The Penn Treebank name, such as `VBD`; the two split tags give the name they were split from.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $penn,)* }
            }

            /// The Universal Dependencies class that the tag alone suggests, such as `VERB`. Auxiliary uses of
            /// `be`, `have` and `do` are called `VERB` here: the tag does not tell them apart.
            #[must_use]
            pub const fn universal(self) -> &'static str {
                match self { $(Self::$name => $universal,)* }
            }
        }
    };
}

tags! {
    Noun "NN" "NOUN" "common noun, singular or mass",
    NounPlural "NNS" "NOUN" "common noun, plural",
    Proper "NNP" "PROPN" "proper noun, singular",
    ProperPlural "NNPS" "PROPN" "proper noun, plural",
    Adjective "JJ" "ADJ" "adjective",
    AdjectiveComparative "JJR" "ADJ" "adjective, comparative",
    AdjectiveSuperlative "JJS" "ADJ" "adjective, superlative",
    Adverb "RB" "ADV" "adverb, `not` among them",
    AdverbComparative "RBR" "ADV" "adverb, comparative",
    AdverbSuperlative "RBS" "ADV" "adverb, superlative",
    VerbBase "VB" "VERB" "verb, base form: infinitive, imperative, subjunctive",
    VerbPast "VBD" "VERB" "verb, past tense",
    VerbGerund "VBG" "VERB" "verb, -ing form",
    VerbParticiple "VBN" "VERB" "verb, past participle",
    VerbPresent "VBP" "VERB" "verb, present tense, not third person singular",
    VerbThird "VBZ" "VERB" "verb, present tense, third person singular",
    Modal "MD" "AUX" "modal verb",
    Preposition "IN" "ADP" "preposition",
    Subordinator "IN" "SCONJ" "word that joins a dependent clause: `that`, `because`, `if`",
    Determiner "DT" "DET" "determiner before its noun",
    DeterminerAlone "DT" "PRON" "determiner standing for a noun: `this is it`",
    Predeterminer "PDT" "DET" "predeterminer: `all the`",
    Pronoun "PRP" "PRON" "personal pronoun",
    Possessive "PRP$" "PRON" "possessive pronoun",
    WhDeterminer "WDT" "PRON" "relative or asking determiner: `which`, `that`",
    WhPronoun "WP" "PRON" "relative or asking pronoun: `who`, `what`",
    WhPossessive "WP$" "PRON" "`whose`",
    WhAdverb "WRB" "ADV" "`when`, `where`, `why`, `how`",
    Coordinator "CC" "CCONJ" "coordinating conjunction",
    Number "CD" "NUM" "number in digits or words",
    To "TO" "PART" "`to` before an infinitive",
    Particle "RP" "ADP" "particle of a phrasal verb: `give up`",
    Existential "EX" "PRON" "existential `there`",
    PossessiveEnding "POS" "PART" "possessive ending: `'s`, `'`",
    Interjection "UH" "INTJ" "interjection: `oh`, `yes`, `please`",
    Foreign "FW" "X" "foreign word",
    Symbol "SYM" "SYM" "symbol",
    Currency "$" "SYM" "sign of a currency",
    Stop "." "PUNCT" "end of a sentence: `.`, `?`, `!`",
    Comma "," "PUNCT" "comma",
    Pause ":" "PUNCT" "colon, semicolon, dash, dots and all other punctuation",
    QuoteOpen "``" "PUNCT" "opening quotation mark",
    QuoteClose "''" "PUNCT" "closing quotation mark",
    BracketOpen "-LRB-" "PUNCT" "opening bracket",
    BracketClose "-RRB-" "PUNCT" "closing bracket",
    Address "ADD" "PROPN" "address of a page or of mail",
}

impl Tag {
    /// The tag with this number, if there is one.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        ALL_TAGS.get(usize::from(number)).copied()
    }

    /// A verb form of any kind, modal verbs included.
    #[must_use]
    pub const fn is_verb(self) -> bool {
        matches!(self, Self::VerbBase | Self::VerbGerund | Self::VerbParticiple) || self.is_finite_verb()
    }

    /// A verb form that carries tense: past, present or modal. A base form is not counted.
    #[must_use]
    pub const fn is_finite_verb(self) -> bool {
        matches!(self, Self::VerbPast | Self::VerbPresent | Self::VerbThird | Self::Modal)
    }

    /// A noun, common or proper.
    #[must_use]
    pub const fn is_noun(self) -> bool {
        matches!(self, Self::Noun | Self::NounPlural) || self.is_proper()
    }

    /// A proper noun, singular or plural.
    #[must_use]
    pub const fn is_proper(self) -> bool {
        matches!(self, Self::Proper | Self::ProperPlural)
    }

    /// An adjective of any degree.
    #[must_use]
    pub const fn is_adjective(self) -> bool {
        matches!(self, Self::Adjective | Self::AdjectiveComparative | Self::AdjectiveSuperlative)
    }

    /// An adverb of any degree, asking adverbs (`when`) not included.
    #[must_use]
    pub const fn is_adverb(self) -> bool {
        matches!(self, Self::Adverb | Self::AdverbComparative | Self::AdverbSuperlative)
    }

    /// A pronoun that can stand for a person or thing, possessives and lone determiners included.
    #[must_use]
    pub const fn is_pronoun(self) -> bool {
        matches!(self, Self::Pronoun | Self::Possessive | Self::WhPronoun | Self::WhPossessive | Self::DeterminerAlone)
    }

    /// A mark of punctuation; symbols and currency signs are not.
    #[must_use]
    pub const fn is_punctuation(self) -> bool {
        (self as u8) >= (Self::Stop as u8) && (self as u8) <= (Self::BracketClose as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_tags_agree() {
        for (number, tag) in ALL_TAGS.iter().enumerate() {
            assert_eq!(*tag as usize, number);
            assert_eq!(Tag::from_number(u8::try_from(number).unwrap()), Some(*tag));
        }
        assert_eq!(Tag::from_number(46), None);
        assert_eq!(Tag::from_number(255), None);
    }

    #[test]
    fn kinds_of_tags() {
        assert!(Tag::Modal.is_verb() && Tag::Modal.is_finite_verb());
        assert!(Tag::VerbGerund.is_verb() && !Tag::VerbGerund.is_finite_verb());
        assert!(Tag::ProperPlural.is_noun() && Tag::ProperPlural.is_proper());
        assert!(Tag::Comma.is_punctuation() && !Tag::Currency.is_punctuation());
        assert_eq!(Tag::Subordinator.as_str(), "IN");
    }
}
