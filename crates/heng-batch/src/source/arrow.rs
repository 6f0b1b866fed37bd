//! Parquet and Arrow IPC: columns with types, read batch by batch. Numbers, decimals and dates become the
//! texts that they print as; lists of structs are the rows of a table.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use arrow_array::{
    Array, RecordBatch,
    cast::AsArray,
    types::{Float32Type, Float64Type},
};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use heng_data::{Layout, Target};
use heng_diag::Diagnostic;
use heng_model::{Schema, Type};

use super::{Broken, Line, Lines, Source};
use crate::wording::{self, stored::Wanted};

/// The batches of a file.
pub type Batches<'a> = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'a>;

fn broken(error: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

/// Opens a Parquet file.
///
/// # Errors
/// It is none, or its end is missing.
pub fn parquet<R: parquet::file::reader::ChunkReader + 'static>(file: R) -> io::Result<Source<'static>> {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(broken)?;
    let schema = builder.schema().clone();
    let reader = builder.with_batch_size(4096).build().map_err(broken)?;
    Ok(source(&schema, Box::new(reader)))
}

/// Opens an Arrow IPC file, or a stream of Arrow IPC.
///
/// # Errors
/// It is neither.
pub fn ipc<R: Read + Seek + Send + 'static>(mut file: R) -> io::Result<Source<'static>> {
    if is_file(&mut file)? {
        let reader = arrow_ipc::reader::FileReader::try_new(BufReader::new(file), None).map_err(broken)?;
        return Ok(source(&reader.schema(), Box::new(reader)));
    }
    let reader = arrow_ipc::reader::StreamReader::try_new(BufReader::new(file), None).map_err(broken)?;
    Ok(source(&reader.schema(), Box::new(reader)))
}

/// The columns of a Parquet file.
///
/// # Errors
/// It is none, or its end is missing.
pub fn parquet_columns<R: parquet::file::reader::ChunkReader + 'static>(file: R) -> io::Result<SchemaRef> {
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    Ok(ParquetRecordBatchReaderBuilder::try_new(file).map_err(broken)?.schema().clone())
}

/// The columns of an Arrow IPC file or stream.
///
/// # Errors
/// It is neither.
pub fn ipc_columns<R: Read + Seek + Send + 'static>(mut file: R) -> io::Result<SchemaRef> {
    if is_file(&mut file)? {
        return Ok(arrow_ipc::reader::FileReader::try_new(BufReader::new(file), None).map_err(broken)?.schema());
    }
    Ok(arrow_ipc::reader::StreamReader::try_new(BufReader::new(file), None).map_err(broken)?.schema())
}

/// Whether an Arrow IPC file begins here, and not a stream.
fn is_file<R: Read + Seek>(file: &mut R) -> io::Result<bool> {
    let mut magic = Vec::new();
    file.take(6).read_to_end(&mut magic)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(magic == b"ARROW1")
}

/// The columns that cannot hold the datum that they are named after, whatever stands in their rows.
///
/// # Errors
/// None: heads that are wrong are said where the file is laid out.
#[must_use]
pub fn unfit(schema: &Schema, columns: &SchemaRef) -> Vec<Diagnostic> {
    let heads: Vec<&String> = columns.fields().iter().map(|field| field.name()).collect();
    let Ok(layout) = Layout::new(schema, &heads) else { return Vec::new() };
    let one = |(place, field): (usize, &arrow_schema::FieldRef)| {
        let wanted = match layout.target(place)? {
            Target::Field { field, .. } => match schema.field(*field)?.scalar()? {
                Type::Quantity(_) => Wanted::Number,
                Type::Date => Wanted::Date,
                Type::Bool => Wanted::Answer,
                _ => Wanted::Words,
            },
            Target::Table(_) => Wanted::Rows,
            Target::Compact { .. } | Target::Beside(_) => Wanted::Words,
        };
        let fits = holds(wanted, field.data_type());
        (!fits).then(|| wording::stored::column_type(field.name(), wanted, &field.data_type().to_string()))
    };
    columns.fields().iter().enumerate().filter_map(one).collect()
}

