//! The tests that need the whole program, or all of the library: one program, a module each.

mod budgets;
mod cli;
mod endurance;
mod formats;
mod fuzz;
mod hostile;
mod inject;
mod layers;
mod linear;
mod picture;
mod properties;
mod pty;
mod screen;
mod seeds;
mod terminal;
