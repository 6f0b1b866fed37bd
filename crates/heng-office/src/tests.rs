//! Edits of every cell of every pack, out and back: what comes out is the table that was edited.

use std::path::{Path, PathBuf};

use heng_diag::Lang;
use heng_dsl::{compile, is_amendment};
use heng_model::Program;

use crate::{
    Choice, Field, Kind, Ledger, Merged, Page, Unmade, book, docx, ledger, merge, open, page::plain, returned,
};

/// Every rule file of every pack that stands by itself.
fn packs() -> Vec<(String, String)> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().join("rules");
    let inside = |folder: PathBuf| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let folders = inside(rules).filter(|folder| folder.join("pack.toml").exists());
    let files = folders.flat_map(inside).filter(|path| path.extension().is_some_and(|ending| ending == "heng"));
    let mut packs: Vec<(String, String)> =
        files.map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap())).collect();
    packs.retain(|(_, text)| !is_amendment(text));
    packs.sort();
    packs
}

struct Pack {
    file: (String, String),
    program: Program,
    page: Page,
}

fn read(file: (String, String)) -> Pack {
    let program = compile(std::slice::from_ref(&file)).program.unwrap();
    let lang = if program.root().unwrap().name.is_ascii() { Lang::En } else { Lang::Zh };
    let page = Page::of(&program, lang);
    Pack { file, program, page }
}

/// Merges a table with other cells, which was written from the pack.
fn back(pack: &Pack, edited: &Page, kind: Kind) -> Result<Merged, Unmade> {
    let record = Ledger::of(&pack.page);
    let bytes = match kind {
        Kind::Workbook => book::write(edited, &record).unwrap(),
        Kind::Document => docx::write(edited, &record).unwrap(),
    };
    let file = open(&bytes, kind).unwrap();
    let back = returned(&file, ledger(&file).unwrap()).unwrap();
    merge(std::slice::from_ref(&pack.file), &pack.program, &back, Choice::default())
}

#[test]
fn each_text_of_each_indicator_can_be_edited() {
    let mut cells = 0;
    for pack in packs().into_iter().map(read) {
        let mut edited = pack.page.clone();
        for (at, row) in edited.rows.iter_mut().enumerate().filter(|(_, row)| row.leaf) {
            for field in [Field::Meaning, Field::Evidence, Field::Basis, Field::Source, Field::Note] {
                row.cells.insert(field, format!("改过的第{at}条{field:?}，见财预〔2020〕{at}号"));
                cells += 1;
            }
        }
        for kind in [Kind::Workbook, Kind::Document] {
            let merged = back(&pack, &edited, kind).unwrap_or_else(|unmade| panic!("{} {unmade:#?}", pack.file.0));
            let files = merged.files.unwrap_or_else(|| panic!("{} {:#?}", pack.file.0, merged.compared));
            let made = read(files[0].clone());
            assert_eq!(made.page.rows, edited.rows, "{}", pack.file.0);
            let kept = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
            assert_eq!(kept(&made.file.1), kept(&pack.file.1), "comments of {}", pack.file.0);
        }
    }
    assert!(cells > 500, "{cells}");
}

#[test]
fn each_criterion_can_take_the_place_of_another_of_its_pack() {
    let (mut taken, mut unread) = (0, 0);
    for pack in packs().into_iter().map(read) {
        let leaves: Vec<usize> = (0..pack.page.rows.len()).filter(|at| pack.page.rows[*at].leaf).collect();
        for pair in leaves.windows(2) {
            let (one, other) = (&pack.page.rows[pair[0]], &pack.page.rows[pair[1]]);
            if one.text(Field::Points) != other.text(Field::Points)
                || one.text(Field::Criterion) == other.text(Field::Criterion)
            {
                continue;
            }
            let mut edited = pack.page.clone();
            edited.rows[pair[0]].cells.insert(Field::Criterion, other.text(Field::Criterion).to_owned());
            match back(&pack, &edited, Kind::Document) {
                // Where a sentence was read, it is said again in the same words.
                Ok(Merged { files: Some(files), .. }) => {
                    let made = read(files[0].clone());
                    let said = made.page.rows[pair[0]].text(Field::Criterion);
                    assert_eq!(plain(said), plain(other.text(Field::Criterion)), "{}", pack.file.0);
                    taken += 1;
                }
                // Where it was not, nothing is written.
                Ok(merged) => {
                    assert_eq!(merged.compared.doubts.len(), 1, "{} {:#?}", pack.file.0, merged.compared);
                    unread += 1;
                }
                Err(Unmade::Rules(..)) => unread += 1,
                Err(unfit) => panic!("{} {unfit:#?}", pack.file.0),
            }
        }
    }
    assert!(taken > 30 && unread * 5 < taken, "{taken} taken, {unread} not");
}
