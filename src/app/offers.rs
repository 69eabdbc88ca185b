//! `A`: what the reader corrected in one article, offered for the others of the story. Nothing is changed there that the reader
//! has not accepted.

use super::key::{Code, Key};
use super::model::Model;
use super::msg::Cmd;
use super::overlay::Overlay;
use super::recall::corrections;
use crate::document::Day;
use crate::store::{Field, Offer, Spread};
use crate::text::shown_name;
use crate::widgets::{Line, Role, shorten};

impl Model {
    /// Asks where else in the story a correction may hold.
    pub(super) fn ask_where_else(&self, spread: Spread) -> Option<Cmd> {
        let here = self.article().path.as_ref()?;
        let others: Vec<String> =
            self.articles.iter().filter_map(|a| a.path.clone()).filter(|path| path != here).collect();
        (!others.is_empty()).then_some(Cmd::Alike(others, spread))
    }

    /// Takes in where else a correction may hold.
    pub(super) fn offered_elsewhere(&mut self, offers: Vec<Offer>) {
        let Some(first) = offers.first() else { return };
        let count =
            if offers.len() == 1 { "1 more article".to_owned() } else { format!("{} more articles", offers.len()) };
        self.tell(format!("{} may hold in {count} of the story: A looks at them", said(first)));
        self.offers = offers;
    }

    /// Opens the list of what is offered.
    pub(super) fn open_offers(&mut self) {
        if self.offers.is_empty() {
            self.tell("nothing is offered: s corrects a speaker, and s = NAME makes two names one");
        } else {
            self.overlays.push(Overlay::Offers { chosen: 0, accepted: 0, left: 0 });
        }
    }

    /// A key in that list.
    pub(super) fn offers_key(&mut self, key: Key) -> Vec<Cmd> {
        let Some(Overlay::Offers { mut chosen, mut accepted, mut left }) = self.overlays.pop() else {
            return Vec::new();
        };
        let mut commands = Vec::new();
        match key.code {
            Code::Esc | Code::Char('q') => return commands,
            Code::Char('c') if key.ctrl => return super::run::run(self, super::action::Action::Quit, None),
            Code::Down | Code::Char('j') => chosen += 1,
            Code::Up | Code::Char('k') => chosen = chosen.saturating_sub(1),
            Code::Enter => {
                if let Some(offer) = self.offers.get(chosen).cloned() {
                    self.open_file(&offer.path, Some(offer.start), &mut commands);
                }
                return commands;
            }
            Code::Char('A') => {
                let all = std::mem::take(&mut self.offers);
                self.tell(done(accepted + all.len(), left));
                return all.into_iter().flat_map(|offer| self.accept_offer(offer)).collect();
            }
            Code::Char('a') if chosen < self.offers.len() => {
                let offer = self.offers.remove(chosen);
                accepted += 1;
                commands = self.accept_offer(offer);
            }
            Code::Char('x') if chosen < self.offers.len() => {
                left += 1;
                drop(self.offers.remove(chosen));
            }
            _ => {}
        }
        if self.offers.is_empty() {
            self.tell(done(accepted, left));
        } else {
            let chosen = chosen.min(self.offers.len() - 1);
            self.overlays.push(Overlay::Offers { chosen, accepted, left });
        }
        commands
    }

    /// Says in another article what was said in one.
    fn accept_offer(&mut self, offer: Offer) -> Vec<Cmd> {
        let order = self.next_order();
        let open = self.articles.iter_mut().find(|a| a.path.as_ref() == Some(&offer.path) && a.read && a.asked);
        let Some(article) = open else { return vec![Cmd::Accept(offer.path, offer.remark)] };
        let (reading, remark) = (&mut article.reading, offer.remark);
        let (remark, turn) = reading.remarks.say_at(remark.anchor, remark.field, &remark.value, order);
        let id = reading.id;
        let mut commands = vec![Cmd::Remember(id, remark, turn)];
        commands.extend(corrections(self, id));
        commands
    }
}

/// What was done with the offers, and how it is taken back.
fn done(accepted: usize, left: usize) -> String {
    let articles = if accepted == 1 { "1 article".to_owned() } else { format!("{accepted} articles") };
    let left = if left == 0 { String::new() } else { format!(", {left} left out") };
    match accepted {
        0 => "nothing was accepted".to_owned(),
        1 => format!("accepted in {articles}{left}; u in it takes it back"),
        _ => format!("accepted in {articles}{left}; u in each takes it back"),
    }
}

/// What an offer says.
fn said(offer: &Offer) -> String {
    let Offer { remark, who, .. } = offer;
    match remark.field {
        Field::Same => format!("{} = {}", remark.anchor.exact, remark.value),
        _ if who.is_empty() => format!("said by {}", remark.value),
        _ => format!("said by {}, not {who}", remark.value),
    }
}

/// The title of the sheet.
pub(super) fn title(offers: &[Offer]) -> String {
    format!("Corrections for other articles · {}", offers.len())
}

/// The rows, two for each offer.
pub(super) fn lines(offers: &[Offer], chosen: usize, cells: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, offer) in offers.iter().enumerate() {
        let bar = || Line::of(if number == chosen { "▌ " } else { "  " }, Role::Bar);
        let day = offer.day.map_or_else(|| "—".to_owned(), Day::short);
        let paper = offer.paper.rsplit('/').next().unwrap_or_default();
        let head = bar().say(day, Role::Dim).to(10).say(shorten(shown_name(paper).as_str(), 20), Role::Text);
        lines.push(head.to(32).say(said(offer), Role::Heading));
        let words = shorten(&offer.words, cells.saturating_sub(14));
        lines.push(bar().to(10).say(words, Role::Dim));
    }
    lines
}
