//! XML as it unfolds: whether it defines entities, and whether it holds formulas.

use std::io::{self, Write};

use memchr::memmem;

/// What begins a definition. The angle cannot stand in a text otherwise.
const DEFINITIONS: [&[u8]; 2] = [b"<!DOCTYPE", b"<!ENTITY"];

/// What begins a formula in a sheet.
const FORMULAS: [&[u8]; 2] = [b"<f>", b"<f "];

/// How many bytes of a definition can stand before the end of a piece.
const OVERLAP: usize = 8;

/// A place for bytes that keeps none but the last few.
#[derive(Default)]
pub(crate) struct Scan {
    window: Vec<u8>,
    /// Whether an entity or a document type was defined.
    pub(crate) defines: bool,
    /// Whether there is an element `f`.
    pub(crate) formulas: bool,
}

impl Write for Scan {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.window.extend_from_slice(bytes);
        self.defines |= DEFINITIONS.iter().any(|word| memmem::find(&self.window, word).is_some());
        self.formulas |= FORMULAS.iter().any(|word| memmem::find(&self.window, word).is_some());
        let done = self.window.len().saturating_sub(OVERLAP);
        self.window.drain(..done);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_is_found_wherever_the_pieces_end() {
        let text = b"<?xml version=\"1.0\"?><!DOCTYPE a>";
        for cut in 0..text.len() {
            let (one, two) = text.split_at(cut);
            let mut scan = Scan::default();
            scan.write_all(one).unwrap();
            scan.write_all(two).unwrap();
            assert!(scan.defines, "{cut}");
        }
        let mut plain = Scan::default();
        plain.write_all(b"<a>&lt;!DOCTYPE</a>").unwrap();
        assert!(!plain.defines);
    }
}
