//! Every word this crate says to a user, in Chinese and English side by side. The headline says
//! what is wrong with which datum, the help what to write instead.

use heng_diag::{Diagnostic, Severity, Text};
use heng_model::{Number, Quantity, State, Type, schema::Interval};

use crate::words;

/// A headline with its code.
fn error(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::general(code, Severity::Error, Text::new(zh, en))
}

fn warning(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::general(code, Severity::Warning, Text::new(zh, en))
}

fn help(diagnostic: Diagnostic, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    diagnostic.help(Text::new(zh, en))
}

/// Adds 是不是 … where a name is near.
fn near(diagnostic: Diagnostic, nearest: Option<&str>) -> Diagnostic {
    match nearest {
        Some(name) => help(diagnostic, format!("是不是“{name}”？"), format!("did you mean “{name}”?")),
        None => diagnostic,
    }
}

// ---- places --------------------------------------------------------------------------------

pub(crate) fn given_before() -> Text {
    Text::new("前一次在这里", "given here before")
}

pub(crate) fn given_before_in(place: &str) -> Text {
    Text::new(format!("前一次在 {place}"), format!("given before in {place}"))
}

// ---- files ---------------------------------------------------------------------------------

pub(crate) fn file_kind(file: &str) -> Diagnostic {
    help(
        error(
            "data/file-kind",
            format!("“{file}”不是能读的数据文件"),
            format!("“{file}” is not a facts file that can be read"),
        ),
        "数据文件用 .toml、.json 或 .xlsx；旧的 .xls 请在 Excel 里另存为 .xlsx",
        "facts come as .toml, .json or .xlsx; save an old .xls as .xlsx",
    )
}

pub(crate) fn too_large(file: &str, megabytes: usize) -> Diagnostic {
    help(
        error(
            "data/size",
            format!("“{file}”太大：超过 {megabytes} MB"),
            format!("“{file}” is too large: over {megabytes} MB"),
        ),
        "一个部门的数据远不到这么大；看看是不是给错了文件，或工作簿里嵌了图片",
        "one department's facts are far smaller; is it the right file, or are there pictures in the workbook?",
    )
}

pub(crate) fn not_utf8(line: usize) -> Diagnostic {
    help(
        error(
            "data/encoding",
            format!("第 {line} 行起不是 UTF-8 文字"),
            format!("from line {line} on the text is not UTF-8"),
        ),
        "文件多半存成了 GBK/GB18030；请用编辑器“另存为”，编码选 UTF-8",
        "the file is probably GBK/GB18030; save it again with the encoding UTF-8",
    )
}

pub(crate) fn utf16() -> Diagnostic {
    help(
        error("data/encoding", "文件存成了 UTF-16（“Unicode”）", "the file is UTF-16 (“Unicode”)"),
        "请用编辑器“另存为”，编码选 UTF-8",
        "save it again with the encoding UTF-8",
    )
}

pub(crate) fn toml_syntax(message: &str) -> Diagnostic {
    error("data/syntax", "这里不合 TOML 的写法", "this is not TOML")
        .note(Text::new(format!("解析器的说法：{message}"), format!("the parser says: {message}")))
}

pub(crate) fn toml_quotes(word: &str, is_name: bool) -> Diagnostic {
    let (zh, en) = if is_name { ("名称", "the name") } else { ("值", "the value") };
    help(
        error("data/syntax", format!("{zh}“{word}”要加英文双引号"), format!("{en} “{word}” needs straight quotes")),
        format!("写成 \"{word}\""),
        format!("write \"{word}\""),
    )
}

pub(crate) fn quotes_fix() -> Text {
    Text::new("加上双引号", "add the quotes")
}

pub(crate) fn toml_full_width(sign: char, plain: char) -> Diagnostic {
    help(
        error(
            "data/syntax",
            format!("这里要用英文标点“{plain}”，不能用“{sign}”"),
            format!("this must be the plain sign “{plain}”, not “{sign}”"),
        ),
        "TOML 的引号、等号、方括号和逗号都用英文标点；引号里面的文字不受影响",
        "TOML's own quotes, equals signs, brackets and commas are ASCII; text inside quotes may be anything",
    )
}

/// What is wrong in a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonFault {
    /// The text ends too early.
    End,
    /// Something else was due.
    Expected(&'static str),
    /// A number JSON does not know.
    Number,
    /// A text with a control character or a wrong escape.
    Escape,
    /// Nested too deeply.
    Depth,
    /// Something after the end.
    Rest,
}

