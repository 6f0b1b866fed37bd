//! Live checks: what the pack demands of the data, as far as a sheet can ask it. (Places for now.)

use heng_model::FieldId;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::Writer;

/// Where data stand in the workbook.
#[derive(Default)]
pub(super) struct Places {
    data: Vec<(FieldId, String, u32)>,
    columns: Vec<((FieldId, u16), String, u16, u32)>,
}

impl Places {
    pub fn datum(&mut self, id: FieldId, sheet: &str, row: u32) {
        self.data.push((id, sheet.to_owned(), row));
    }

    pub fn column(&mut self, id: (FieldId, u16), sheet: &str, column: u16, bottom: u32) {
        self.columns.push((id, sheet.to_owned(), column, bottom));
    }
}

pub(super) fn write(_writer: &Writer, _book: &mut Workbook, places: &Places) -> Result<(), XlsxError> {
    let _ = (&places.data, &places.columns);
    Ok(())
}
