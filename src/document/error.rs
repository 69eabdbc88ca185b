//! Why a file could not be read, said to the person who must act: what, where, and what to do.

use thiserror::Error;

/// Why a file could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file holds something else than text.
    #[error("{name} looks like a binary file, not text; sayso reads text, web pages, Markdown, EPUB, mail and feeds")]
    Binary {
        /// The file.
        name: String,
    },
    /// An encoding that is recognised and not supported.
    #[error("{name} is in {encoding}, which sayso cannot read; convert it first, e.g. iconv -f {encoding} -t UTF-8")]
    Encoding {
        /// The file.
        name: String,
        /// The encoding's usual name.
        encoding: &'static str,
    },
    /// More bytes than are opened in this format.
    #[error("{name} is too large ({size} MiB; the limit for {format} is {limit} MiB); split it into parts")]
    TooLarge {
        /// The file.
        name: String,
        /// Its size in MiB.
        size: usize,
        /// What it is.
        format: &'static str,
        /// How much is opened, in MiB.
        limit: usize,
    },
    /// A known kind of file that is better turned into text by its own tool.
    #[error("{name} is {kind}, which sayso does not read; {advice}")]
    Foreign {
        /// The file.
        name: String,
        /// What it is, with its article.
        kind: &'static str,
        /// What to do instead.
        advice: String,
    },
    /// The right kind of file, but broken.
    #[error("{name} cannot be opened as {kind}: {reason}")]
    Damaged {
        /// The file.
        name: String,
        /// What it should be, with its article.
        kind: &'static str,
        /// What is wrong, and what to do about it.
        reason: String,
    },
    /// A book that its seller has encrypted.
    #[error(
        "{name} is locked by its seller (DRM) and opens only in the seller's own reader; ask for an edition without a lock"
    )]
    Locked {
        /// The file.
        name: String,
    },
    /// A small file that would unpack to a huge one.
    #[error(
        "{name} unpacks to more than {limit} MiB, which is not what a text does; unpack it yourself and look first"
    )]
    Bomb {
        /// The file.
        name: String,
        /// How much is unpacked, in MiB.
        limit: usize,
    },
}
