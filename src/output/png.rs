//! PNG: the scene rasterised and encoded (<https://www.w3.org/TR/png-3/>).
//!
//! Each band of the canvas is drawn, filtered and deflated by itself, side by side with others; the pieces are joined
//! to one zlib stream. Where the bands are cut depends on nothing but the picture, so its bytes do not depend on how
//! many threads there are.

use flate2::{Compress, Compression, FlushCompress};
use png::{BitDepth, ColorType, Encoder, PixelDimensions, SrgbRenderingIntent, Unit, Writer, chunk};
use rayon::prelude::*;

use super::raster::{Canvas, Resolution};
use crate::diagnostic::{Diagnostic, Result};
use crate::scene::Scene;

/// Metres in an inch.
const INCH: f64 = 0.0254;
/// What PNG calls the program that made a picture.
const SOFTWARE: &str = "pressmap";
/// zlib's level. On drawn maps without row filters, 1 is a fifth faster and a fifth larger, 3 the other way round;
/// row filters, made for photographs, cost time and size (measured at 1600 × 1800 px).
const LEVEL: u32 = 2;
/// The row filter "None".
const UNFILTERED: u8 = 0;

/// Draws `scene` at `scale` px per scene px and encodes it, with 96 × `scale` dpi.
///
/// # Errors
/// If the picture has no pixel or too many.
pub fn write(scene: &Scene, scale: f64) -> Result<Vec<u8>> {
    write_at(scene, Resolution::scale(scale))
}

/// Draws `scene` at `resolution` and encodes it.
///
/// # Errors
/// If the picture has no pixel or too many.
pub fn write_at(scene: &Scene, resolution: Resolution) -> Result<Vec<u8>> {
    let canvas = Canvas::new(scene, resolution.scale)?;
    let pieces: Vec<Piece> = (0..canvas.bands()).into_par_iter().map(|i| piece(&canvas, i)).collect();
    assemble(scene, &canvas, resolution.dpi, &pieces)
        .map_err(|e| Box::new(Diagnostic::output(format!("the PNG could not be encoded: {e}"))))
}

/// A deflated band.
struct Piece {
    bytes: Vec<u8>,
    /// Adler-32 of what was deflated.
    sum: u32,
    /// How many bytes that was.
    length: u64,
}

fn piece(canvas: &Canvas, index: u32) -> Piece {
    let pixels = canvas.band(index);
    let row = canvas.width as usize * canvas.channels();
    let mut rows = Vec::with_capacity(pixels.len() + pixels.len() / row.max(1));
    for pixels in pixels.chunks_exact(row) {
        rows.push(UNFILTERED);
        rows.extend_from_slice(pixels);
    }
    let is_last = index + 1 == canvas.bands();
    Piece { sum: adler(&rows), length: rows.len() as u64, bytes: deflate(&rows, is_last) }
}

fn adler(bytes: &[u8]) -> u32 {
    let mut sum = simd_adler32::Adler32::new();
    sum.write(bytes);
    sum.finish()
}

/// `bytes` as deflate blocks that end at a whole byte; the last piece ends the stream.
fn deflate(bytes: &[u8], is_last: bool) -> Vec<u8> {
    let flush = if is_last { FlushCompress::Finish } else { FlushCompress::Sync };
    let mut compress = Compress::new(Compression::new(LEVEL), false);
    let mut to = Vec::with_capacity(bytes.len() / 16 + 1024);
    loop {
        let read = compress.total_in() as usize;
        let status = compress.compress_vec(bytes.get(read..).unwrap_or_default(), &mut to, flush);
        let is_done = match status {
            Ok(flate2::Status::StreamEnd) | Err(_) => true,
            // A flush is complete when it leaves room.
            Ok(_) => !is_last && compress.total_in() as usize == bytes.len() && to.len() < to.capacity(),
        };
        if is_done {
            return to;
        }
        to.reserve(to.capacity().max(1024));
    }
}

/// The zlib stream (RFC 1950) of all pieces.
fn join(pieces: &[Piece]) -> Vec<u8> {
    // A window of 32 KiB, the fastest compression.
    let mut stream = vec![0x78, 0x01];
    pieces.iter().for_each(|p| stream.extend_from_slice(&p.bytes));
    let sum = pieces.iter().fold(1, |sum, p| combined(sum, p.sum, p.length));
    stream.extend_from_slice(&sum.to_be_bytes());
    stream
}

/// Adler-32 of two texts one after the other, the second `length` bytes long (`adler32_combine` of zlib).
fn combined(first: u32, second: u32, length: u64) -> u32 {
    const BASE: u64 = 65_521;
    let halves = |sum: u32| (u64::from(sum & 0xffff), u64::from(sum >> 16));
    let ((a1, b1), (a2, b2)) = (halves(first), halves(second));
    let a = (a1 + a2 + BASE - 1) % BASE;
    let b = (b1 + b2 + (length % BASE) * ((a1 + BASE - 1) % BASE)) % BASE;
    (b << 16 | a) as u32
}

fn assemble(
    scene: &Scene,
    canvas: &Canvas,
    dpi: f64,
    pieces: &[Piece],
) -> std::result::Result<Vec<u8>, png::EncodingError> {
    let stream = join(pieces);
    let mut file = Vec::with_capacity(stream.len() + 4096);
    let mut encoder = Encoder::new(&mut file, canvas.width, canvas.height);
    encoder.set_color(if canvas.opaque { ColorType::Rgb } else { ColorType::Rgba });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::RelativeColorimetric);
    let per_metre = (dpi / INCH).round().clamp(1.0, f64::from(i32::MAX)) as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    for (key, words) in facts(scene) {
        encoder.add_itxt_chunk(key, words)?;
    }
    let mut writer: Writer<_> = encoder.write_header()?;
    // A chunk holds at most 2^31 - 1 bytes.
    for part in stream.chunks(1 << 30) {
        writer.write_chunk(chunk::IDAT, part)?;
    }
    drop(writer);
    Ok(file)
}

/// What travels with the picture: keyword and words.
fn facts(scene: &Scene) -> Vec<(String, String)> {
    let own = [("Title", &scene.title), ("Description", &scene.description)];
    let own = own.into_iter().map(|(key, words)| (key.to_owned(), words.clone()));
    let software = ("Software".to_owned(), SOFTWARE.to_owned());
    let given = scene.metadata.iter().map(|(key, words)| (keyword(key), words.clone()));
    let all = own.chain([software]).chain(given);
    all.map(|(key, words)| (key, words.replace('\0', "")))
        .filter(|(key, words)| !key.is_empty() && !words.is_empty())
        .collect()
}

/// `key` as PNG lets a keyword be (§11.3.3.2): up to 79 printable Latin-1 characters, single spaces.
fn keyword(key: &str) -> String {
    let printable = |c: &char| matches!(c, ' '..='~' | '\u{a1}'..='\u{ff}');
    let plain: String = key.chars().filter(printable).collect();
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(79).collect::<String>().trim_end().to_owned()
}
