//! The tests that need the whole program, or all of the library: one program, a module each.

mod cli;
mod exports;
mod formats;
mod hostile;
mod layers;
mod picture;
mod properties;
mod scale;
mod screen;
mod seeds;
mod story;
mod terminal;
mod xml;
