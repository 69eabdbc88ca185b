//! The only code that changes what the reader sees. It does no input or output: what has to be done outside is answered as
//! commands.

use std::sync::Arc;

use ratatui::layout::Size;

use super::action::Action;
use super::help;
use super::key::{Code, Key};
use super::keymap::Lookup;
use super::model::{MEASURES, Model};
use super::msg::{Cmd, Msg};
use super::overlay::{Overlay, type_into};
use super::panes::PaneId;
use super::recall::{corrections, keep_corrected, kept, moved, recalled};
use super::travel::Motion;
use crate::store::Field;
use crate::widgets::Input;

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

/// Whether the findings of the beginning are not enough for an action: it looks through all, or says something of one.
fn needs_all(model: &Model, action: Action) -> bool {
    use Action::{
        CopyCitation, CopyMarkdown, CopyPlace, CopyQuote, CopyWords, Down, HalfDown, HalfUp, NextItem, Open, PageDown,
        PageUp, PreviousItem, Up, Why,
    };
    let looks = matches!(
        action,
        NextItem
            | PreviousItem
            | Open
            | Why
            | CopyQuote
            | CopyWords
            | CopyCitation
            | CopyMarkdown
            | CopyPlace
            | Down
            | Up
            | PageDown
            | PageUp
            | HalfDown
            | HalfUp
    );
    needs_findings(model, action) && !looks
}

/// Whether the beginning of a text is not enough for an action.
fn needs_the_end(action: Action) -> bool {
    matches!(action, Action::Bottom | Action::Goto | Action::GoToMark | Action::Reload)
}

fn needs_findings(model: &Model, action: Action) -> bool {
    let moves = matches!(
        action,
        Action::Down
            | Action::Up
            | Action::PageDown
            | Action::PageUp
            | Action::HalfDown
            | Action::HalfUp
            | Action::Bottom
            | Action::Goto
    );
    action.needs_findings() || action == Action::Search || moves && model.arrangement.focus != PaneId::Article
}

/// Does what an action says.
pub(super) fn run(model: &mut Model, action: Action, typed: Option<char>) -> Vec<Cmd> {
    model.tour_saw(action);
    if let Some(commands) = in_card(model, action) {
        return commands;
    }
    let mut commands = Vec::new();
    match action {
        Action::Down => model.travel(Motion::Rows(1)),
        Action::Up => model.travel(Motion::Rows(-1)),
        Action::PageDown => model.travel(Motion::Halves(2)),
        Action::PageUp => model.travel(Motion::Halves(-2)),
        Action::HalfDown => model.travel(Motion::Halves(1)),
        Action::HalfUp => model.travel(Motion::Halves(-1)),
        Action::Top => model.travel(Motion::Top),
        Action::Bottom => model.travel(Motion::Bottom),
        Action::NextParagraph => model.step_paragraph(1),
        Action::PreviousParagraph => model.step_paragraph(-1),
        Action::NextItem => model.step_item(1),
        Action::PreviousItem => model.step_item(-1),
        Action::NextUnsure => model.step_unsure(1),
        Action::PreviousUnsure => model.step_unsure(-1),
        Action::NextPane => model.focus_by(1),
        Action::PreviousPane => model.focus_by(PaneId::ALL.len() - 1),
        Action::ArticlePane => model.focus(PaneId::Article),
        Action::QuotesPane => model.focus(PaneId::Quotes),
        Action::ClaimsPane => model.focus(PaneId::Claims),
        Action::ThreadsPane => model.focus(PaneId::Threads),
        Action::NextArticle => model.step_article(1, &mut commands),
        Action::PreviousArticle => model.step_article(-1, &mut commands),
        Action::Back => model.go_back(false, &mut commands),
        Action::Forward => model.go_back(true, &mut commands),
        Action::NextMatch => model.step_match(1),
        Action::PreviousMatch => model.step_match(-1),
        Action::SetMark | Action::GoToMark => marks(model, action, typed, &mut commands),
        Action::Suspend => commands.push(Cmd::Suspend),
        Action::Redraw => commands.push(Cmd::Redraw),
        Action::Quit => quit(model, &mut commands),
        Action::Accept | Action::Reject => return model.judge(action),
        Action::TurnStatus => return model.turn_status(),
        Action::Undo | Action::Redo => return model.turn_back(action == Action::Redo),
        Action::Verdict => model.ask_for(Field::Verdict),
        Action::SetSpeaker => model.ask_for(Field::Speaker),
        Action::Note => model.ask_for(Field::Note),
        Action::Offers => model.open_offers(),
        Action::Notes => model.open_notes(),
        Action::Tour => model.start_tour(&mut commands),
        Action::Ends => model.move_ends(),
        Action::Select => model.mark_words(),
        Action::Order => reorder(model),
        Action::Thread => model.ask_for_thread(),
        Action::Story => model.ask_for_story(&mut commands),
        Action::Library => commands.push(Cmd::Shelf),
        Action::Export => model.ask_for_export(),
        Action::CopyQuote | Action::CopyWords | Action::CopyCitation | Action::CopyMarkdown | Action::CopyPlace => {
            model.copy(action, &mut commands);
        }
        _ => looks(model, action, typed, &mut commands),
    }
    commands
}