pub(crate) fn json_syntax(fault: JsonFault) -> Diagnostic {
    let (zh, en) = match fault {
        JsonFault::End => ("JSON 没有写完就结束了".to_owned(), "the JSON ends too early".to_owned()),
        JsonFault::Expected(what) => (format!("JSON 在这里应有 {what}"), format!("JSON needs {what} here")),
        JsonFault::Number => ("JSON 不认得这种数字写法".to_owned(), "this is not a number in JSON".to_owned()),
        JsonFault::Escape => (
            "文字里有 JSON 不认得的转义或控制字符".to_owned(),
            "the text has an escape or control character JSON does not know".to_owned(),
        ),
        JsonFault::Depth => ("JSON 套得太深".to_owned(), "the JSON is nested too deeply".to_owned()),
        JsonFault::Rest => ("JSON 结束以后还有内容".to_owned(), "there is more after the end of the JSON".to_owned()),
    };
    error("data/syntax", zh, en)
}

// ---- names ---------------------------------------------------------------------------------

pub(crate) fn unknown(name: &str, nearest: Option<&str>) -> Diagnostic {
    let diagnostic =
        error("data/unknown", format!("规则没有要“{name}”这项数据"), format!("the rules ask for no datum “{name}”"));
    match nearest {
        Some(_) => near(diagnostic, nearest),
        None => help(
            diagnostic,
            "名称要与规则文件“数据”一段里的相同；不需要的删去",
            "use the names of the rule file's data block; remove what is not asked for",
        ),
    }
}

pub(crate) fn ambiguous(name: &str, paths: &[String]) -> Diagnostic {
    let list = paths.join("、");
    help(
        error("data/ambiguous", format!("不止一项数据叫“{name}”"), format!("more than one datum is called “{name}”")),
        format!("写全名：{list}"),
        format!("write the whole name: {}", paths.join(", ")),
    )
}

pub(crate) fn unknown_word(name: &str, datum: &str, table: bool, nearest: Option<&str>) -> Diagnostic {
    let diagnostic = error(
        "data/unknown-attribute",
        format!("“{datum}”下面不能写“{name}”"),
        format!("“{name}” cannot stand under “{datum}”"),
    );
    match (nearest, table) {
        (Some(_), _) => near(diagnostic, nearest),
        (None, false) => help(
            diagnostic,
            "可以写：值、单位、状态、佐证、理由、出处",
            "there may be: value, unit, state, evidence, reason, source",
        ),
        (None, true) => help(
            diagnostic,
            "可以写：行、状态、佐证、理由、出处",
            "there may be: rows, state, evidence, reason, source",
        ),
    }
}

pub(crate) fn unknown_file_word(name: &str, nearest: Option<&str>) -> Diagnostic {
    let diagnostic = error(
        "data/unknown-attribute",
        format!("“文件”一段里不能写“{name}”"),
        format!("“{name}” cannot stand under “file”"),
    );
    match nearest {
        Some(_) => near(diagnostic, nearest),
        None => {
            help(diagnostic, "可以写：性质、出处、单位、填报日期", "there may be: basis, source, unit_name, filled")
        }
    }
}

pub(crate) fn duplicate(name: &str) -> Diagnostic {
    help(
        error("data/duplicate", format!("“{name}”给了两次"), format!("“{name}” is given twice")),
        "只留一处，哪怕两处相同：同一个数据不能有两个来源",
        "keep one, even if both agree: a datum has one origin",
    )
}

pub(crate) fn contradiction(name: &str) -> Diagnostic {
    help(
        error(
            "data/duplicate",
            format!("两处的“{name}”不一样"),
            format!("“{name}” differs from what was given before"),
        ),
        "一次只评一个部门；核对是不是混进了别的文件",
        "one department is scored at a time; did another one's file slip in?",
    )
}

pub(crate) fn not_a_group(name: &str) -> Diagnostic {
    help(
        error(
            "data/group",
            format!("“{name}”是一组数据，不是一个值"),
            format!("“{name}” is a group of data, not a value"),
        ),
        format!("把它的各项写在下面，如 [\"{name}\"]"),
        format!("write its members below it, as in [\"{name}\"]"),
    )
}

