//! The tables of a Word document. Tracked changes are read as accepted: what was inserted is there, what was
//! deleted is not.

use std::io::{Cursor, Read};

use quick_xml::{Reader as Xml, events::Event};

use super::{Broken, MOST_CELLS, MOST_UNFOLDED, OfficeFile, OfficeRow, OfficeTable, bounded};

/// How deep tables may stand in tables.
const DEEPEST: usize = 8;

/// The tables with what goes with them.
pub(super) fn read(bytes: &[u8]) -> Result<OfficeFile, Broken> {
    let remarks = bounded(bytes)?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Broken::Damaged)?;
    let names: Vec<String> = archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    let text = part(&mut archive, "word/document.xml")?;
    let (mut file, leads) = Walk::default().run(&text)?;
    (file.remarks, file.leads) = (remarks, leads);
    let mut own: Vec<&String> = names.iter().filter(|name| is_own(name)).collect();
    own.sort();
    for name in own {
        file.parts.extend(part(&mut archive, name).and_then(|text| lines(&text)).ok());
    }
    Ok(file)
}

/// Whether a part is custom XML: `customXml/item1.xml`.
fn is_own(name: &str) -> bool {
    let inner = name.strip_prefix("customXml/item").and_then(|rest| rest.strip_suffix(".xml"));
    inner.is_some_and(|number| !number.is_empty() && number.chars().all(|sign| sign.is_ascii_digit()))
}

fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Broken> {
    let part = archive.by_name(name).map_err(|_| Broken::Damaged)?;
    let mut text = String::new();
    part.take(MOST_UNFOLDED).read_to_string(&mut text).map_err(|_| Broken::Damaged)?;
    Ok(text)
}

/// The texts of the elements of a custom part, one after the other.
fn lines(text: &str) -> Result<Vec<String>, Broken> {
    let mut xml = Xml::from_str(text);
    let (mut out, mut line) = (Vec::new(), String::new());
    loop {
        match xml.read_event().map_err(|_| Broken::Damaged)? {
            Event::Eof => return Ok(out),
            Event::Text(part) => line.push_str(&part),
            Event::GeneralRef(reference) => line.extend(sign(&reference)),
            Event::End(_) => {
                let full = std::mem::take(&mut line);
                out.extend((!full.trim().is_empty()).then_some(full));
            }
            _ => {}
        }
    }
}

/// The sign that a reference stands for; entities of the document's own stand for none.
fn sign(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    Some(match &**reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// A cell that goes on downward: the text it goes on with.
#[derive(Default)]
struct Walk {
    file: OfficeFile,
    /// The text before each table, and after the last.
    texts: Vec<Vec<String>>,
    around: Vec<String>,
    /// Rows with whether they are to be left out.
    rows: Vec<(OfficeRow, bool)>,
    row: OfficeRow,
    /// Whether the row was deleted, which nobody has accepted yet.
    gone: bool,
    in_row_properties: bool,
    cell: String,
    paragraph: String,
    span: usize,
    goes_on: bool,
    depth: usize,
    in_text: bool,
    deleted: usize,
    cells: usize,
}

impl Walk {
    fn run(mut self, text: &str) -> Result<(OfficeFile, Vec<Vec<String>>), Broken> {
        let mut xml = Xml::from_str(text);
        loop {
            match xml.read_event().map_err(|_| Broken::Damaged)? {
                Event::Eof => break,
                Event::Start(start) => {
                    self.open(start.local_name().as_ref())?;
                    self.mark(&start);
                }
                Event::End(end) => self.close(end.local_name().as_ref())?,
                Event::Empty(empty) => self.empty(&empty),
                Event::Text(part) if self.in_text && self.deleted == 0 => {
                    self.paragraph.push_str(&part);
                }
                Event::GeneralRef(reference) if self.in_text && self.deleted == 0 => {
                    self.paragraph.extend(sign(&reference))
                }
                _ => {}
            }
        }
        self.texts.push(self.around);
        self.file.around = self.texts.concat();
        Ok((self.file, self.texts))
    }

    fn open(&mut self, name: &str) -> Result<(), Broken> {
        match name {
            "tbl" => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(Broken::Damaged);
                }
            }
            "tc" if self.depth == 1 => {
                self.cell.clear();
                (self.span, self.goes_on) = (1, false);
            }
            "t" => self.in_text = true,
            "trPr" => self.in_row_properties = true,
            "del" | "moveFrom" => {
                self.deleted += 1;
                self.file.tracked += 1;
            }
            "ins" | "moveTo" => self.file.tracked += 1,
            _ => {}
        }
        Ok(())
    }

    fn empty(&mut self, empty: &quick_xml::events::BytesStart<'_>) {
        let value = || {
            let found = empty.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "val");
            found.map(|attribute| attribute.value.into_owned())
        };
        match empty.local_name().as_ref() {
            "gridSpan" if self.depth == 1 => {
                self.span = value().and_then(|value| value.parse().ok()).unwrap_or(1).clamp(1, 60);
            }
            "vMerge" if self.depth == 1 => self.goes_on = value().as_deref() != Some("restart"),
            "br" | "tab" => self.paragraph.push(' '),
            "del" if self.in_row_properties => {
                self.gone = true;
                self.file.tracked += 1;
            }
            "ins" if self.in_row_properties => self.file.tracked += 1,
            "cellIns" | "cellDel" | "cellMerge" => self.file.unclear = true,
            _ => self.mark(empty),
        }
    }

    /// A bookmark in a row of a table.
    fn mark(&mut self, element: &quick_xml::events::BytesStart<'_>) {
        if self.depth == 0 || element.local_name().as_ref() != "bookmarkStart" {
            return;
        }
        let mut attributes = element.attributes().flatten();
        let name = attributes.find(|attribute| attribute.key.local_name().as_ref() == "name");
        self.row.marks.extend(name.map(|name| name.value.into_owned()));
    }

    fn close(&mut self, name: &str) -> Result<(), Broken> {
        match name {
            "t" => self.in_text = false,
            "trPr" => self.in_row_properties = false,
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
            "p" => self.paragraph_ends(),
            "tc" if self.depth == 1 => self.cell_ends()?,
            "tr" if self.depth == 1 => {
                let number = self.rows.len() + 1;
                let row = OfficeRow { number, ..std::mem::take(&mut self.row) };
                self.rows.push((row, std::mem::take(&mut self.gone)));
            }
            "tbl" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    let rows = std::mem::take(&mut self.rows).into_iter().filter(|(_, gone)| !gone);
                    let filled = rows.map(|(row, _)| row).filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
                    self.file.tables.push(OfficeTable { rows: filled.collect(), ..OfficeTable::default() });
                    self.texts.push(std::mem::take(&mut self.around));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn paragraph_ends(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if self.depth == 0 {
            if !paragraph.trim().is_empty() {
                self.around.push(paragraph.trim().to_owned());
            }
        } else if !paragraph.is_empty() {
            if !self.cell.is_empty() {
                self.cell.push('\n');
            }
            self.cell.push_str(&paragraph);
        }
    }

    fn cell_ends(&mut self) -> Result<(), Broken> {
        let mut text = std::mem::take(&mut self.cell);
        if self.goes_on && text.trim().is_empty() {
            let above = self.rows.last().and_then(|(row, _)| row.cells.get(self.row.cells.len()));
            text = above.cloned().unwrap_or_default();
        }
        self.cells += self.span;
        if self.cells > MOST_CELLS {
            return Err(Broken::TooManyCells(MOST_CELLS));
        }
        self.row.cells.extend(std::iter::repeat_n(text, self.span));
        Ok(())
    }
}
