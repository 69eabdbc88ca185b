//! The only code that changes what the reader sees. It does no input or output: what has to be done outside is answered as
//! commands.

use std::sync::Arc;

use ratatui::layout::Size;

use super::help;
use super::key::{Code, Key};
use super::keymap::Lookup;
use super::model::Model;
use super::msg::{Cmd, Msg};
use super::needs::{needs_all, needs_findings, needs_the_end};
use super::overlay::Overlay;
use super::panes::PaneId;
use super::recall::{corrections, keep_corrected, kept, moved, recalled};
use super::run::{goto_key, run};
use super::travel::Motion;

/// Keys that are kept while the findings are still being made; more are not, so that a cat on the keyboard does no harm.
const MOST_WAITING: usize = 200;

/// Takes in what happened and answers with what has to be done.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Cmd> {
    let mut commands = match msg {
        Msg::Key(key) => {
            let commands = pressed(model, key);
            model.tour_on();
            commands
        }
        Msg::Wheel(rows) => turned(model, rows),
        Msg::Click(x, y) => {
            model.told = None;
            model.click(x, y);
            Vec::new()
        }
        Msg::Resize(size) => resized(model, size),
        Msg::Begun(id, analysis, index) => {
            if let Some(place) = model.articles.iter().position(|a| a.reading.id == id) {
                model.set_threads_aside(place, &analysis);
                model.articles[place].begin(analysis, index, model.order);
                if place == model.current {
                    model.lists_follow_text();
                }
            }
            replay(model)
        }
        Msg::Analysed(id, analysis, index) => {
            if let Some(place) = model.articles.iter().position(|a| a.reading.id == id) {
                // Who moves in a list already stays on what is selected there.
                let stays = model.arrangement.focus != PaneId::Article || !model.overlays.is_empty();
                let selected = model.selected().filter(|_| place == model.current && stays);
                let selected = selected.and_then(|f| model.found().and_then(|found| found.span(f)));
                model.articles[place].reading.original = Some(Arc::clone(&analysis));
                model.set_threads_aside(place, &analysis);
                let thread = stays.then(|| model.articles[place].chosen_thread()).flatten();
                model.articles[place].learn(analysis, index, model.order);
                if place == model.current {
                    model.lists_follow_text();
                    if let (PaneId::Threads, Some(name)) = (model.arrangement.list, thread) {
                        model.choose_thread(&name);
                    } else if let Some(span) = selected {
                        let list = model.arrangement.list;
                        model.lists_follow(span, |pane| pane == list);
                    }
                }
                model.go_where_asked(place);
            }
            let mut commands: Vec<Cmd> = kept(model, id).into_iter().collect();
            commands.extend(corrections(model, id));
            commands.extend(replay(model));
            commands
        }
        Msg::Corrected(id, analysis, index) => {
            if let Some(place) = model.articles.iter().position(|a| a.reading.id == id) {
                model.articles[place].learn(analysis, index, model.order);
            }
            Vec::new()
        }
        Msg::Recalled(id, known) => recalled(model, id, known),
        Msg::Reread(id, result) => {
            let mut commands = model.came_in(id, result);
            commands.extend(replay(model));
            commands
        }
        Msg::Added(progress, days) => model.added(progress, days.as_deref()),
        Msg::Named => {
            model.own_is_named();
            Vec::new()
        }
        Msg::Story(story) => {
            model.show_story(story);
            Vec::new()
        }
        Msg::Shelf(shelved) => {
            model.show_shelf(shelved);
            Vec::new()
        }
        Msg::Matches(number, matches) => {
            model.answered(number, matches);
            Vec::new()
        }
        Msg::Offered(offers) => {
            model.offered_elsewhere(offers);
            Vec::new()
        }
        Msg::Tell(sentence) => {
            model.tell(sentence);
            Vec::new()
        }
    };
    keep_corrected(model, &mut commands);
    model.ask(&mut commands);
    model.settle();
    commands.extend(moved(model));
    commands
}

fn resized(model: &mut Model, size: Size) -> Vec<Cmd> {
    model.size = size;
    Vec::new()
}