/// Whether a column of this type can hold what is wanted. Text can hold anything: each cell is read by itself.
fn holds(wanted: Wanted, ty: &DataType) -> bool {
    match ty {
        DataType::Dictionary(_, values) => holds(wanted, values),
        DataType::RunEndEncoded(_, values) => holds(wanted, values.data_type()),
        DataType::Null | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Boolean => wanted == Wanted::Answer,
        DataType::Date32 | DataType::Date64 => wanted == Wanted::Date,
        DataType::List(item) | DataType::LargeList(item) => {
            wanted == Wanted::Rows && matches!(item.data_type(), DataType::Struct(_))
        }
        ty if ty.is_integer() => matches!(wanted, Wanted::Number | Wanted::Words),
        ty if ty.is_numeric() => wanted == Wanted::Number,
        _ => false,
    }
}

fn source(schema: &SchemaRef, batches: Batches<'static>) -> Source<'static> {
    let heads: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    // Rows are numbered from 1: there is no line of heads.
    Source { heads, first: 1, lines: lines(batches) }
}

fn lines(mut batches: Batches<'static>) -> Lines<'static> {
    let mut ready: std::vec::IntoIter<Line> = Vec::new().into_iter();
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(line) = ready.next() {
                return Some(Ok(line));
            }
            if ended {
                return None;
            }
            ready = match batches.next()? {
                Ok(batch) => rows(&batch).into_iter(),
                Err(error) => {
                    // What was read stands; that the rest is missing is a row of its own.
                    ended = true;
                    vec![Broken::line(wording::cut_off(&error.to_string()), "")].into_iter()
                }
            };
        }
    }))
}

fn rows(batch: &RecordBatch) -> Vec<Line> {
    let row = |at: usize| Line::Row(batch.columns().iter().map(|column| text(column.as_ref(), at)).collect());
    (0..batch.num_rows()).map(row).collect()
}

/// A cell as a text; empty where nothing stands.
fn text(array: &dyn Array, at: usize) -> String {
    if array.is_null(at) {
        return String::new();
    }
    match array.data_type() {
        DataType::Boolean => if array.as_boolean().value(at) { "是" } else { "否" }.to_owned(),
        DataType::Utf8 => array.as_string::<i32>().value(at).to_owned(),
        // The shortest decimal that is this double, without an exponent.
        DataType::Float64 => array.as_primitive::<Float64Type>().value(at).to_string(),
        DataType::Float32 => array.as_primitive::<Float32Type>().value(at).to_string(),
        DataType::List(_) | DataType::LargeList(_) | DataType::Struct(_) => json(array, at),
        _ => shown(array, at),
    }
}

fn shown(array: &dyn Array, at: usize) -> String {
    let options = FormatOptions::default().with_date_format(Some("%Y-%m-%d"));
    let formatter = ArrayFormatter::try_new(array, &options);
    formatter.ok().and_then(|formatter| formatter.value(at).try_to_string().ok()).unwrap_or_default()
}