pub(crate) fn not_a_file_entry() -> Diagnostic {
    error("data/group", "“文件”一段要写成名称和值", "“file” must hold names and values")
}

pub(crate) fn basis(text: &str) -> Diagnostic {
    help(
        error("data/basis", format!("文件的性质不能是“{text}”"), format!("the basis of a file cannot be “{text}”")),
        "写 “事实”（已报送的数）或 “假设”（为试算而设的数）",
        "write “reported” or “assumed” (figures tried out)",
    )
}

pub(crate) fn attribute_text(name: &str) -> Diagnostic {
    error("data/type", format!("“{name}”要写成文字"), format!("“{name}” must be text"))
}

// ---- values --------------------------------------------------------------------------------

/// What a type is called, and one way to write a value of it.
fn kind(ty: &Type) -> (&'static str, &'static str, &'static str) {
    match ty {
        Type::Quantity(quantity) => quantity_kind(*quantity),
        Type::Date => ("日期", "a date", "2023年12月31日"),
        Type::Bool => ("是或否", "yes or no", "是"),
        Type::Word(_) => ("选项", "a choice", ""),
        Type::Text => ("文字", "text", ""),
        Type::List(_) => ("一列值，用；隔开", "several values, parted by semicolons", ""),
        _ => ("由规则计算的值", "computed by the rules", ""),
    }
}

fn quantity_kind(quantity: Quantity) -> (&'static str, &'static str, &'static str) {
    match quantity {
        Quantity::Money => ("金额", "an amount of money", "2366.79万元"),
        Quantity::Ratio => ("比率", "a ratio", "85%"),
        Quantity::PercentPoint => ("百分点", "percentage points", "3个百分点"),
        Quantity::Count => ("个数", "a count", "45"),
        Quantity::Year => ("年度", "a year", "2023"),
        Quantity::Points => ("分", "points", "7.5分"),
        Quantity::Days => ("天数", "a number of days", "30天"),
        Quantity::CalendarDays => ("自然日数", "a number of calendar days", "30个自然日"),
        Quantity::WorkingDays => ("工作日数", "a number of working days", "5个工作日"),
        Quantity::Plain | Quantity::Compound(_) => ("数", "a number", "12.5"),
    }
}

pub(crate) fn wrong_type(name: &str, ty: &Type, found: &str) -> Diagnostic {
    let (zh, en, example) = kind(ty);
    let diagnostic = error(
        "data/type",
        format!("“{name}”要填{zh}，不能是“{found}”"),
        format!("“{name}” must be {en}, not “{found}”"),
    );
    match example {
        "" => diagnostic,
        _ => help(diagnostic, format!("例如 “{example}”"), format!("for example “{example}”")),
    }
}

pub(crate) fn not_one_value(name: &str, ty: &Type) -> Diagnostic {
    let (zh, en, _) = kind(ty);
    error(
        "data/type",
        format!("“{name}”要填一个值（{zh}），不是一列"),
        format!("“{name}” takes one value ({en}), not a list"),
    )
}

pub(crate) fn no_unit(name: &str, quantity: Quantity, digits: &str) -> Diagnostic {
    let diagnostic =
        error("data/unit", format!("“{name}”是 {digits}，没有写单位"), format!("“{name}” is {digits} without a unit"));
    match quantity {
        Quantity::Money => help(
            diagnostic,
            format!("写明是 “{digits}元”、“{digits}万元” 还是 “{digits}亿元”"),
            format!("say whether it is “{digits}元”, “{digits}万元” or “{digits}亿元”"),
        ),
        Quantity::Ratio => {
            let percent = hundredfold(digits);
            help(
                diagnostic,
                format!("写明是 “{digits}%” 还是 “{percent}%”"),
                format!("say whether it is “{digits}%” or “{percent}%”"),
            )
        }
        _ => help(diagnostic, format!("写成 “{digits}个百分点”"), format!("write “{digits}个百分点”")),
    }
}

fn hundredfold(digits: &str) -> String {
    let hundred = |number: Number| (&number * &Number::from(100)).to_string();
    Number::parse_decimal(digits).map_or_else(|| digits.to_owned(), hundred)
}

pub(crate) fn wrong_unit(name: &str, quantity: Quantity, unit: &str) -> Diagnostic {
    let (zh, en, example) = quantity_kind(quantity);
    help(
        error(
            "data/unit",
            format!("“{name}”要填{zh}，单位不能是“{unit}”"),
            format!("“{name}” is {en}; its unit cannot be “{unit}”"),
        ),
        format!("例如 “{example}”"),
        format!("for example “{example}”"),
    )
}