fn turned(model: &mut Model, rows: i32) -> Vec<Cmd> {
    model.told = None;
    if let Some(Overlay::Help { top, .. }) = model.overlays.last_mut() {
        *top = top.saturating_add_signed(isize::try_from(rows).unwrap_or(0));
    } else {
        model.travel(Motion::Rows(rows));
    }
    Vec::new()
}

/// Keys that waited for the findings, in the order in which they were pressed.
fn replay(model: &mut Model) -> Vec<Cmd> {
    let waiting = std::mem::take(&mut model.waiting);
    waiting.into_iter().flat_map(|key| pressed(model, key)).collect()
}

fn pressed(model: &mut Model, key: Key) -> Vec<Cmd> {
    model.told = None;
    let leaves = key == (Key { code: Code::Char('c'), ctrl: true }) || key == Key::char('Q');
    if !model.waiting.is_empty() && !leaves {
        return wait(model, key);
    }
    if let Some(commands) = model.tour_key(key) {
        return commands;
    }
    match model.overlays.last() {
        Some(Overlay::Search(_)) => model.search_key(key),
        Some(Overlay::Filter(_)) => model.filter_key(key),
        Some(Overlay::Say { .. }) => model.say_key(key),
        Some(Overlay::SayOf { .. }) => model.say_of_key(key),
        Some(Overlay::Offers { .. }) => model.offers_key(key),
        Some(Overlay::Notes { .. }) => model.notes_key(key),
        Some(Overlay::Select { .. }) => model.select_key(key),
        Some(Overlay::Goto(_)) => goto_key(model, key),
        Some(Overlay::Story(_)) => model.story_key(key),
        Some(Overlay::Shelf(_)) => model.shelf_key(key),
        Some(Overlay::Thread { .. }) => model.thread_key(key),
        Some(Overlay::Export(_)) => model.export_key(key),
        Some(Overlay::Help { .. }) => help::help_key(model, key),
        Some(Overlay::Commands { .. }) => help::commands_key(model, key),
        Some(Overlay::Card { .. }) | None => mapped(model, key),
    }
}

/// While the text is being read a key that needs the findings waits for them, and all keys after it do; Esc lets go.
fn wait(model: &mut Model, key: Key) -> Vec<Cmd> {
    if key.code == Code::Esc {
        model.waiting.clear();
    } else if model.waiting.len() < MOST_WAITING {
        model.waiting.push(key);
        model.tell("still reading; the keys are kept (Esc lets them go)");
    }
    Vec::new()
}