/// Lists and structs as JSON, each value as its text.
fn json(array: &dyn Array, at: usize) -> String {
    if array.is_null(at) {
        return "null".to_owned();
    }
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match array.data_type() {
        DataType::List(_) => items(array.as_list::<i32>().value(at).as_ref()),
        DataType::LargeList(_) => items(array.as_list::<i64>().value(at).as_ref()),
        DataType::Struct(fields) => {
            let columns = array.as_struct().columns();
            let entries: Vec<String> = fields
                .iter()
                .zip(columns)
                .filter(|(_, column)| !column.is_null(at))
                .map(|(field, column)| format!("{}:{}", quoted(field.name()), json(column.as_ref(), at)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
        _ => quoted(&text(array, at)),
    }
}

fn items(values: &dyn Array) -> String {
    let values: Vec<String> = (0..values.len()).map(|at| json(values, at)).collect();
    format!("[{}]", values.join(","))
}

#[cfg(test)]
mod tests {
    use std::{fs::File, io::Write, sync::Arc};

    use arrow_array::{ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, StringArray};

    use super::*;

    fn batch() -> RecordBatch {
        let money = Decimal128Array::from(vec![Some(1230), None]).with_precision_and_scale(18, 2).unwrap();
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("部门", Arc::new(StringArray::from(vec!["甲", "乙"]))),
            ("预算（万元）", Arc::new(money)),
            ("比率", Arc::new(Float64Array::from(vec![0.1, 2.0]))),
            ("公开", Arc::new(Date32Array::from(vec![Some(20_089), None]))),
            ("有", Arc::new(BooleanArray::from(vec![Some(true), None]))),
        ];
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
    }

    fn written() -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut writer = parquet::arrow::ArrowWriter::try_new(&mut bytes, batch().schema(), None).unwrap();
        writer.write(&batch()).unwrap();
        writer.close().unwrap();
        bytes
    }

    fn file(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        file
    }

    fn cells(source: Source<'_>) -> Vec<Line> {
        source.lines.map(Result::unwrap).collect()
    }

    #[test]
    fn typed_columns_become_exact_texts() {
        let source = parquet(file(&written())).unwrap();
        assert_eq!(source.heads, ["部门", "预算（万元）", "比率", "公开", "有"]);
        let row = |cells: [&str; 5]| Line::Row(cells.map(str::to_owned).to_vec());
        assert_eq!(cells(source), [row(["甲", "12.30", "0.1", "2025-01-01", "是"]), row(["乙", "", "2", "", ""])]);
    }

    #[test]
    fn a_column_of_a_type_that_cannot_hold_its_datum_is_said_before_any_row() {
        use arrow_schema::{Field, Fields, Schema as Columns, TimeUnit};
        let rules = "规则包 试 {\n评价年度：2025\n满分：10分\n缺报：停止\n}\n指标 甲 10分 {\n当 有：满分\n得分 = 0分\n}\n数据 {\n有：是否\n预算：金额\n公开：日期，可缺\n合同：表 { 金额：金额 }\n名称：文本，仅报告\n}\n";
        let compiled = heng_dsl::compile(&[("r.heng".to_owned(), rules.to_owned())]);
        let schema = compiled.program.expect("rules").schema;
        let columns = |types: [DataType; 5]| {
            let names = ["有", "预算（万元）", "公开", "合同", "名称"];
            let fields: Vec<Field> = names.iter().zip(types).map(|(name, ty)| Field::new(*name, ty, true)).collect();
            Arc::new(Columns::new(fields))
        };
        let row =
            Field::new("item", DataType::Struct(Fields::from(vec![Field::new("金额", DataType::Float64, true)])), true);
        let money = DataType::Decimal128(18, 2);
        let good = columns([DataType::Boolean, money, DataType::Date32, DataType::List(Arc::new(row)), DataType::Utf8]);
        assert!(unfit(&schema, &good).is_empty());
        let numbers = DataType::List(Arc::new(Field::new("item", DataType::Int64, true)));
        let moment = DataType::Timestamp(TimeUnit::Microsecond, None);
        let bad = columns([DataType::Int64, DataType::Boolean, moment, numbers, DataType::Binary]);
        let found = unfit(&schema, &bad);
        assert_eq!(found.len(), 5);
        assert!(
            found.iter().all(|one| one.code == "batch/column-type" && !one.notes.is_empty() && !one.helps.is_empty())
        );
        assert!(
            found[1].title.zh.contains("预算（万元）") && found[1].notes[0].zh.contains("Boolean"),
            "{:?}",
            found[1]
        );
    }

    #[test]
    fn a_truncated_file_is_an_error_and_no_panic() {
        let whole = written();
        for length in [0, 3, whole.len() / 2, whole.len() - 5] {
            assert!(parquet(file(&whole[..length])).is_err(), "{length}");
        }
    }

    #[test]
    fn damage_inside_sets_the_rest_aside() {
        let mut whole = written();
        // The footer stands, the first pages do not.
        whole[4..60].fill(0xFF);
        if let Ok(source) = parquet(file(&whole)) {
            assert!(matches!(cells(source).last(), Some(Line::Broken(_))));
        }
    }

    #[test]
    fn arrow_files_and_streams() {
        let mut bytes = Vec::new();
        let mut writer = arrow_ipc::writer::FileWriter::try_new(&mut bytes, &batch().schema()).unwrap();
        writer.write(&batch()).unwrap();
        writer.finish().unwrap();
        drop(writer);
        let from_file = cells(ipc(file(&bytes)).unwrap());
        let mut bytes = Vec::new();
        let mut writer = arrow_ipc::writer::StreamWriter::try_new(&mut bytes, &batch().schema()).unwrap();
        writer.write(&batch()).unwrap();
        writer.finish().unwrap();
        drop(writer);
        assert_eq!(cells(ipc(file(&bytes)).unwrap()), from_file);
        assert_eq!(from_file, cells(parquet(file(&written())).unwrap()));
        assert!(ipc(file(b"nothing of the kind")).is_err());
    }
}
