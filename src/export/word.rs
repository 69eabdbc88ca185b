//! The values of a row in words, as the JSON of `extract` spells them.

use serde::Serialize;

/// A value of a closed list by its name in JSON: `direct`, `reported_named`.
pub(super) fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Evidence, QuoteKind};

    #[test]
    fn values_have_the_names_of_the_contract() {
        assert_eq!(word(QuoteKind::Indirect), "indirect");
        assert_eq!(word(Evidence::ReportedUnnamed), "reported_unnamed");
    }
}