pub(crate) fn two_units(name: &str, beside: &str, stated: &str) -> Diagnostic {
    help(
        error(
            "data/unit",
            format!("“{name}”有两个单位：数旁边写“{beside}”，单位栏写“{stated}”"),
            format!("“{name}” has two units: “{beside}” beside the number and “{stated}” as its unit"),
        ),
        "只留对的那一个",
        "keep the right one",
    )
}

pub(crate) fn separators(name: &str, found: &str) -> Diagnostic {
    help(
        error(
            "data/number",
            format!("“{name}”的逗号位置不对：“{found}”"),
            format!("the separators of “{name}” are misplaced: “{found}”"),
        ),
        "逗号只作千分位，每三位一个，如 1,234,567.89；小数点用 “.”",
        "commas only separate thousands, as in 1,234,567.89; the decimal sign is a point",
    )
}

pub(crate) fn too_many_digits(name: &str) -> Diagnostic {
    error("data/number", format!("“{name}”的位数太多"), format!("“{name}” has too many digits"))
}

pub(crate) fn not_whole(name: &str, quantity: Quantity, found: &str) -> Diagnostic {
    let (zh, en, _) = quantity_kind(quantity);
    error(
        "data/whole",
        format!("“{name}”是{zh}，要填不小于 0 的整数，不能是“{found}”"),
        format!("“{name}” is {en}: a whole number, not below 0, and not “{found}”"),
    )
}

pub(crate) fn date_form(name: &str, found: &str) -> Diagnostic {
    help(
        error("data/date", format!("“{name}”不是日期：“{found}”"), format!("“{name}” is not a date: “{found}”")),
        "写年月日，如 2023年12月31日、2023-12-31、2023/12/31；在 Excel 里也可以用日期格式",
        "write year, month and day, as in 2023-12-31, or use a date format in Excel",
    )
}

pub(crate) fn date_impossible(name: &str, found: &str) -> Diagnostic {
    help(
        error(
            "data/date",
            format!("“{name}”没有这一天：“{found}”"),
            format!("there is no such day: “{found}” for “{name}”"),
        ),
        "核对年、月、日",
        "check year, month and day",
    )
}

pub(crate) fn not_a_choice(name: &str, found: &str, words: &[&str], nearest: Option<&str>) -> Diagnostic {
    let diagnostic = error(
        "data/choice",
        format!("“{name}”没有“{found}”这个选项"),
        format!("“{found}” is not a choice of “{name}”"),
    );
    let diagnostic = near(diagnostic, nearest);
    help(diagnostic, format!("可选：{}", words.join("、")), format!("the choices are: {}", words.join(", ")))
}

pub(crate) fn cell_fault(name: &str, fault: &str) -> Diagnostic {
    help(
        error(
            "data/cell-error",
            format!("“{name}”的单元格算错了：{fault}"),
            format!("the cell of “{name}” holds the error {fault}"),
        ),
        "改好公式，或直接填数",
        "mend the formula, or type the figure",
    )
}

pub(crate) fn outside_domain(name: &str, found: &str, quantity: Quantity, domain: &Interval<Number>) -> Diagnostic {
    let range = range_words(quantity, domain);
    help(
        error(
            "data/domain",
            format!("“{name}”是 {found}，不在 {range} 以内"),
            format!("“{name}” is {found}, outside {range}"),
        ),
        "核对数和单位；数没有错时，请改规则文件里的范围",
        "check figure and unit; if they are right, the rule file's range is wrong",
    )
}

fn range_words(quantity: Quantity, range: &Interval<Number>) -> String {
    let amount = |number: &Number| match quantity {
        Quantity::Ratio | Quantity::PercentPoint => format!("{}%", number * &Number::from(100)),
        Quantity::Money => format!("{number}元"),
        _ => number.to_string(),
    };
    let low = range
        .low
        .as_ref()
        .map_or("(−∞".to_owned(), |low| format!("{}{}", if low.closed { "[" } else { "(" }, amount(&low.at)));
    let high = range
        .high
        .as_ref()
        .map_or("+∞)".to_owned(), |high| format!("{}{}", amount(&high.at), if high.closed { "]" } else { ")" }));
    format!("{low}, {high}")
}

