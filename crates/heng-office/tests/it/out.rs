//! What goes out.

use heng_notice::{choose_table, read_document, read_workbook};
use heng_office::{Field, Kind, Page, plain, write};

use crate::support::{packs, program};

#[test]
fn every_pack_goes_out_with_all_its_cells_and_the_same_bytes_each_time() {
    let packs = packs();
    assert!(packs.len() > 10);
    for files in packs {
        let (program, lang) = program(&files);
        let page = Page::of(&program, lang);
        for kind in [Kind::Workbook, Kind::Document] {
            let bytes = write(&program, lang, kind).unwrap();
            assert_eq!(bytes, write(&program, lang, kind).unwrap());
            let tables = match kind {
                Kind::Workbook => read_workbook(&bytes),
                Kind::Document => read_document(&bytes),
            };
            let tables = tables.unwrap();
            let table = choose_table(&tables).unwrap();
            let written: Vec<String> = table.rows.iter().flatten().map(|cell| plain(cell)).collect();
            for row in page.rows.iter().filter(|row| row.leaf) {
                for field in Field::ALL {
                    let text = plain(row.text(field));
                    assert!(
                        text.is_empty() || written.contains(&text),
                        "{:?} {kind:?} {}: {text}",
                        files.last().map(|f| &f.0),
                        row.key
                    );
                }
            }
        }
    }
}
