//! PDF files: their text, page by page. The library that reads them may fail on damaged files; its failure
//! is a message.

use std::{io::Read, sync::mpsc, time::Duration};

use heng_archive::{Broken, MOST_UNFOLDED};
use heng_diag::Diagnostic;

use super::text;
use crate::{document::Document, reading};

/// How long a file may take.
const MOST_SECONDS: u64 = 120;

/// The stack of the thread that reads; deep files need it.
const STACK: usize = 64 << 20;

/// Appends a PDF.
pub(crate) fn append(document: &mut Document, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    if unfolds_beyond(bytes, MOST_UNFOLDED) {
        return Err(Box::new(Broken::TooLarge(MOST_UNFOLDED).diagnostic()));
    }
    let pages = pages(bytes.to_vec())?;
    let mut carried = String::new();
    let last = pages.len();
    for (page, number) in pages.iter().zip(1..) {
        document.set_page(number);
        let mut page = format!("{carried}{}", closed_up(page).trim_start());
        carried = if usize::try_from(number).is_ok_and(|number| number < last) {
            unfinished(&mut page)
        } else {
            String::new()
        };
        text::append(document, &page);
    }
    Ok(())
}

/// Takes the last line of a page off, where it goes on overleaf.
fn unfinished(page: &mut String) -> String {
    let kept: Vec<&str> = page.lines().filter(|line| !line.trim().is_empty() && !text::is_page_number(line)).collect();
    let Some((last, lines)) = kept.split_last() else { return String::new() };
    let ended = last.trim().ends_with(['。', '！', '？', '；', '：', ':', '”']);
    if ended || last.chars().count() < 18 || text::is_row(last) {
        return String::new();
    }
    let last = (*last).trim().to_owned();
    *page = lines.join("\n");
    last
}

/// The lines of a page without the blank lines that the library puts behind every one.
fn closed_up(page: &str) -> String {
    let lines: Vec<&str> = page.lines().collect();
    let full = lines.iter().filter(|line| !line.trim().is_empty()).count();
    let parted = lines.windows(2).filter(|pair| matches!(pair, [a, b] if !a.trim().is_empty() && b.trim().is_empty()));
    if parted.count() * 4 > full {
        lines.into_iter().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
    } else {
        page.to_owned()
    }
}

/// The text of each page. A thread of its own bears what the library does: a panic ends it, and one that
/// does not end is left behind.
fn pages(bytes: Vec<u8>) -> Result<Vec<String>, Box<Diagnostic>> {
    let (send, receive) = mpsc::channel();
    let work = move || {
        let read = std::panic::catch_unwind(|| pdf_extract::extract_text_from_mem_by_pages(&bytes));
        let _ = send.send(read.map(|pages| pages.map_err(|error| error.to_string())));
    };
    let started = std::thread::Builder::new().stack_size(STACK).spawn(work);
    started.map_err(|error| Box::new(reading::broken(&error.to_string())))?;
    match receive.recv_timeout(Duration::from_secs(MOST_SECONDS)) {
        Ok(Ok(Ok(pages))) => Ok(pages),
        Ok(Ok(Err(error))) if error.to_lowercase().contains("crypt") || error.contains("password") => {
            Err(Box::new(Broken::Locked.diagnostic()))
        }
        Ok(Ok(Err(error))) => Err(Box::new(reading::broken(&error))),
        Ok(Err(_)) => Err(Box::new(reading::broken("the PDF library gave up"))),
        Err(_) => Err(Box::new(reading::broken("reading takes too long"))),
    }
}

/// Whether the compressed streams of a file hold more than `most` bytes.
fn unfolds_beyond(bytes: &[u8], most: u64) -> bool {
    let mut left = most;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = rest.get(at + 6..).unwrap_or(&[]);
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(&[]);
        if data.first().is_none_or(|byte| byte & 0x0F != 8) {
            continue;
        }
        let size = std::io::copy(&mut flate2::read::ZlibDecoder::new(data).take(left + 1), &mut std::io::sink());
        match left.checked_sub(size.unwrap_or(0)) {
            Some(less) => left = less,
            None => return true,
        }
    }
    false
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}