// ---- states --------------------------------------------------------------------------------

pub(crate) fn state_not_allowed(name: &str, state: State) -> Diagnostic {
    let (zh, en) = words::state_words(state);
    let diagnostic = error("data/state", format!("“{name}”不能填“{zh}”"), format!("“{name}” cannot be “{en}”"));
    match state {
        State::None => help(
            diagnostic,
            "只有表和标明“可缺”的数据可以填“无”；没有报送的填“缺报”，数额是零的填 0 和单位",
            "only tables and optional data can be “none”; write “missing” for what was not handed in, and 0 with its unit for nought",
        ),
        State::NotApplicable => help(
            diagnostic,
            "只有标明“可不适用”的数据可以填“不适用”",
            "only data marked as such can be “not_applicable”",
        ),
        _ => diagnostic,
    }
}

pub(crate) fn table_not_none(name: &str, least: u32) -> Diagnostic {
    error(
        "data/state",
        format!("“{name}”至少要有 {least} 行，不能填“无”"),
        format!("“{name}” needs at least {least} rows and cannot be “none”"),
    )
}

pub(crate) fn state_drops_value(name: &str, state: State) -> Diagnostic {
    let (zh, en) = words::state_words(state);
    help(
        error("data/state", format!("“{name}”有值，又写“{zh}”"), format!("“{name}” has a value and is “{en}” at once")),
        "有值时状态只能是 “无佐证”、“迟报” 或 “有争议”；否则把值删去",
        "beside a value there may only be “no_evidence”, “late” or “disputed”; else remove the value",
    )
}

pub(crate) fn unknown_state(name: &str, found: &str, nearest: Option<&str>) -> Diagnostic {
    let diagnostic = error(
        "data/state",
        format!("“{name}”的状态不能是“{found}”"),
        format!("“{found}” is not a state (of “{name}”)"),
    );
    let diagnostic = near(diagnostic, nearest);
    help(
        diagnostic,
        "可写：缺报、无、不适用、无佐证、迟报、有争议",
        "there are: missing, none, not_applicable, no_evidence, late, disputed",
    )
}

pub(crate) fn missing(name: &str, table: bool) -> Diagnostic {
    let diagnostic = warning("data/missing", format!("“{name}”没有报送"), format!("“{name}” was not handed in"));
    let diagnostic = diagnostic.note(Text::new(
        "按“缺报”处理；对得分的影响由规则决定，不会当作 0",
        "it counts as “missing”; what that does to the score is the rule's to say, it is never taken for 0",
    ));
    match table {
        true => help(diagnostic, "确实没有的，写“无”", "if there are none, write “none”"),
        false => diagnostic,
    }
}

// ---- tables --------------------------------------------------------------------------------

pub(crate) fn not_rows(name: &str) -> Diagnostic {
    help(
        error("data/table", format!("“{name}”是表，要写成若干行"), format!("“{name}” is a table and takes rows")),
        format!("TOML 里一行写一段 [[\"{name}\"]]，工作簿里另有一张同名的工作表；没有的写 “无”"),
        format!(
            "in TOML each row is a section [[\"{name}\"]], in a workbook it has its own sheet; write “none” for none"
        ),
    )
}

pub(crate) fn lone_row(name: &str) -> Diagnostic {
    help(
        error(
            "data/table",
            format!("“{name}”是表，这里只给了一行，没有写成列表"),
            format!("“{name}” is a table, and this is one row outside a list"),
        ),
        format!("TOML 里每一行用双方括号 [[\"{name}\"]]，JSON 里用 [ … ]"),
        format!("in TOML each row takes double brackets, [[\"{name}\"]]; in JSON use [ … ]"),
    )
}

pub(crate) fn empty_table(name: &str) -> Diagnostic {
    help(
        error("data/empty-table", format!("“{name}”一行也没有"), format!("“{name}” has no rows")),
        "确实没有的，写明 “无”；还没有报的，把它删去",
        "if there are none, write “none”; if it was not handed in, leave it out",
    )
}

pub(crate) fn row_count(name: &str, found: usize, least: u32, most: Option<u32>) -> Diagnostic {
    let (zh, en) = match most {
        Some(most) if most == least => (format!("恰好 {least} 行"), format!("exactly {least}")),
        Some(most) => (format!("{least} 到 {most} 行"), format!("{least} to {most}")),
        None => (format!("至少 {least} 行"), format!("at least {least}")),
    };
    error("data/rows", format!("“{name}”有 {found} 行，应为{zh}"), format!("“{name}” has {found} rows; it takes {en}"))
}

