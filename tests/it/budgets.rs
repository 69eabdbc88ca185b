//! What the screen costs on the wire: bytes counted in a pseudo-terminal, with colours, in every layout. The figures are those
//! of `less` on the same rows, worked out from what it writes (a line: its text and 9 bytes of prompt; a page: its rows, a
//! line end each, and the prompt), so that `less` need not be there.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use crate::pty::Run;

/// A text of a few hundred paragraphs in which people say things, the same in every run.
fn novel() -> &'static PathBuf {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    FILE.get_or_init(|| {
        let words = "the harbour was quiet when they came home and nobody in the long street had seen the boat leave \
            before the rain began so that what was told later of that evening differed from house to house";
        let words: Vec<&str> = words.split_whitespace().collect();
        let (mut text, mut state) = (String::from("The harbour\n\n"), 7u32);
        let mut next = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            usize::try_from(state >> 16).expect("fits") % below
        };
        for number in 0..400 {
            let sentence: Vec<&str> = (0..60 + next(40)).map(|_| words[next(words.len())]).collect();
            match number % 3 {
                0 => write!(text, "“We {},” said Anna Berg. ", sentence[..12].join(" ")).expect("writes"),
                1 => write!(text, "Tom Hale said that the {}. ", sentence[..9].join(" ")).expect("writes"),
                _ => {}
            }
            write!(text, "It {}.\n\n", sentence.join(" ")).expect("writes");
        }
        let file = std::env::temp_dir().join(format!("sayso-budget-{}.txt", std::process::id()));
        std::fs::write(&file, text).expect("writes");
        file
    })
}

/// A run on the novel with its findings on the screen, and what the first frame cost.
fn reading(size: (u16, u16), settings: &[(&str, &str)]) -> (Run, usize) {
    let run = Run::start(&[novel().to_str().expect("a name")], settings, size);
    run.wait_for("The harbour");
    let first = run.settled();
    (run, first)
}

/// The bytes that keys cost, one by one, without what rests need.
fn costs(run: &Run, keys: &[&str]) -> Vec<usize> {
    keys.iter()
        .map(|key| {
            let before = run.bytes().len();
            run.press(key);
            run.quiet(before, Duration::from_millis(60));
            run.bytes().len() - before
        })
        .collect()
}

fn median(mut costs: Vec<usize>) -> usize {
    costs.sort_unstable();
    costs[costs.len() / 2]
}

/// What `less` would write for the rows that a screen shows: the median of a line, and a page.
fn less(run: &Run) -> (usize, usize) {
    let rows: Vec<usize> = run.screen().lines().skip(2).map(|row| row.trim_end().len()).filter(|&n| n > 0).collect();
    let page = rows.iter().map(|n| n + 2).sum::<usize>() + 9;
    (median(rows.clone()) + 9, page)
}

fn check(what: &str, cost: usize, budget: usize) {
    assert!(cost <= budget, "{what}: {cost} bytes, the budget is {budget}");
}

#[test]
fn lines_and_pages_of_text_cost_what_less_costs() {
    // The budget is for 80x24; at 120x40 the coloured marks of 39 rows cost a little more (measured 1.074).
    for (size, page_per_cent) in [((80, 24), 105), ((120, 40), 108)] {
        let (run, _) = reading(size, &[]);
        run.press("z");
        run.settled();
        run.press("   ");
        run.settled();
        let (line, page) = less(&run);
        let down = costs(&run, &["j"; 30]);
        check("a line down", median(down), line * 105 / 100);
        check("a line up", median(costs(&run, &["k"; 30])), line * 105 / 100);
        check("a page", median(costs(&run, &[" "; 9])), page * page_per_cent / 100);
    }
}

#[test]
fn a_list_below_costs_little() {
    for size in [(80, 24), (120, 40)] {
        let (run, first) = reading(size, &[("SSH_CONNECTION", "1")]);
        check("the first frame and the findings", first, 5 * usize::from(size.0 * size.1) / 2);
        run.press("  ");
        run.settled();
        check("a line down", median(costs(&run, &["j"; 30])), 150 * usize::from(size.0) / 80);
        run.press("2f");
        run.settled();
        check("an item down", median(costs(&run, &["j"; 30])), 300);
    }
}

#[test]
fn a_letter_costs_three_bytes_unless_results_change() {
    let (run, _) = reading((80, 24), &[]);
    run.press("/");
    run.settled();
    // The first one fills a screen with results.
    check("the first letter", costs(&run, &["h"])[0], 2000);
    check("a letter that changes results", median(costs(&run, &["a", "r", "b", "o", "u"])), 1024);
    run.press("qqqq");
    run.settled();
    check("a letter that changes nothing", median(costs(&run, &["q", "q", "q"])), 3);
}

#[test]
fn columns_cost_less_than_a_screen() {
    let (run, first) = reading((120, 40), &[]);
    check("the first frame and the findings", first, 12_000);
    check(
        "an item down",
        {
            run.press("2f");
            run.settled();
            median(costs(&run, &["j"; 20]))
        },
        600,
    );
}

/// Over a line, columns are shown where the terminal says that it scrolls between margins (a terminal that says so when it is
/// asked; the bytes are counted here, what they do is tested beside `frame`).
#[test]
fn columns_over_a_line_scroll_between_margins() {
    let (run, _) = reading((120, 40), &[("SSH_CONNECTION", "1")]);
    assert!(!run.screen().contains("CLAIMS"), "columns before the terminal has answered");
    run.press("\x1b[?69;2$y\x1b[?2026;2$y");
    run.wait_for("CLAIMS");
    run.press("  ");
    run.settled();
    check("a line down", median(costs(&run, &["j"; 30])), 250);
    let bytes = run.bytes();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("\x1b[?69h") && text.contains("\x1b[?2026h"));
}

#[test]
fn the_first_frame_is_small_and_waits_for_nothing() {
    let (run, _) = reading((80, 24), &[]);
    let bytes = run.bytes();
    let text = String::from_utf8_lossy(&bytes);
    let first = text.split("\x1b[?2026$p").next().expect("a frame");
    assert!(first.len() < bytes.len(), "the questions come after the first frame");
    check("the first frame", first.len(), 3 * 1024);
}

#[test]
fn frames_wait_for_a_slow_terminal_but_keys_do_not() {
    let run = Run::answering(&[novel().to_str().expect("a name")], &[], (80, 24), Some(Duration::from_millis(700)));
    run.wait_for("The harbour");
    run.settled();
    // Until the first answer has come nothing is paced.
    std::thread::sleep(Duration::from_secs(1));
    let before = run.bytes().len();
    for _ in 0..20 {
        run.press(" ");
        std::thread::sleep(Duration::from_millis(40));
    }
    run.quiet(before, Duration::from_secs(2));
    // Twenty pages are three or four frames.
    check("twenty pages on a slow line", run.bytes().len() - before, 6 * 2000);
    run.wait("the twentieth page", |screen| {
        screen.lines().next().is_some_and(|l| l.contains('%')) && !screen.contains(" 0%")
    });
}

#[test]
fn a_secure_run_asks_nothing() {
    let mut run = Run::start(&["--secure", novel().to_str().expect("a name")], &[], (80, 24));
    run.wait_for("The harbour");
    run.press("2yy\x1a");
    run.wait_for("--secure");
    run.press("Q");
    assert!(run.end().success());
    let bytes = run.bytes();
    let text = String::from_utf8_lossy(&bytes);
    for sequence in ["$p", "\x1b[5n", "\x1b[6n", "\x1b[c", "\x1b]"] {
        assert!(!text.contains(sequence), "{sequence:?} was written");
    }
}
