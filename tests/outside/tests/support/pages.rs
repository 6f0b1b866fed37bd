//! The pages of a PDF as pictures: how many there are, and where their ink is.

use std::{error::Error, fs, path::Path, process::Command};

use heng_outside::run;

/// Dots to the inch.
const DENSITY: i64 = 72;
/// Grey below which a dot is ink.
const INK: u8 = 200;

/// A page: width, height, and grey row by row.
pub struct Page {
    width: i64,
    height: i64,
    dots: Vec<u8>,
}

/// The margins of an official document, in millimetres.
const TOP: i64 = 37;
const BOTTOM: i64 = 35;
const LEFT: i64 = 28;
const RIGHT: i64 = 26;
/// How far lines of tables and punctuation may stand out, in millimetres.
const SLACK: i64 = 4;

/// The pages of a PDF.
pub fn pages(pdftoppm: &Path, pdf: &[u8]) -> Result<Vec<Page>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("a.pdf");
    fs::write(&file, pdf)?;
    let density = DENSITY.to_string();
    run(Command::new(pdftoppm).args(["-gray", "-r", &density]).arg(&file).arg(folder.path().join("page")))?;
    let mut pictures: Vec<_> =
        fs::read_dir(folder.path())?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    pictures.retain(|path| path.extension().is_some_and(|end| end == "pgm"));
    pictures.sort();
    pictures.iter().map(|path| picture(&fs::read(path)?)).collect()
}

/// A picture of poppler's: `P5`, width, height, 255, and the dots.
fn picture(bytes: &[u8]) -> Result<Page, Box<dyn Error>> {
    let mut rest = bytes;
    let mut word = || -> Result<String, Box<dyn Error>> {
        let at = rest.iter().position(u8::is_ascii_whitespace).ok_or("no picture")?;
        let (word, after) = rest.split_at(at);
        rest = after.get(1..).unwrap_or(&[]);
        Ok(String::from_utf8(word.to_vec())?)
    };
    let (kind, width, height, most) = (word()?, word()?, word()?, word()?);
    if (kind.as_str(), most.as_str()) != ("P5", "255") {
        return Err("no grey picture".into());
    }
    Ok(Page { width: width.parse()?, height: height.parse()?, dots: rest.to_vec() })
}

impl Page {
    fn ink(&self, keep: impl Fn(i64, i64) -> bool) -> usize {
        let width = usize::try_from(self.width).unwrap();
        let rows = (0i64..).zip(self.dots.chunks(width));
        let dots = rows.flat_map(|(y, row)| (0i64..).zip(row).map(move |(x, grey)| (x, y, *grey)));
        dots.filter(|(x, y, grey)| *grey < INK && keep(*x, *y)).count()
    }

    /// Ink between the margins.
    pub fn inside(&self) -> usize {
        let (left, right, top, bottom) = self.frame(0);
        self.ink(|x, y| x >= left && x < right && y >= top && y < bottom)
    }

    /// Ink beyond the margins; the page number below does not count.
    pub fn outside(&self) -> usize {
        let (left, right, top, bottom) = self.frame(SLACK);
        self.ink(|x, y| (x < left || x >= right || y < top) || (y >= bottom && !self.is_footer(y)))
    }

    /// Ink of the page number.
    pub fn footer(&self) -> usize {
        self.ink(|_, y| self.is_footer(y))
    }

    fn is_footer(&self, y: i64) -> bool {
        y > self.height - dots(BOTTOM) && y < self.height - dots(10)
    }

    /// Left, right, top and bottom, so many millimetres outside the margins.
    fn frame(&self, slack: i64) -> (i64, i64, i64, i64) {
        let (left, top) = (dots(LEFT - slack), dots(TOP - slack));
        (left, self.width - dots(RIGHT - slack), top, self.height - dots(BOTTOM - slack))
    }
}

fn dots(millimetres: i64) -> i64 {
    millimetres * DENSITY * 10 / 254
}

/// Asserts that no page is empty, that each has its number, and that nothing stands beyond the margins.
pub fn assert_in_order(pages: &[Page], count: std::ops::RangeInclusive<usize>) {
    assert!(count.contains(&pages.len()), "{} pages", pages.len());
    for (page, number) in pages.iter().zip(1..) {
        assert!(page.inside() > 300, "page {number} is as good as empty");
        assert_eq!(page.outside(), 0, "page {number} has ink beyond its margins");
        assert!(page.footer() > 5, "page {number} has no number");
    }
}
