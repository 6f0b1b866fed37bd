//! Scores as Parquet: points as decimals, grades and states as words of a dictionary.
//!
//! A column of Parquet has one type from the first row to the last, and how many decimals the points of an indicator take is known
//! when all are there. So scores are written as text first, as always, which is what an interrupted run goes on from; this reads the
//! text twice, once for the types and once to write, in blocks of bounded size.

use std::{
    io::{self, Read, Write},
    sync::Arc,
};

use arrow_array::{ArrayRef, Decimal128Array, RecordBatch, builder::StringDictionaryBuilder, types::Int32Type};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    errors::ParquetError,
    file::properties::WriterProperties,
};

use crate::{
    chunk::Chunker,
    record::{cells, records},
};

/// The most digits of a decimal in Parquet.
const MOST_DIGITS: u32 = 38;
/// The digits of a decimal that is kept as a plain whole number of 64 bits.
const DIGITS: u32 = 18;
/// Rows that are kept together in the file.
const GROUP: usize = 100_000;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Text, each its own.
    Text,
    /// Few words, over and over.
    Words,
    /// Numbers: digits before the point at most, decimals at most.
    Points { whole: u32, places: u32 },
}

/// A number of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    mantissa: i128,
    whole: u32,
    places: u32,
}

/// Writes scores that stand as comma-separated values, `keys` columns of text before the points and two of words behind them.
/// `open` gives the text from its start.
///
/// # Missing
/// An empty cell is null.
///
/// # Errors
/// What the text or the output says.
pub fn write<R: Read>(keys: usize, open: impl Fn() -> io::Result<R>, out: impl Write + Send) -> io::Result<()> {
    let (heads, kinds) = kinds(keys, open()?)?;
    let field = |(head, kind): (&String, &Kind)| Field::new(head, kind.stored(), true);
    let schema = Arc::new(Schema::new(heads.iter().zip(&kinds).map(field).collect::<Vec<_>>()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by("heng".to_owned())
        .set_max_row_group_row_count(Some(GROUP))
        .build();
    let mut writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties)).map_err(refused)?;
    each(open()?, |rows| {
        let column = |(place, kind): (usize, &Kind)| {
            kind.column(rows.iter().map(|row| row.get(place).map_or("", String::as_str)))
        };
        let columns = kinds
            .iter()
            .enumerate()
            .map(column)
            .collect::<Result<Vec<ArrayRef>, ArrowError>>()
            .map_err(io::Error::other)?;
        let batch = RecordBatch::try_new(Arc::clone(&schema), columns).map_err(io::Error::other)?;
        writer.write(&batch).map_err(refused)
    })?;
    writer.close().map(drop).map_err(refused)
}

/// The error of the output below, where it is one: a full disk is to be told from damage.
fn refused(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(inner) => *inner,
            Err(inner) => io::Error::other(inner),
        },
        other => io::Error::other(other),
    }
}

/// Calls `take` with the rows of each block behind the first line, which it gives back.
fn each<R: Read>(text: R, mut take: impl FnMut(&[Vec<String>]) -> io::Result<()>) -> io::Result<Vec<String>> {
    let mut chunker = Chunker::new(text, 1, 0, true);
    let first = chunker.first()?.unwrap_or_default();
    let heads = row(first.bytes.trim_ascii_end())?;
    while let Some(chunk) = chunker.next_chunk()? {
        let rows = records(&chunk.bytes, true).map(|(_, record)| row(record));
        take(&rows.collect::<io::Result<Vec<_>>>()?)?;
    }
    Ok(heads)
}

fn row(record: &[u8]) -> io::Result<Vec<String>> {
    let text = std::str::from_utf8(record).map_err(io::Error::other)?;
    let mut found = Vec::new();
    cells(text, &mut found).ok_or_else(|| io::Error::other("quotes"))?;
    Ok(found.into_iter().map(|cell| cell.into_owned()).collect())
}

/// The heads, and what each column holds.
fn kinds<R: Read>(keys: usize, text: R) -> io::Result<(Vec<String>, Vec<Kind>)> {
    let mut seen: Vec<Option<Kind>> = Vec::new();
    let heads = each(text, |rows| {
        for row in rows {
            seen.resize(row.len().max(seen.len()), None);
            for (seen, cell) in seen.iter_mut().zip(row).skip(keys).filter(|(_, cell)| !cell.is_empty()) {
                *seen = Some(seen.unwrap_or(Kind::Points { whole: 1, places: 0 }).with(cell));
            }
        }
        Ok(())
    })?;
    let empty = Kind::Points { whole: 1, places: 2 };
    let kind = |place: usize| match place {
        place if place < keys => Kind::Text,
        place if place + 2 >= heads.len() => Kind::Words,
        place => seen.get(place).copied().flatten().unwrap_or(empty),
    };
    let kinds = (0..heads.len()).map(kind).collect();
    Ok((heads, kinds))
}

impl Kind {
    /// What holds this cell too.
    fn with(self, cell: &str) -> Kind {
        let (Kind::Points { whole, places }, Some(number)) = (self, decimal(cell)) else { return Kind::Words };
        let (whole, places) = (whole.max(number.whole), places.max(number.places));
        if whole + places > MOST_DIGITS { Kind::Words } else { Kind::Points { whole, places } }
    }

