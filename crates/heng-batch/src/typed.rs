//! Text straight into columns. What is written plainly (digits, a point, `2025-01-31`, a word of the list)
//! is read here; a row with anything else in it is odd, and takes the long way, which knows every
//! spelling and says what is wrong. So the two ways never read one text as two values.

use heng_data::{Layout, Target, is_state_word};
use heng_eval::columns::{Block, Column, Entry, Kernel, Rows, Scales, Values};
use heng_model::{
    Number, Program, Quantity, Schema, Type,
    schema::{Interval, Shape, Traits},
};

use crate::parse;

/// The most decimals of a column.
const MOST_PLACES: u32 = 6;

/// How one cell is read.
#[derive(Clone, Debug)]
pub(crate) enum Parser {
    /// Not data, or data of which any text is one.
    Text,
    /// Nothing may stand here, or the row is odd.
    Blank,
    /// A number with so many places, between two ends.
    Number {
        places: u32,
        low: i64,
        high: i64,
    },
    Date,
    Flag,
    Word(Vec<String>),
    /// The rows of a table: each of these columns, and which of the table's it is.
    Rows {
        parts: Vec<(usize, Parser)>,
        columns: usize,
        least: u32,
        most: u32,
    },
}

/// How the rows of a file become columns.
#[derive(Clone, Debug)]
pub struct Typed {
    /// By column of the file.
    pub(crate) parsers: Vec<(Parser, Option<usize>)>,
    /// By field of the schema.
    fields: Vec<FieldKind>,
    /// How the columns are scaled.
    pub scales: Scales,
}

#[derive(Clone, Debug)]
enum FieldKind {
    /// Read from the file.
    Read,
    /// Not in the file: 缺报 for all.
    Absent,
    /// Known to the long way alone.
    Unread,
}

impl Typed {
    /// How the rows of a file with this layout become columns; `sample` shows how many decimals its
    /// numbers have.
    #[must_use]
    pub fn new(program: &Program, layout: &Layout<'_>, width: usize, sample: &str) -> Typed {
        let schema = &program.schema;
        let places = parse::places(sample, width);
        let mut typed = Typed { parsers: Vec::new(), fields: Vec::new(), scales: Scales::default() };
        for field in &schema.fields {
            let rating = matches!(field.shape, Shape::Rating(_));
            typed.fields.push(if rating { FieldKind::Unread } else { FieldKind::Absent });
            typed.scales.fields.push(if rating { None } else { Some(0) });
            let columns = field.table().map_or(&[][..], |table| &table.columns);
            typed.scales.tables.push(columns.iter().map(|_| Some(0)).collect());
        }
        typed.scales.outside = -6;
        for column in 0..width {
            let read = layout.target(column).map(|target| typed.column(schema, target, places.get(column)));
            typed.parsers.push(read.unwrap_or((Parser::Text, None)));
        }
        typed
    }

    /// The program over these columns.
    #[must_use]
    pub fn kernel(&self, program: &Program) -> Kernel {
        Kernel::new(program, &self.scales)
    }

