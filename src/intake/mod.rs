//! Files come in: opened one by one, or added to the library, many at once. Part of the shell: it reads the disk.

mod add;
mod file;

pub use add::{Progress, add, engine_of};
pub use file::{beginning, bytes, document, endings, explain, is_standard_input, texts_in};