    fn stored(self) -> DataType {
        match self {
            Kind::Text => DataType::Utf8,
            Kind::Words => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Kind::Points { whole, places } => {
                let digits = if whole + places <= DIGITS { DIGITS } else { MOST_DIGITS };
                DataType::Decimal128(digits as u8, places as i8)
            }
        }
    }

    fn column<'c>(self, cells: impl Iterator<Item = &'c str>) -> Result<ArrayRef, ArrowError> {
        let cells = cells.map(|cell| Some(cell).filter(|cell| !cell.is_empty()));
        Ok(match self {
            Kind::Text => Arc::new(arrow_array::StringArray::from_iter(cells)),
            Kind::Words => {
                let mut words = StringDictionaryBuilder::<Int32Type>::new();
                cells.for_each(|cell| words.append_option(cell));
                Arc::new(words.finish())
            }
            Kind::Points { places, .. } => {
                let at = |cell: &str| {
                    let number = decimal(cell)?;
                    number.mantissa.checked_mul(10i128.checked_pow(places.checked_sub(number.places)?)?)
                };
                let numbers: Decimal128Array = cells.map(|cell| cell.and_then(at)).collect();
                Arc::new(numbers.with_data_type(self.stored()))
            }
        })
    }
}

/// A cell as a decimal: `-12.50`; none for words, and for `≈`, which is not the number.
fn decimal(cell: &str) -> Option<Decimal> {
    let (negative, digits) = cell.strip_prefix('-').map_or((false, cell), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(part) || (part.is_empty() && digits.contains('.')) {
        return None;
    }
    let mantissa: i128 = format!("{whole}{part}").parse().ok()?;
    let length = |text: &str| u32::try_from(text.len()).ok();
    Some(Decimal {
        mantissa: if negative { -mantissa } else { mantissa },
        whole: length(whole)?,
        places: length(part)?,
    })
}

#[cfg(test)]
mod tests {
    use std::{
        fs::File,
        io::{Cursor, Seek},
    };

    use super::*;
    use crate::source::{Line, arrow::parquet};

    fn back(text: &str, keys: usize) -> (Vec<DataType>, Vec<Vec<String>>) {
        let mut bytes = Vec::new();
        write(keys, || Ok(Cursor::new(text.as_bytes().to_vec())), &mut bytes).unwrap();
        let mut file: File = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        file.rewind().unwrap();
        let types = {
            use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
            let builder = ParquetRecordBatchReaderBuilder::try_new(file.try_clone().unwrap()).unwrap();
            builder.schema().fields().iter().map(|field| field.data_type().clone()).collect()
        };
        let lines = parquet(file).unwrap().lines.map(|line| match line.unwrap() {
            Line::Row(cells) => cells,
            other => panic!("{other:?}"),
        });
        (types, lines.collect())
    }

    #[test]
    fn points_are_decimals_and_come_back_equal() {
        let text = "部门,表,甲,乙,等级,状态\n\"一,局\",88.50,-0.5,12345678901234567890.25,优,已评\n二局,,,,,停止 0.00–10.00\n三局,7.125,0,3.00,优,已评\n";
        let (types, rows) = back(text, 1);
        let words = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
        let points = |digits, places| DataType::Decimal128(digits, places);
        assert_eq!(types, [DataType::Utf8, points(18, 3), points(18, 1), points(38, 2), words.clone(), words]);
        let row = |cells: [&str; 6]| cells.map(str::to_owned).to_vec();
        assert_eq!(
            rows,
            [
                row(["一,局", "88.500", "-0.5", "12345678901234567890.25", "优", "已评"]),
                row(["二局", "", "", "", "", "停止 0.00–10.00"]),
                row(["三局", "7.125", "0.0", "3.00", "优", "已评"]),
            ]
        );
    }

    #[test]
    fn what_is_no_decimal_is_kept_as_it_is_written() {
        let (types, rows) = back("部门,总分,等级,状态\n甲,≈0.33,,已评\n乙,0.5,,已评\n丙,优,,已评\n", 1);
        assert!(matches!(types[1], DataType::Dictionary(..)));
        assert_eq!(rows.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(), ["≈0.33", "0.5", "优"]);
    }

    #[test]
    fn a_file_without_departments_has_its_columns() {
        let (types, rows) = back("部门,总分,等级,状态\n", 1);
        assert_eq!((types.len(), rows.len()), (4, 0));
        assert_eq!(types[1], DataType::Decimal128(18, 2));
    }

    #[test]
    fn the_same_text_gives_the_same_bytes_and_an_output_that_fails_says_why() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let text = b"\xE9\x83\xA8,a,b,c\nx,1,y,z\n".to_vec();
        let open = || Ok(Cursor::new(text.clone()));
        let bytes = || {
            let mut bytes = Vec::new();
            write(1, open, &mut bytes).unwrap();
            bytes
        };
        assert_eq!(bytes(), bytes());
        assert_eq!(write(1, open, Full).unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