    fn column(&mut self, schema: &Schema, target: &Target, places: Option<&Vec<u32>>) -> (Parser, Option<usize>) {
        let places = |part: usize| places.and_then(|places| places.get(part)).copied().unwrap_or(0).min(MOST_PLACES);
        let (id, parser) = match target {
            Target::Beside(_) => return (Parser::Blank, None),
            Target::Table(table) => (*table, Parser::Blank),
            Target::Field { field, scale } => {
                let Some(found) = schema.field(*field) else { return (Parser::Blank, None) };
                let Shape::Scalar(ty) = &found.shape else { return (Parser::Blank, None) };
                let (parser, exponent) = parser(schema, ty, &found.traits, scale.as_ref(), places(0));
                if let Some(slot) = self.scales.fields.get_mut(field.0 as usize) {
                    *slot = exponent;
                }
                (*field, parser)
            }
            Target::Compact { table, columns } => {
                let Some(shape) = schema.field(*table).and_then(|field| field.table()) else {
                    return (Parser::Blank, None);
                };
                let mut parts = Vec::new();
                for (position, (column, scale)) in columns.iter().enumerate() {
                    let at = usize::from(*column);
                    let Some(found) = shape.columns.get(at) else { return (Parser::Blank, None) };
                    let (parser, exponent) = parser(schema, &found.ty, &found.traits, scale.as_ref(), places(position));
                    if let Some(slot) = self.scales.tables.get_mut(table.0 as usize).and_then(|t| t.get_mut(at)) {
                        *slot = exponent;
                    }
                    parts.push((at, parser));
                }
                let asked = shape.columns.iter().filter(|column| column.formula.is_none()).count();
                if asked != parts.len() || shape.key.is_some() {
                    (*table, Parser::Blank)
                } else {
                    let (least, most) = (shape.least_rows, shape.most_rows.unwrap_or(u32::MAX));
                    (*table, Parser::Rows { parts, columns: shape.columns.len(), least, most })
                }
            }
        };
        let slot = id.0 as usize;
        if let Some(kind) = self.fields.get_mut(slot) {
            *kind = FieldKind::Read;
        }
        (parser, Some(slot))
    }
}

/// How a datum is read, and the power of ten behind it.
fn parser(schema: &Schema, ty: &Type, traits: &Traits, scale: Option<&Number>, places: u32) -> (Parser, Option<i32>) {
    match ty {
        Type::Date => (Parser::Date, Some(0)),
        Type::Bool => (Parser::Flag, Some(0)),
        Type::Word(Some(choice)) => {
            let words = schema.choice(*choice).map_or(&[][..], |list| &list.words);
            let kept = words.len() < 256;
            let words = words.iter().map(|word| word.to_string()).collect();
            if kept { (Parser::Word(words), Some(0)) } else { (Parser::Blank, None) }
        }
        Type::Text | Type::Word(None) => (Parser::Text, None),
        Type::Quantity(quantity) => {
            let exponent = scale.and_then(power_of_ten);
            let whole = matches!(quantity, Quantity::Count | Quantity::Year);
            let places = if whole { 0 } else { places };
            match exponent.and_then(|exponent| exponent.checked_sub(i32::try_from(places).ok()?)) {
                Some(exponent) => {
                    let (low, high) = ends(traits.domain.as_ref(), exponent);
                    let low = if whole { low.max(0) } else { low };
                    (Parser::Number { places, low, high }, Some(exponent))
                }
                None => (Parser::Blank, None),
            }
        }
        _ => (Parser::Blank, None),
    }
}

fn power_of_ten(number: &Number) -> Option<i32> {
    (-9..=12).find(|exponent| Number::from(10).checked_pow(*exponent).as_ref() == Some(number))
}

/// The least and the most whole multiple of `10^exponent` inside a domain.
fn ends(domain: Option<&Interval<Number>>, exponent: i32) -> (i64, i64) {
    let mut found = (i64::MIN, i64::MAX);
    let unit = Number::from(10).checked_pow(-exponent).unwrap_or(Number::ONE);
    if let Some(low) = domain.and_then(|domain| domain.low.as_ref()) {
        let at = &low.at * &unit;
        let (whole, beyond) = (at.ceil(), at == at.ceil() && !low.closed);
        found.0 = whole.to_i64().map_or(i64::MAX, |whole| whole.saturating_add(i64::from(beyond)));
    }
    if let Some(high) = domain.and_then(|domain| domain.high.as_ref()) {
        let at = &high.at * &unit;
        let (whole, beyond) = (at.floor(), at == at.floor() && !high.closed);
        found.1 = whole.to_i64().map_or(i64::MIN, |whole| whole.saturating_sub(i64::from(beyond)));
    }
    found
}

