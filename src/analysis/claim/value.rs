//! How firmly somebody stands behind something, and how that passes from a governing word to its clause. The arithmetic
//! follows Nairn, Condoravdi & Karttunen 2006 and the scale Stanovsky et al. 2017.

use crate::analysis::{Certainty, Polarity};
use crate::lexicon::Class;

/// Strength and sign. The sign is kept where the strength is nothing: *he did not try to win* still denies.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Value {
    pub strength: f32,
    pub denied: bool,
}

impl Value {
    /// Asserted outright.
    pub(super) const PLAIN: Value = Value { strength: 3.0, denied: false };
    /// Left open.
    pub(super) const OPEN: Value = Value { strength: 0.0, denied: false };

    pub(super) fn of(number: f32) -> Self {
        Self { strength: number.abs(), denied: number < 0.0 }
    }

    /// Under another value: the weaker of both, denied if one of them is.
    pub(super) fn under(self, context: Value) -> Self {
        Self { strength: self.strength.min(context.strength), denied: self.denied != context.denied }
    }

    pub(super) fn number(self) -> f32 {
        if self.denied && self.strength > 0.0 { -self.strength } else { self.strength }
    }

    pub(super) fn certainty(self) -> Certainty {
        match self.strength {
            s if s >= 2.5 => Certainty::Certain,
            s if s >= 1.5 => Certainty::Probable,
            s if s >= 0.5 => Certainty::Possible,
            _ => Certainty::Unknown,
        }
    }

    pub(super) fn polarity(self) -> Polarity {
        if self.denied { Polarity::Denied } else { Polarity::Affirmed }
    }
}

/// What a governor of a class, itself of a value, leaves of its clause.
pub(super) fn through(class: &Class, governor: Value) -> Value {
    if class.presupposes() {
        return Value::of(class.affirmed);
    }
    if governor.strength < 0.5 {
        let open = Value::of(class.affirmed);
        return Value { strength: open.strength.min(0.4), ..open };
    }
    let own = Value::of(if governor.denied { class.denied } else { class.affirmed });
    // Hardly said is still said: only the sign of a weak governor and its strength matter.
    Value { strength: own.strength.min(governor.strength), ..own }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_denials_affirm() {
        let not = Value::of(-3.0);
        assert_eq!(not.under(not), Value::PLAIN);
        assert_eq!(Value::of(1.0).under(not).number().to_bits(), (-1.0_f32).to_bits());
        assert_eq!(Value::OPEN.certainty(), Certainty::Unknown);
    }
}
