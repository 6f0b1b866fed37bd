//! Which column of the file is what: the key that names a department, and the data.

use heng_data::Layout;
use heng_diag::Diagnostic;
use heng_model::Schema;

use crate::wording;

/// The columns of a file.
#[derive(Debug)]
pub struct Table<'s> {
    /// The data.
    pub layout: Layout<'s>,
    /// The heads.
    pub heads: Vec<String>,
    /// The columns that are carried over into the output, the key first.
    pub keys: Vec<usize>,
    /// Columns that are neither key nor datum.
    pub unread: Vec<String>,
}

impl<'s> Table<'s> {
    /// Lays out a file by its heads. Without `keys`, the first column that is no datum names the
    /// department, else the first.
    ///
    /// # Errors
    /// Findings about the heads.
    pub fn new(schema: &'s Schema, heads: Vec<String>, keys: &[String]) -> Result<Table<'s>, Vec<Diagnostic>> {
        let layout = Layout::new(schema, &heads)?;
        let known = |column: usize| layout.target(column).is_some();
        if !(0..heads.len()).any(known) {
            return Err(vec![wording::no_data(&heads)]);
        }
        let mut carried = Vec::new();
        for key in keys {
            match heads.iter().position(|head| head.trim() == key) {
                Some(column) => carried.push(column),
                None => return Err(vec![wording::no_key(key, &heads)]),
            }
        }
        if keys.is_empty() {
            carried.push((0..heads.len()).find(|column| !known(*column)).unwrap_or(0));
        }
        let unread = |(column, _): &(usize, &String)| !known(*column) && !carried.contains(column);
        let unread = heads.iter().enumerate().filter(unread).map(|(_, head)| head.clone()).collect();
        Ok(Table { layout, heads, keys: carried, unread })
    }
    /// The name of the department in a row.
    #[must_use]
    pub fn key<S: AsRef<str>>(&self, cells: &[S]) -> String {
        let keys = self.keys.iter().filter_map(|key| cells.get(*key));
        keys.map(AsRef::as_ref).collect::<Vec<_>>().join(" ")
    }
}
