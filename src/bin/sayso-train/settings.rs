//! The settings of the learner, chosen on three tenths of the training documents, each kept apart in turn
//! (`sayso-train tune`).

use crate::learn::Sort;

/// What can be chosen about learning.
#[derive(Clone, Debug)]
pub struct Settings {
    /// By how much the true tag must lead before the weights are left alone.
    pub margin: i32,
    /// Of a hundred features of a token, so many are hidden at each step. A word's features then learn to do without
    /// each other, which helps most with words not met in training.
    pub hidden: u64,
    /// How often a feature of the token itself must be met to get a row.
    pub own: u32,
    /// How often a feature of a neighbour must be met.
    pub near: u32,
    /// How often a feature of a token beyond must be met.
    pub far: u32,
    /// How often a feature of two things must be met.
    pub pair: u32,
    /// Rounds of the first run, which chooses the features.
    pub choosing_rounds: u32,
    /// Rounds of the run with the chosen features only.
    pub rounds: u32,
    /// Bytes that the weights of the first pass may take.
    pub room: usize,
    /// Weights (of the 127 steps) below this are left out.
    pub least_weight: i64,
    /// One in so many weights may be cut off at the highest step.
    pub clip: usize,
    /// Parts of the documents that are tagged in turn to learn the second pass.
    pub parts: usize,
    /// Rounds of the second pass.
    pub after_rounds: u32,
    /// As `margin`, for the second pass.
    pub after_margin: i64,
    /// How often a feature of the second pass must be met.
    pub after_least: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            margin: 40,
            hidden: 20,
            own: 1,
            near: 3,
            far: 5,
            pair: 3,
            choosing_rounds: 4,
            rounds: 40,
            room: 1_130_000,
            least_weight: 6,
            clip: 3000,
            parts: 5,
            after_rounds: 6,
            after_margin: 40,
            after_least: 3,
        }
    }
}

impl Settings {
    /// How often a feature of this sort must be met to get a row.
    pub fn least_count(&self, sort: Sort) -> u32 {
        match sort {
            Sort::Own => self.own,
            Sort::Near => self.near,
            Sort::Far => self.far,
            Sort::Pair => self.pair,
        }
    }
}
