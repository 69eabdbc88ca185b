//! What each action does to the model, whichever key or command asked for it.

use super::action::Action;
use super::key::{Code, Key};
use super::model::{MEASURES, Model};
use super::msg::Cmd;
use super::overlay::{Overlay, type_into};
use super::panes::PaneId;
use super::travel::Motion;
use crate::store::Field;
use crate::widgets::Input;

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

pub(super) fn goto_key(model: &mut Model, key: Key) -> Vec<Cmd> {
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
