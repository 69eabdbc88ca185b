//! What state the program is in, for whoever looks for a fault.

use std::fmt::Write;

use super::model::Model;

impl Model {
    /// What state all is in, a line each, without a word of any text.
    pub fn state(&self) -> String {
        let (form, _) = self.areas();
        let mut out = format!(
            "screen {}x{} {form:?}\npane {:?} list {:?}\noverlays {}\nkeys waiting {} pending {}\narticle {} of {}\n",
            self.size.width,
            self.size.height,
            self.arrangement.focus,
            self.arrangement.list,
            self.overlays.len(),
            self.waiting.len(),
            self.pending.len(),
            self.current + 1,
            self.articles.len()
        );
        for (number, article) in self.articles.iter().enumerate().filter(|(_, a)| a.asked) {
            let counts = article
                .reading
                .found
                .as_ref()
                .map(|f| (f.whole, f.analysis.quotes.len(), f.analysis.claims.len(), f.analysis.threads.len()));
            let bytes = article.reading.document.text().len();
            let found = counts.map_or_else(
                || "not yet".to_owned(),
                |(whole, quotes, claims, threads)| {
                    format!("{quotes} quotes {claims} claims {threads} threads{}", if whole { "" } else { ", so far" })
                },
            );
            let place = article.text.anchor().byte();
            let (number, read) = (number + 1, article.read);
            let _ = writeln!(out, "article {number}: read {read}, {bytes} bytes, at {place}, found {found}");
        }
        out
    }
}