/// A column under way.
#[derive(Debug, Default)]
struct Slot {
    values: Vec<i64>,
    small: Vec<u8>,
    states: Vec<u8>,
    rows: Option<Table>,
    /// Whether the values are small.
    is_small: bool,
}

#[derive(Debug, Default)]
struct Table {
    starts: Vec<u32>,
    columns: Vec<Slot>,
}

/// Rows on their way into a block; kept from block to block for its room.
#[derive(Debug, Default)]
pub struct Builder {
    slots: Vec<Slot>,
    count: usize,
}

/// 缺报 as columns have it.
const MISSING: u8 = 1;

impl Slot {
    fn len(&self) -> usize {
        if self.is_small { self.small.len() } else { self.values.len() }
    }

    fn push(&mut self, value: i64) {
        if self.is_small {
            self.small.push(u8::try_from(value).unwrap_or(0));
        } else {
            self.values.push(value);
        }
        if !self.states.is_empty() {
            self.states.push(0);
        }
    }

    fn missing(&mut self) {
        self.states.resize(self.len(), 0);
        if self.is_small {
            self.small.push(0)
        } else {
            self.values.push(0)
        }
        self.states.push(MISSING);
    }

    fn cut(&mut self, count: usize) {
        self.values.truncate(count);
        self.small.truncate(count);
        self.states.truncate(count);
    }

    fn column(&mut self) -> Column {
        let values = if self.is_small {
            Values::Small(std::mem::take(&mut self.small))
        } else {
            Values::Wide(std::mem::take(&mut self.values))
        };
        Column::with_states(values, std::mem::take(&mut self.states))
    }
}

impl Builder {
    /// Starts a block.
    pub fn start(&mut self, typed: &Typed) {
        self.count = 0;
        self.slots.resize_with(typed.fields.len(), Slot::default);
        for (parser, slot) in &typed.parsers {
            let Some(slot) = slot.and_then(|slot| self.slots.get_mut(slot)) else { continue };
            match parser {
                Parser::Flag | Parser::Word(_) => slot.is_small = true,
                Parser::Rows { parts, columns, .. } => {
                    let mut table = Table { starts: vec![0], columns: Vec::new() };
                    table.columns.resize_with(*columns, Slot::default);
                    for (at, parser) in parts {
                        if let Some(column) = table.columns.get_mut(*at) {
                            column.is_small = matches!(parser, Parser::Flag | Parser::Word(_));
                        }
                    }
                    slot.rows = Some(table);
                }
                _ => {}
            }
        }
    }

    /// Takes in a row without quotes; `false` where it is odd. An odd row keeps its place, with nothing in
    /// it.
    pub fn row(&mut self, typed: &Typed, record: &str) -> bool {
        let ends = memchr::memchr_iter(b',', record.as_bytes()).chain([record.len()]);
        let mut start = 0;
        let mut parsers = typed.parsers.iter();
        let mut plain = true;
        for end in ends {
            let Some((parser, slot)) = parsers.next() else {
                plain = false;
                break;
            };
            let cell = record.get(start..end).unwrap_or("\"");
            start = end + 1;
            let slot = slot.and_then(|slot| self.slots.get_mut(slot));
            if take(parser, slot, cell).is_none() {
                plain = false;
                break;
            }
        }
        if plain && parsers.next().is_none() {
            self.count += 1;
            return true;
        }
        self.odd(typed);
        false
    }

    /// Keeps the place of a row that takes the long way.
    pub fn odd(&mut self, typed: &Typed) {
        for (parser, slot) in &typed.parsers {
            let Some(slot) = slot.and_then(|slot| self.slots.get_mut(slot)) else { continue };
            if let Some(table) = &mut slot.rows {
                table.starts.truncate(self.count + 1);
                let end = table.starts.last().copied().unwrap_or(0);
                table.columns.iter_mut().for_each(|column| column.cut(end as usize));
                table.starts.push(end);
            } else if !matches!(parser, Parser::Text) {
                slot.cut(self.count);
                slot.push(0);
            }
        }
        self.count += 1;
    }

