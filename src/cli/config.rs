//! `sayso config init|show|check`, and how the settings are found for the screen.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::args::{ConfigCommand, Open};
use super::report::{Failure, Reporter};
use crate::app::action::ACTIONS;
use crate::config::{Layout, Settings, TEMPLATE, Words, own_palette, palette, settle};
use crate::store::{Existing, write_file};
use crate::text::Shown;
use crate::widgets::Palette;

/// The file of the settings and what it says.
struct Found {
    /// None without a home.
    path: Option<PathBuf>,
    /// Empty when there is no file.
    text: String,
    exists: bool,
}

/// Runs a command.
///
/// # Errors
/// When the settings cannot be used, or the output cannot be written.
pub fn run(command: &ConfigCommand, reporter: &mut Reporter) -> Result<(), Failure> {
    match command {
        ConfigCommand::Init { config } => init(config.as_deref()),
        ConfigCommand::Show { config } => show(config.as_deref()),
        ConfigCommand::Check { config } => check(config.as_deref(), reporter),
    }
}

/// The settings and the colours for the screen.
///
/// # Errors
/// When something in the settings is wrong.
pub fn settings(open: &Open) -> Result<(Settings, Palette), Failure> {
    let found = find(open.config.as_deref())?;
    let flag = |set: bool| set.then(|| "true".to_owned());
    let flags = Words {
        theme: open.theme.clone(),
        ascii: flag(open.ascii),
        mouse: flag(open.mouse),
        measure: open.measure.map(|m| m.to_string()),
        layout: open.layout.clone(),
    };
    read(&found, &flags).map_err(|faults| Failure::Usage(faults.join("\nsayso: ")))
}

fn read(found: &Found, flags: &Words) -> Result<(Settings, Palette), Vec<String>> {
    let name = found.path.as_ref().map(|p| p.display().to_string()).unwrap_or_default();
    let named = |fault: &crate::config::Fault| {
        if fault.place.starts_with("line") || fault.place == "keys" {
            format!("{name}, {fault}")
        } else {
            fault.to_string()
        }
    };
    let variables = Words::of_variables(|name| std::env::var(name).ok());
    let settings =
        settle(&found.text, &variables, flags).map_err(|faults| faults.iter().map(named).collect::<Vec<_>>())?;
    let colours = match palette(&settings.theme.value) {
        Some(palette) => palette,
        None => own(&settings.theme.value, found.path.as_deref()).map_err(|fault| vec![fault])?,
    };
    Ok((settings, colours))
}

/// The theme in `themes/NAME.toml` beside the settings.
fn own(name: &str, config: Option<&Path>) -> Result<Palette, String> {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let folder = config.and_then(Path::parent).filter(|_| plain);
    let known = "auto, light, dark, mono, or NAME for themes/NAME.toml beside the settings";
    let file = folder.map(|f| f.join("themes").join(format!("{name}.toml"))).filter(|f| f.is_file());
    let Some(file) = file else { return Err(format!("there is no theme {name:?}; write {known}")) };
    let text = fs::read_to_string(&file).map_err(|e| format!("{} could not be read: {e}", file.display()))?;
    own_palette(&text).map_err(|fault| format!("{}, {fault}", file.display()))
}

/// The file by flag, by variable, or in its place; one that somebody named must be there.
fn find(flag: Option<&Path>) -> Result<Found, Failure> {
    let variable = std::env::var_os("SAYSO_CONFIG").filter(|v| !v.is_empty()).map(PathBuf::from);
    let named = flag.map(PathBuf::from).or(variable);
    let path = named.clone().or_else(standard_path);
    match path.as_ref().map(fs::read_to_string) {
        Some(Ok(text)) => Ok(Found { path, text, exists: true }),
        Some(Err(error)) if named.is_some() || error.kind() != io::ErrorKind::NotFound => {
            let name = path.unwrap_or_default();
            Err(Failure::Usage(format!(
                "the settings {} could not be read: {error}; sayso config init makes them",
                name.display()
            )))
        }
        _ => Ok(Found { path, text: String::new(), exists: false }),
    }
}

fn standard_path() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.config_dir().join("sayso").join("config.toml"))
}

fn init(flag: Option<&Path>) -> Result<(), Failure> {
    let variable = std::env::var_os("SAYSO_CONFIG").filter(|v| !v.is_empty()).map(PathBuf::from);
    let path = flag.map(PathBuf::from).or(variable).or_else(standard_path);
    let path = path.ok_or_else(|| Failure::Usage("there is no home folder; --config FILE names a place".into()))?;
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    match write_file(&path, TEMPLATE.as_bytes(), Existing::Keep) {
        Ok(()) => Ok(writeln!(io::stdout(), "{}", Shown::line(&path.display().to_string()))?),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Failure::Usage(format!("{} is there already and was left as it is", path.display())))
        }
        Err(error) => Err(error.into()),
    }
}

fn show(flag: Option<&Path>) -> Result<(), Failure> {
    let found = find(flag)?;
    let (settings, _) = read(&found, &Words::default()).map_err(|f| Failure::Usage(f.join("\nsayso: ")))?;
    let mut out = BufWriter::new(io::stdout().lock());
    let name = found.path.as_ref().map_or("no home folder".to_owned(), |p| p.display().to_string());
    writeln!(out, "# {}{}", Shown::line(&name), if found.exists { "" } else { " (not there)" })?;
    let layout = match settings.layout.value {
        Layout::Auto => "auto",
        Layout::Beside => "beside",
        Layout::Below => "below",
    };
    let lines = [
        (format!("theme = {:?}", settings.theme.value), settings.theme.from),
        (format!("ascii = {}", settings.ascii.value), settings.ascii.from),
        (format!("mouse = {}", settings.mouse.value), settings.mouse.from),
        (format!("measure = {}", settings.measure.value), settings.measure.from),
        (format!("layout = {layout:?}"), settings.layout.from),
    ];
    for (line, from) in lines {
        writeln!(out, "{line:<24}# {from}")?;
    }
    writeln!(out, "\n[keys]")?;
    for entry in ACTIONS {
        let from = if settings.rebound.contains(&entry.name) { "set by you" } else { "standard" };
        let line = format!("{} = {:?}", entry.name, settings.keymap.written(entry.action));
        writeln!(out, "{line:<40}# {from}: {}", entry.help)?;
    }
    Ok(out.flush()?)
}

fn check(flag: Option<&Path>, reporter: &mut Reporter) -> Result<(), Failure> {
    let found = find(flag)?;
    let name = found.path.as_ref().map(|p| p.display().to_string()).unwrap_or_default();
    match read(&found, &Words::default()) {
        Err(faults) => {
            for fault in &faults {
                reporter.tell(fault);
            }
            Ok(())
        }
        Ok((settings, _)) => {
            let mut out = io::stdout().lock();
            for note in &settings.notes {
                writeln!(out, "{}: {}", Shown::line(&name), Shown::line(note))?;
            }
            let state = if found.exists { "no faults" } else { "not there; everything is as it comes" };
            Ok(writeln!(out, "{}: {state}", Shown::line(&name))?)
        }
    }
}