pub(crate) fn duplicate_key(column: &str, value: &str) -> Diagnostic {
    help(
        error(
            "data/key",
            format!("两行的“{column}”都是“{value}”"),
            format!("two rows have the same “{column}”: “{value}”"),
        ),
        "各行靠这一栏区分，不能相同",
        "rows are told apart by this column; its values must differ",
    )
}

pub(crate) fn unknown_column(name: &str, table: &str, nearest: Option<&str>) -> Diagnostic {
    let diagnostic =
        error("data/unknown", format!("“{table}”没有“{name}”这一栏"), format!("“{table}” has no column “{name}”"));
    match nearest {
        Some(_) => near(diagnostic, nearest),
        None => help(diagnostic, "不需要的栏删去", "remove columns that are not asked for"),
    }
}

pub(crate) fn computed_column(name: &str) -> Diagnostic {
    help(
        error(
            "data/computed",
            format!("“{name}”由规则计算，不用填"),
            format!("“{name}” is computed by the rules and not filled in"),
        ),
        "把这一栏删去",
        "remove the column",
    )
}

pub(crate) fn missing_cell(column: &str, table: &str, row: usize) -> Diagnostic {
    help(
        error(
            "data/missing-cell",
            format!("“{table}”第 {row} 行没有填“{column}”"),
            format!("row {row} of “{table}” lacks “{column}”"),
        ),
        "填上；确实报不出来的，写“缺报”",
        "fill it in; if it cannot be had, write “missing”",
    )
}

pub(crate) fn total_row(table: &str, word: &str) -> Diagnostic {
    help(
        error("data/total-row", format!("“{table}”里有“{word}”行"), format!("“{table}” has a row “{word}”")),
        "把它删去：每一行都会当作数据，合计会算两次",
        "remove it: every row is taken for data, and the total would count twice",
    )
}

// ---- workbooks -----------------------------------------------------------------------------

pub(crate) fn workbook(message: &str) -> Diagnostic {
    help(
        error("data/workbook", "打不开这个工作簿", "the workbook cannot be opened"),
        "它可能损坏、加了密码，或不是 .xlsx；请在 Excel 里打开后另存为 .xlsx",
        "it may be damaged, protected by a password, or not .xlsx; open it in Excel and save it as .xlsx",
    )
    .note(Text::new(format!("读取时的说法：{message}"), format!("the reader says: {message}")))
}

pub(crate) fn sheet_unread(sheet: &str, nearest: Option<&str>) -> Diagnostic {
    let (zh, en) = (
        format!("工作表“{sheet}”没有读：它不是哪张表的名称，也没有“数据项”表头"),
        format!("the sheet “{sheet}” was not read: it is named after no table and has no head “datum”"),
    );
    match nearest {
        Some(_) => near(error("data/sheet", zh, en), nearest),
        None => warning("data/sheet", zh, en),
    }
}

pub(crate) fn no_header(table: &str) -> Diagnostic {
    help(
        error(
            "data/header",
            format!("工作表“{table}”找不到表头"),
            format!("the sheet “{table}” has no row of column names"),
        ),
        "表头一行写各栏的名称，与规则文件相同；单位可以写在括号里，如 预算（万元）",
        "one row must hold the column names of the rule file; a unit may stand in brackets",
    )
}

pub(crate) fn unknown_head(name: &str, nearest: &str) -> Diagnostic {
    near(error("data/header", format!("不认得表头“{name}”"), format!("the head “{name}” is not known")), Some(nearest))
}

pub(crate) fn nameless_row() -> Diagnostic {
    help(
        error("data/header", "这一行有内容，没有写数据项", "this row has entries and no datum"),
        "在“数据项”一栏写上名称，或把这一行删去",
        "write the name under “datum”, or clear the row",
    )
}

pub(crate) fn float_noise(shown: &str, stored: &str) -> Diagnostic {
    Diagnostic::general(
        "data/float-noise",
        Severity::Hint,
        Text::new(
            format!("按 {shown} 读：单元格里存的是 {stored}，是二进制小数的尾差"),
            format!("read as {shown}: the cell stores {stored}, a binary fraction's noise"),
        ),
    )
}

