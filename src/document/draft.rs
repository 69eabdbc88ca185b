//! What a format makes of a file that is not plain text, before it is put together as one text.

use super::{BlockKind, Builder, Document, MAX_TEXT, Meta, ReadError};

/// Title, author and the like, and the blocks in reading order.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What is known; an empty title is one that is not known.
    pub meta: Meta,
    /// The blocks' text, without the title and the byline.
    pub blocks: Vec<(BlockKind, String)>,
}

impl Draft {
    /// Puts the text together: the title, the byline, then the blocks, with blank lines between them.
    ///
    /// # Errors
    /// When there is more text than [`MAX_TEXT`].
    pub fn into_document(self, name: &str) -> Result<Document, ReadError> {
        let size: usize = self.blocks.iter().map(|(_, text)| text.len() + 2).sum();
        if size > MAX_TEXT {
            let limit = MAX_TEXT >> 20;
            return Err(ReadError::TooLarge { name: name.to_owned(), size: size >> 20, format: "text", limit });
        }
        let mut builder = Builder::new(String::new(), name);
        builder.append(&self.meta.title, BlockKind::Title);
        if let Some(byline) = &self.meta.byline {
            builder.append(&["By ", byline].concat(), BlockKind::Byline);
        }
        for (kind, text) in &self.blocks {
            builder.append(text, *kind);
        }
        builder.describe(self.meta);
        Ok(builder.finish())
    }

    /// Adds a block.
    pub fn push(&mut self, kind: BlockKind, text: impl Into<String>) {
        self.blocks.push((kind, text.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_begins_with_title_and_byline() {
        let meta = Meta { title: "Rain".into(), byline: Some("Ann Lee".into()), ..Meta::default() };
        let blocks = vec![
            (BlockKind::ListItem, "one".into()),
            (BlockKind::ListItem, " two ".into()),
            (BlockKind::Paragraph, String::new()),
        ];
        let document = Draft { meta, blocks }.into_document("x.html").expect("short");
        assert_eq!(document.text(), "Rain\n\nBy Ann Lee\n\none\ntwo");
        assert_eq!(document.meta().byline.as_deref(), Some("Ann Lee"));
        assert_eq!(document.blocks().len(), 4);
    }

    #[test]
    fn without_a_title_the_name_serves() {
        let document = Draft::default().into_document("x.html").expect("short");
        assert_eq!((document.text(), document.meta().title.as_str()), ("", "x.html"));
    }
}
