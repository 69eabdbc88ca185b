//! Files that were packed as a whole, `.gz` and `.zst`: unpacked while they are read, never to more than a text may have.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use super::{MAX_TEXT, ReadError};

/// Returns the bytes that were packed and the name without the packing; other files come back as they are.
///
/// # Errors
/// When the file is damaged or unpacks to more than [`MAX_TEXT`].
pub fn unpack<'a>(bytes: &'a [u8], name: &'a str) -> Result<(Cow<'a, [u8]>, &'a str), ReadError> {
    if bytes.starts_with(&[0x1F, 0x8B, 8]) {
        let inner = collect(flate2::read::MultiGzDecoder::new(bytes), name, "a gzip file")?;
        return Ok((inner.into(), without(name, ".gz")));
    }
    if bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        let inner = zstd(bytes, name)?;
        return Ok((inner.into(), without(name, ".zst")));
    }
    Ok((bytes.into(), name))
}

/// A `.zst` file is any number of frames, one behind the other; more than these are no text file's.
const FRAMES: usize = 10_000;

fn zstd(bytes: &[u8], name: &str) -> Result<Vec<u8>, ReadError> {
    const KIND: &str = "a zstd file";
    let mut rest = Cursor::new(bytes);
    let mut all = Vec::new();
    for _ in 0..FRAMES {
        if usize::try_from(rest.position()).is_ok_and(|at| at >= bytes.len()) {
            break;
        }
        let decoder = ruzstd::decoding::StreamingDecoder::new(&mut rest)
            .map_err(|error| damaged(name, KIND, &error.to_string()))?;
        all.extend(collect(decoder, name, KIND)?);
        check(all.len(), name)?;
    }
    Ok(all)
}

fn collect(packed: impl Read, name: &str, kind: &'static str) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let read = packed.take(MAX_TEXT as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| damaged(name, kind, &error.to_string()))?;
    check(bytes.len(), name)?;
    Ok(bytes)
}

fn check(size: usize, name: &str) -> Result<(), ReadError> {
    if size > MAX_TEXT {
        return Err(ReadError::Bomb { name: name.to_owned(), limit: MAX_TEXT >> 20 });
    }
    Ok(())
}

fn damaged(name: &str, kind: &'static str, error: &str) -> ReadError {
    ReadError::Damaged {
        name: name.to_owned(),
        kind,
        reason: format!("it is cut off or damaged ({error}); fetch it again"),
    }
}

fn without<'a>(name: &'a str, ending: &str) -> &'a str {
    name.strip_suffix(ending).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("packs");
        encoder.finish().expect("packs")
    }

    #[test]
    fn packed_text_is_text() {
        let packed = [gzip(b"It rained. "), gzip(b"Then it stopped.")].concat();
        let (bytes, name) = unpack(&packed, "a.txt.gz").expect("unpacks");
        assert_eq!((&*bytes, name), (&b"It rained. Then it stopped."[..], "a.txt"));
        let packed = ruzstd::encoding::compress_to_vec(&b"It rained."[..], ruzstd::encoding::CompressionLevel::Fastest);
        let twice = [packed.clone(), packed].concat();
        let (bytes, name) = unpack(&twice, "a.md.zst").expect("unpacks");
        assert_eq!((&*bytes, name), (&b"It rained.It rained."[..], "a.md"));
    }

    #[test]
    fn bombs_and_stumps_are_refused() {
        let bomb = gzip(&vec![b' '; MAX_TEXT + 9]);
        assert!(bomb.len() < 1 << 20);
        assert!(unpack(&bomb, "a.gz").expect_err("too much").to_string().contains("unpacks to more than 64 MiB"));
        let packed = gzip(b"It rained all day and the pilot slept.");
        let error = unpack(&packed[..packed.len() - 12], "a.gz").expect_err("cut off");
        assert!(error.to_string().contains("fetch it again"), "{error}");
    }
}
