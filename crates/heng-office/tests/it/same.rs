//! What was not edited stays as it is, to the byte.

use heng_office::{Choice, Kind, merge, write};

use crate::support::{back, packs, program, whole};

#[test]
fn every_pack_goes_out_and_comes_back_as_it_was() {
    let mut rows = 0;
    for files in packs().into_iter().map(whole) {
        let (program, lang) = program(&files);
        for kind in [Kind::Workbook, Kind::Document] {
            let returned = back(&write(&program, lang, kind).unwrap(), kind).unwrap();
            let merged = merge(&files, &program, &returned, Choice::default()).unwrap();
            let about = format!("{} {kind:?}", files[0].0);
            assert!(merged.compared.edits.is_empty(), "{about}: {:#?}", merged.compared.edits);
            assert!(merged.compared.doubts.is_empty(), "{about}: {:#?}", merged.compared.doubts);
            assert!(merged.compared.removed.is_empty() && merged.added.is_empty(), "{about}");
            assert_eq!(merged.files.as_ref(), Some(&files), "{about}");
            rows += returned.rows.len();
        }
    }
    assert!(rows > 200, "{rows}");
}