/// What changes how things look, and what lies over the panes.
fn looks(model: &mut Model, action: Action, typed: Option<char>, commands: &mut Vec<Cmd>) {
    match action {
        Action::Open => open(model),
        Action::Why => model.why(),
        Action::Search => model.open_search(),
        Action::Filter => model.open_filter(),
        Action::Goto => model.overlays.push(Overlay::Goto(Input::with(&typed.map(String::from).unwrap_or_default()))),
        Action::Help => model.overlays.push(Overlay::Help { input: Input::default(), top: 0 }),
        Action::Commands => model.overlays.push(Overlay::Commands { input: Input::default(), chosen: 0 }),
        Action::TextOnly => {
            model.arrangement.text_only = !model.arrangement.text_only;
            model.arrangement.focus = PaneId::Article;
        }
        Action::Columns => {
            model.arrangement.beside = !model.arrangement.beside;
            model.tell(if model.arrangement.beside {
                "lists beside the text, where there is room"
            } else {
                "lists below the text"
            });
        }
        Action::Wider => measure(model, 4),
        Action::Narrower => measure(model, -4),
        Action::ChangeTheme => {
            model.theme.palette = model.theme.palette.next();
            model.tell(format!("theme: {}", model.theme.palette.name()));
        }
        Action::Mouse => {
            model.mouse = !model.mouse;
            commands.push(Cmd::Mouse(model.mouse));
            model.tell(if model.mouse {
                "mouse on: wheel and clicks go to sayso"
            } else {
                "mouse off: it selects text again"
            });
        }
        Action::Follow => {
            model.follow = !model.follow;
            model.tell(if model.follow { "the text follows the lists" } else { "the text stays where it is" });
        }
        Action::Reload => {
            let reading = &model.article().reading;
            commands.push(Cmd::Reread(reading.id, reading.document.id().to_owned()));
        }
        Action::Escape => escape(model),
        Action::Close => close(model, commands),
        _ => {}
    }
}

/// What a key does while a card is open; none when it does what it always does.
fn in_card(model: &mut Model, action: Action) -> Option<Vec<Cmd>> {
    let Some(Overlay::Card { row }) = model.overlays.last() else { return None };
    let row = *row;
    match action {
        Action::Open => model.go_to_passage(),
        Action::Escape | Action::Close => drop(model.overlays.pop()),
        Action::Down | Action::Up => {
            let by = if action == Action::Down { 1 } else { -1 };
            match model.passages() {
                0 => model.step_item(by),
                count => {
                    let row = row.saturating_add_signed(by as isize).min(count - 1);
                    if let Some(Overlay::Card { row: chosen }) = model.overlays.last_mut() {
                        *chosen = row;
                    }
                    if let Some(span) = model.passage() {
                        model.show(span);
                    }
                }
            }
        }
        Action::NextItem | Action::PreviousItem => {
            if let Some(Overlay::Card { row }) = model.overlays.last_mut() {
                *row = 0;
            }
            model.step_item(if action == Action::NextItem { 1 } else { -1 });
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Opens the card of the selected finding; from the article, of the one marked there.
fn open(model: &mut Model) {
    match model.selected() {
        Some(_) => {
            model.arrangement.text_only = false;
            model.overlays.push(Overlay::Card { row: 0 });
        }
        None => model.tell("nothing is selected"),
    }
}

fn goto_key(model: &mut Model, key: Key) -> Vec<Cmd> {
    let Some(Overlay::Goto(mut input)) = model.overlays.pop() else { return Vec::new() };
    match key.code {
        Code::Enter => match input.text().trim().parse() {
            Ok(number) => model.go_to_number(number),
            Err(_) => model.tell("that is no number"),
        },
        Code::Esc => {}
        Code::Char(c) if !c.is_ascii_digit() && !key.ctrl => model.overlays.push(Overlay::Goto(input)),
        _ => {
            type_into(&mut input, key);
            model.overlays.push(Overlay::Goto(input));
        }
    }
    Vec::new()
}

fn marks(model: &mut Model, action: Action, typed: Option<char>, commands: &mut Vec<Cmd>) {
    let Some(letter) = typed else { return };
    if action == Action::SetMark {
        let place = model.place();
        model.marks.insert(letter, place);
        commands.extend(model.remember_mark(letter));
        model.tell(format!("mark {letter} is set"));
    } else if let Some(&place) = model.marks.get(&letter) {
        model.leave();
        model.go_to_place(place, commands);
    } else {
        model.tell(format!("there is no mark {letter}"));
    }
}

/// The next order of the claims; the selected one stays selected.
fn reorder(model: &mut Model) {
    model.order = model.order.next();
    for place in 0..model.articles.len() {
        let filter = model.articles[place].lists[PaneId::Claims.list_place().unwrap_or(1)].filter.clone();
        model.articles[place].refill(PaneId::Claims, &filter, model.order);
    }
    model.tell(format!("claims {}", model.order.name()));
}

fn measure(model: &mut Model, by: i16) {
    let measure = model.arrangement.measure.saturating_add_signed(by).clamp(MEASURES.0, MEASURES.1);
    model.arrangement.measure = measure;
    model.tell(format!("lines of {measure} cells"));
}

/// Esc closes what is open, then clears the search, then the filter; it never quits.
fn escape(model: &mut Model) {
    if model.overlays.pop().is_some() {
        return;
    }
    if model.searched.take().is_some() {
        return;
    }
    let pane = model.arrangement.list;
    if !model.list(pane).filter.is_empty() {
        model.filter(pane, "");
    }
}

fn close(model: &mut Model, commands: &mut Vec<Cmd>) {
    if model.overlays.pop().is_none() {
        quit(model, commands);
    }
}

fn quit(model: &mut Model, commands: &mut Vec<Cmd>) {
    model.over = true;
    commands.push(Cmd::Quit);
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
