//! The distinct word forms of a text. A word is looked at once, however often it stands in the text; what a pass knows of
//! a form it keeps in a table of its own, by [`FormId`].

use rustc_hash::FxHashMap;

/// The number of a word form, case and all, within one text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FormId(u32);

impl FormId {
    /// The number itself.
    #[inline]
    pub fn number(self) -> u32 {
        self.0
    }

    /// Its place in tables made by [`Forms::map`].
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// How a form is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Shape {
    /// `word`
    Lower,
    /// `Word`, also `McRae` and `O'Neil`
    Title,
    /// `WORD`, at least two letters
    Upper,
    /// A single capital letter with or without a full stop: `J.`
    Initial,
    /// Starts with a digit.
    Number,
    /// `#word`, `@word`
    Handle,
    /// No letter or digit in it.
    Mark,
}

impl Shape {
    /// Whether the form starts with a capital letter.
    #[inline]
    pub fn is_capital(self) -> bool {
        matches!(self, Shape::Title | Shape::Upper | Shape::Initial)
    }
}

#[derive(Debug)]
struct Form {
    written: Box<str>,
    lower: Box<str>,
    shape: Shape,
}

/// The table of forms of one text.
#[derive(Debug, Default)]
pub struct Forms {
    by_text: FxHashMap<Box<str>, FormId>,
    list: Vec<Form>,
}

impl Forms {
    /// The number of a form, new or known.
    pub fn intern(&mut self, written: &str) -> FormId {
        if let Some(&id) = self.by_text.get(written) {
            return id;
        }
        let id = FormId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        let lower = lower(written).into_boxed_str();
        self.list.push(Form { written: written.into(), lower, shape: shape(written) });
        self.by_text.insert(written.into(), id);
        id
    }

    /// The form as it is written.
    pub fn written(&self, id: FormId) -> &str {
        self.list.get(id.index()).map_or("", |f| &f.written)
    }

    /// The form in lower case with straight apostrophes and quotation marks.
    #[inline]
    pub fn lower(&self, id: FormId) -> &str {
        self.list.get(id.index()).map_or("", |f| &f.lower)
    }

    /// How the form is written.
    pub fn shape(&self, id: FormId) -> Shape {
        self.list.get(id.index()).map_or(Shape::Mark, |f| f.shape)
    }

    /// How many forms there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether the text has no word.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The lower-case text of every form, in the order of their numbers.
    pub fn lowers(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|f| &*f.lower)
    }

    /// The forms that are written small.
    pub fn small(&self) -> impl Iterator<Item = &str> {
        self.list.iter().filter(|f| f.shape == Shape::Lower).map(|f| &*f.lower)
    }

    /// A table with one entry for each form, made from its lower-case text; read it with [`FormId::index`].
    pub fn map<T>(&self, make: impl FnMut(&str) -> T) -> Vec<T> {
        self.lowers().map(make).collect()
    }

    /// A table with one entry for each form, made from the form as it is written.
    pub fn map_written<T>(&self, make: impl FnMut(&str) -> T) -> Vec<T> {
        self.list.iter().map(|f| &*f.written).map(make).collect()
    }
}

fn lower(written: &str) -> String {
    if written.bytes().all(|b| b.is_ascii_lowercase()) {
        return written.to_owned();
    }
    let straight = |c| match c {
        '’' | '‘' => '\'',
        '‐' | '‑' => '-',
        other => other,
    };
    written.chars().filter(|&c| c != '\u{AD}').map(straight).flat_map(char::to_lowercase).collect()
}

fn shape(written: &str) -> Shape {
    let mut letters = written.chars().filter(|c| c.is_alphanumeric());
    let Some(first) = letters.next() else { return Shape::Mark };
    if written.starts_with(['#', '@']) {
        return Shape::Handle;
    }
    if first.is_numeric() {
        return Shape::Number;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let rest: Vec<char> = letters.collect();
    if rest.is_empty() {
        return if written.ends_with('.') || written != "I" && written != "A" { Shape::Initial } else { Shape::Title };
    }
    if rest.iter().any(|c| c.is_lowercase()) { Shape::Title } else { Shape::Upper }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_kept_once() {
        let mut forms = Forms::default();
        let (a, b, c) = (forms.intern("Nova"), forms.intern("nova"), forms.intern("Nova"));
        assert_eq!(a, c);
        assert_ne!(a, b);
        assert_eq!((forms.lower(a), forms.written(a)), ("nova", "Nova"));
        assert_eq!(forms.map(str::len), [4, 4]);
    }

    #[test]
    fn shapes() {
        for (written, expected) in [
            ("word", Shape::Lower),
            ("Word", Shape::Title),
            ("McRae", Shape::Title),
            ("NASA", Shape::Upper),
            ("J.", Shape::Initial),
            ("I", Shape::Title),
            ("1990s", Shape::Number),
            ("#AlitaArmy", Shape::Handle),
            ("—", Shape::Mark),
            ("n’t", Shape::Lower),
        ] {
            assert_eq!(shape(written), expected, "{written}");
        }
        assert_eq!(lower("N’T"), "n't");
    }
}