fn mapped(model: &mut Model, key: Key) -> Vec<Cmd> {
    model.pending.push(key);
    match model.keymap.lookup(&model.pending) {
        Lookup::Started => Vec::new(),
        Lookup::Found(action, typed) => {
            let keys = std::mem::take(&mut model.pending);
            let missing = model.found().is_none() && needs_findings(model, action);
            let missing = missing || !model.has_found_all() && needs_all(model, action);
            if missing || !model.article().read && needs_the_end(action) {
                return keys.into_iter().flat_map(|key| wait(model, key)).collect();
            }
            run(model, action, typed)
        }
        Lookup::Unknown => {
            let alone = model.pending.len() == 1;
            model.pending.clear();
            if alone { Vec::new() } else { mapped(model, key) }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::key::script;
    use super::super::model::Options;
    use super::*;
    use crate::index::{Index, sample};
    use proptest::prelude::*;

    fn opened(size: Size) -> Model {
        let (document, analysis) = sample::article();
        let index = Index::new(&document, &analysis);
        let (mut model, commands) = Model::open(vec![Arc::new(document)], Options::default(), size);
        let Some(Cmd::Analyse(id, _)) = commands.first() else { panic!("asks for the findings") };
        update(&mut model, Msg::Analysed(*id, Arc::new(analysis), Arc::new(index)));
        model
    }

    fn press(model: &mut Model, keys: &str) -> Vec<Cmd> {
        script(keys).into_iter().flat_map(|key| update(model, Msg::Key(key))).collect()
    }

    #[test]
    fn one_selection_runs_through_the_panes() {
        let mut model = opened(Size::new(120, 40));
        press(&mut model, "2 j j");
        let quote = model.selected();
        press(&mut model, "1");
        assert_eq!(model.selected(), quote);
        assert!(matches!(quote, Some(crate::analysis::FindingId::Quote(id)) if id.index() == 2));
    }

    #[test]
    fn a_card_opens_and_leads_to_the_passage() {
        let mut model = opened(Size::new(80, 24));
        press(&mut model, "2 <enter>");
        assert!(matches!(model.overlays.last(), Some(Overlay::Card { .. })));
        press(&mut model, "<enter>");
        assert!(model.overlays.is_empty());
        assert_eq!(model.arrangement.focus, PaneId::Article);
    }

    #[test]
    fn keys_before_the_findings_are_kept() {
        let (document, analysis) = sample::article();
        let index = Index::new(&document, &analysis);
        let (mut model, commands) = Model::open(vec![Arc::new(document)], Options::default(), Size::new(80, 24));
        press(&mut model, "2 j j");
        let Some(Cmd::Analyse(id, _)) = commands.first() else { panic!("asks for the findings") };
        update(&mut model, Msg::Analysed(*id, Arc::new(analysis), Arc::new(index)));
        assert_eq!(model.list(PaneId::Quotes).selected, 2);
    }

    #[test]
    fn escape_never_quits_and_q_does() {
        let mut model = opened(Size::new(80, 24));
        assert!(press(&mut model, "<esc> <esc> ? <esc> /").is_empty());
        assert!(!model.is_over());
        let commands = press(&mut model, "<esc> q");
        assert!(model.is_over() && matches!(commands.last(), Some(Cmd::Quit)));
    }

    #[test]
    fn copying_says_what_was_sent() {
        let mut model = opened(Size::new(80, 24));
        let commands = press(&mut model, "2 y q");
        assert!(matches!(commands.last(), Some(Cmd::Copy(text)) if !text.is_empty()));
        assert!(model.told.as_deref().is_some_and(|t| t.contains("clipboard")));
    }

    const KEYS: &[&str] = &[
        "j",
        "k",
        "<space>",
        "b",
        "g",
        "G",
        "{",
        "}",
        "]",
        "[",
        ".",
        ",",
        "<tab>",
        "<shift-tab>",
        "1",
        "2",
        "3",
        "4",
        "/",
        "n",
        "N",
        "f",
        "w",
        "y",
        "q",
        "m",
        "'",
        "z",
        "+",
        "-",
        "T",
        "M",
        "F",
        "|",
        "?",
        ":",
        "<enter>",
        "<esc>",
        "<backspace>",
        "<ctrl-o>",
        "<ctrl-n>",
        "<ctrl-d>",
        "<ctrl-u>",
        "a",
        "x",
        "7",
        "<down>",
        "<up>",
        "<pgdn>",
        "<home>",
        "<end>",
        "(",
        ")",
        "r",
        "木",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(120))]
        #[test]
        fn any_keys_at_any_size_are_survived(
            picks in prop::collection::vec(0..KEYS.len(), 0..60),
            sizes in prop::collection::vec((1u16..140, 1u16..50), 1..6),
        ) {
            let mut model = opened(Size::new(sizes[0].0, sizes[0].1));
            for (number, pick) in picks.iter().enumerate() {
                for key in script(KEYS[*pick]) {
                    if key != Key::char('q') {
                        update(&mut model, Msg::Key(key));
                    }
                }
                if number % 9 == 0 {
                    let (width, height) = sizes[(number / 9) % sizes.len()];
                    update(&mut model, Msg::Resize(Size::new(width, height)));
                }
                let area = ratatui::layout::Rect::new(0, 0, model.size.width, model.size.height);
                let mut buffer = ratatui::buffer::Buffer::empty(area);
                super::super::view(&model, &mut buffer);
                for pane in PaneId::LISTS {
                    let list = model.list(pane);
                    prop_assert!(list.selected == 0 || list.selected < list.shown.len());
                }
            }
        }
    }
}