    /// The block.
    pub fn block(&mut self, typed: &Typed) -> Block {
        let count = self.count;
        let fields = typed.fields.iter().zip(&mut self.slots).zip(&typed.scales.fields);
        let fields = fields.map(|((kind, slot), scale)| match kind {
            FieldKind::Read if slot.rows.is_some() => slot.rows.take().map(|mut table| {
                let columns = table.columns.iter_mut();
                let columns = columns.map(|column| Some(column.column())).collect();
                Entry::Table(Rows { starts: table.starts, states: Vec::new(), columns })
            }),
            FieldKind::Read if scale.is_some() && slot.len() == count => Some(Entry::Single(slot.column())),
            FieldKind::Absent => Some(absent(count)),
            FieldKind::Read | FieldKind::Unread => {
                slot.cut(0);
                None
            }
        });
        Block { count, fields: fields.collect(), outside: Vec::new() }
    }
}

/// A field that nobody handed in.
fn absent(count: usize) -> Entry {
    Entry::Single(Column::with_states(Values::Small(vec![0; count]), vec![MISSING; count]))
}

/// Reads one cell; `None` where it is not plain.
fn take(parser: &Parser, slot: Option<&mut Slot>, cell: &str) -> Option<()> {
    match parser {
        Parser::Text => (!is_state_word(cell)).then_some(()),
        Parser::Blank => {
            cell.is_empty().then_some(())?;
            if let Some(slot) = slot {
                slot.missing();
            }
            Some(())
        }
        Parser::Rows { parts, least, most, .. } => take_rows(parts, *least, *most, slot?.rows.as_mut()?, cell),
        _ if cell.is_empty() => {
            slot?.missing();
            Some(())
        }
        _ => {
            slot?.push(value(parser, cell.as_bytes())?);
            Some(())
        }
    }
}

fn value(parser: &Parser, cell: &[u8]) -> Option<i64> {
    match parser {
        Parser::Number { places, low, high } => {
            parse::number(cell, *places).filter(|value| (*low..=*high).contains(value))
        }
        Parser::Date => parse::date(cell),
        Parser::Flag => match cell {
            b"true" => Some(1),
            b"false" => Some(0),
            _ => match std::str::from_utf8(cell).ok()? {
                "是" => Some(1),
                "否" => Some(0),
                _ => None,
            },
        },
        Parser::Word(words) => {
            let at = words.iter().position(|word| word.as_bytes() == cell)?;
            i64::try_from(at).ok()
        }
        Parser::Text | Parser::Blank | Parser::Rows { .. } => None,
    }
}

fn take_rows(parts: &[(usize, Parser)], least: u32, most: u32, table: &mut Table, cell: &str) -> Option<()> {
    let mut end = table.starts.last().copied().unwrap_or(0);
    let start = end;
    let bytes = cell.as_bytes();
    let mut from = 0;
    while from < bytes.len() {
        for (position, (at, parser)) in parts.iter().enumerate() {
            let rest = bytes.get(from..)?;
            let length = rest.iter().position(|byte| matches!(byte, b':' | b'|')).unwrap_or(rest.len());
            let last = position + 1 == parts.len();
            let mark = rest.get(length);
            if (last && mark == Some(&b':')) || (!last && mark != Some(&b':')) {
                return None;
            }
            table.columns.get_mut(*at)?.push(value(parser, rest.get(..length)?)?);
            from += length + 1;
        }
        end += 1;
    }
    // A bar at the end starts a row with nothing in it.
    let whole = bytes.last() != Some(&b'|') && !bytes.is_empty();
    let count = end - start;
    if !whole || count < least || count > most {
        return None;
    }
    table.starts.push(end);
    Some(())
}