pub(crate) fn scaled_format(format: &str) -> Diagnostic {
    help(
        warning(
            "data/number-format",
            "单元格显示的数和存的数不是一个数",
            "the cell shows another number than it holds",
        ),
        format!("数字格式“{format}”缩小了显示；读的是存的数，请核对单位"),
        format!("the number format “{format}” scales what is shown; the stored number is read: check the unit"),
    )
}

pub(crate) fn merged_number(number: &str) -> Diagnostic {
    help(
        error(
            "data/merged",
            format!("合并的单元格里是数“{number}”，不知道每行各是多少"),
            format!("the merged cell holds the number “{number}”: how much is each row's is not known"),
        ),
        "取消合并，每行填自己的数",
        "unmerge the cells and give each row its own number",
    )
}

// ---- calendars -----------------------------------------------------------------------------

pub(crate) fn calendar_shape(name: &str) -> Diagnostic {
    help(
        error("calendar/shape", format!("日历里不认得“{name}”"), format!("“{name}” is not known in a calendar")),
        "日历写 \"名称\"，再按年写 [\"2023\"] 一段：\"通知\"、\"放假\"、\"上班\"",
        "a calendar has a “name” and a section per year, [\"2023\"], with “notice”, “holidays” and “workdays”",
    )
}

pub(crate) fn calendar_date(found: &str) -> Diagnostic {
    help(
        error("calendar/date", format!("不是日期：“{found}”"), format!("not a date: “{found}”")),
        "写 “2023-01-28”，或一段 “2023-01-21 至 2023-01-27”",
        "write “2023-01-28”, or a stretch “2023-01-21 to 2023-01-27”",
    )
}

pub(crate) fn calendar_year(date: &str, year: i16) -> Diagnostic {
    error(
        "calendar/year",
        format!("{date} 不在 {year} 年，要写到它自己的那一年"),
        format!("{date} is not in {year}; it belongs under its own year"),
    )
}

pub(crate) fn calendar_both(date: &str) -> Diagnostic {
    error(
        "calendar/both",
        format!("{date} 又放假又上班，或写了两次"),
        format!("{date} is both off and worked, or written twice"),
    )
}

pub(crate) fn calendar_weekday(date: &str) -> Diagnostic {
    error("calendar/weekday", format!("{date} 本来就上班，不用写"), format!("{date} is a working day anyway"))
}

pub(crate) fn calendar_backwards(found: &str) -> Diagnostic {
    error(
        "calendar/date",
        format!("一段的终点在起点之前：“{found}”"),
        format!("the stretch ends before it starts: “{found}”"),
    )
}

pub(crate) fn calendar_no_year() -> Diagnostic {
    error("calendar/shape", "日历里一年也没有", "the calendar has no year")
}

// ---- wire forms ----------------------------------------------------------------------------

pub(crate) fn wire_too_large(megabytes: usize) -> Diagnostic {
    error(
        "wire/size",
        format!("存储的规则太大：超过 {megabytes} MB"),
        format!("the stored program is too large: over {megabytes} MB"),
    )
}

pub(crate) fn wire_damaged(message: &str) -> Diagnostic {
    help(
        error("wire/shape", "存储的规则读不出来", "the stored program cannot be read"),
        "文件可能损坏或被改过；请从规则文件重新生成",
        "the file may be damaged or edited; make it again from the rule file",
    )
    .note(Text::new(format!("读取时的说法：{message}"), format!("the reader says: {message}")))
}

pub(crate) fn wire_version(found: &str, known: &str) -> Diagnostic {
    help(
        error(
            "wire/version",
            format!("存储的规则是“{found}”，这里只认“{known}”"),
            format!("the stored program is “{found}”, and only “{known}” is known here"),
        ),
        "用同一版的程序从规则文件重新生成",
        "make it again from the rule file with this version of the program",
    )
}

pub(crate) fn wire_reference((kind, id): (&str, u64)) -> Diagnostic {
    help(
        error(
            "wire/reference",
            format!("存储的规则自相矛盾：{kind} {id} 不存在、不合位置或套在自己里面"),
            format!("the stored program contradicts itself: {kind} {id} is absent, misplaced or stands in itself"),
        ),
        "文件可能损坏或被改过；请从规则文件重新生成",
        "the file may be damaged or edited; make it again from the rule file",
    )
}
