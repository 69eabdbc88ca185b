//! The tests that need the whole program, or all of the library: one program, a module each.

mod books;
mod budgets;
mod chronicle;
mod cli;
mod corrections;
mod crash;
mod endurance;
mod exports;
mod formats;
mod fuzz;
mod hostile;
mod inject;
mod layers;
mod linear;
mod page;
mod picture;
mod properties;
mod pty;
mod scale;
mod screen;
mod seeds;
mod story;
mod terminal;
mod xml;
