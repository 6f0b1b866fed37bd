//! Every message of this crate, Chinese and English side by side.

use heng_diag::{Text, visible};
use heng_model::{Name, Quantity, Type};
use rhai::{Array, Dynamic, EvalAltResult, LexError, Map, ParseErrorType};

use crate::{
    limits,
    sandbox::Greedy,
    value::{Absent, Day, Row, Sheet, show},
};

/// A message; `{…}` as in `format!`, once for both languages.
macro_rules! say {
    ($zh:literal, $en:literal) => {
        Text::new(format!($zh), format!($en))
    };
}

/// The text of a failed call. The evaluator takes one text, so it carries both languages.
pub(crate) fn failure(file: &str, function: &str, place: &Text, text: &Text) -> Name {
    let (zh, en) = (format!("{}{}", place.zh, text.zh), format!("{}{}", place.en, text.en));
    format!("{file}：{function}：{zh} / {file}: {function}: {en}").into()
}

/// What a check of documents said is not a remark.
pub(crate) fn no_remark(kind: &Text) -> Text {
    Text::new(
        format!(
            "核对文件的脚本答了{}；要答文字，或 必须改(行, 文字)、应说明(行, 文字)、供参考(行, 文字)，或它们的数组",
            kind.zh
        ),
        format!(
            "a check of documents answered {}; it answers a text, must_fix(row, text), should_explain(row, text), worth_noting(row, text), or an array of them",
            kind.en
        ),
    )
}

/// A check of documents computed with what is not there.
pub(crate) fn no_value_in_document() -> Text {
    Text::new("用没有的值去算；先问 有值(x)", "it computes with a value that is not there; ask has_value(x) first")
}

/// The script has no such check of documents.
pub(crate) fn no_document_check(function: &str) -> Text {
    say!("没有一个参数的函数“{function}”", "there is no function “{function}” with one parameter")
}

/// A line of the script, before a message.
pub(crate) fn line(line: u32) -> Text {
    say!("第{line}行：", "line {line}: ")
}

/// A line of the script that is not known exactly.
pub(crate) fn near(line: u32) -> Text {
    say!("第{line}行附近：", "near line {line}: ")
}

/// What kind of value it is.
pub(crate) fn kind(value: &Dynamic) -> Text {
    let (zh, en) = match () {
        () if value.is_unit() => ("空", "nothing"),
        () if value.is_int() => ("整数", "a whole number"),
        () if value.is_decimal() => ("小数", "a decimal"),
        () if value.is_bool() => ("是否", "yes or no"),
        () if value.is_string() || value.is_char() => ("文本", "text"),
        () if value.is::<Day>() => ("日期", "a date"),
        () if value.is::<Sheet>() => ("表", "a table"),
        () if value.is::<Row>() => ("行", "a row"),
        () if value.is::<Array>() => ("数组", "an array"),
        () if value.is::<Map>() => ("映射", "a map"),
        () if value.is::<Absent>() => {
            let word = show(value);
            return say!("没有值（{word}）", "no value ({word})");
        }
        () => ("别的东西", "something else"),
    };
    Text::new(zh, en)
}

/// A type as the rule file calls it.
pub(crate) fn type_name(ty: &Type) -> Text {
    let (zh, en) = match ty {
        Type::Quantity(Quantity::Points) => ("分数", "points"),
        Type::Quantity(_) => ("数", "a number"),
        Type::Date => ("日期", "a date"),
        Type::Bool => ("是否", "yes or no"),
        Type::Text | Type::Word(_) => ("文本", "text"),
        Type::List(_) => ("数组", "an array"),
        Type::Rows(_) | Type::Children | Type::Never => ("脚本给不出的东西", "something no script can give"),
    };
    Text::new(zh, en)
}

pub(crate) fn a_number() -> Text {
    Text::new("数", "a number")
}

pub(crate) fn a_date() -> Text {
    Text::new("日期", "a date")
}

pub(crate) fn a_text() -> Text {
    Text::new("文本", "text")
}

// ---- loading ----

pub(crate) fn file_too_long() -> Text {
    let most = limits::FILE_BYTES / 1024;
    say!("脚本文件超过 {most} KB，请拆成几个文件", "the script file is longer than {most} KB; split it")
}

pub(crate) fn functions_only() -> Text {
    Text::new(
        "脚本文件里只能有函数：请把这一句放进 fn 名称(参数) { … } 里",
        "a script file holds functions only: put this line into fn name(parameters) { … }",
    )
}

pub(crate) fn too_many_arguments() -> Text {
    let most = limits::PARAMETERS;
    say!("调用给了超过 {most} 个参数", "the call has more than {most} arguments")
}

pub(crate) fn too_many_parameters() -> Text {
    let most = limits::PARAMETERS;
    say!("一个函数最多 {most} 个参数", "a function has at most {most} parameters")
}

pub(crate) fn assignment_into() -> Text {
    Text::new(
        "不能改数组或映射的一部分：请写 数组 += [值]，或 映射 += 项(名, 值)",
        "a part of an array or map cannot be assigned to: write array += [value], or map += entry(name, value)",
    )
}

pub(crate) fn no_file(file: &str) -> Text {
    say!("规则包里没有脚本文件“{file}”", "the pack has no script file `{file}`")
}

pub(crate) fn no_function(function: &str, others: &[&str]) -> Text {
    if others.is_empty() {
        return say!(
            "文件里没有函数“{function}”：请写 fn {function}(…) {{ … }}",
            "the file has no function `{function}`: write fn {function}(…) {{ … }}"
        );
    }
    let (zh, en) = (others.join("、"), others.join(", "));
    say!(
        "文件里没有函数“{function}”，只有：{zh}。函数名要与规则文件里的方法名相同",
        "the file has no function `{function}`, only: {en}. A function is named like its method in the rule file"
    )
}

pub(crate) fn parameters(function: &str, wanted: usize, found: usize) -> Text {
    say!(
        "规则文件里“{function}”有 {wanted} 个参数，脚本里有 {found} 个：请改成一样",
        "`{function}` has {wanted} parameters in the rule file and {found} in the script: make them agree"
    )
}

/// What the parser could not read.
pub(crate) fn parse_error(error: &ParseErrorType) -> Text {
    match error {
        ParseErrorType::UnexpectedEOF => {
            Text::new("脚本不完整：到文件末尾还缺 } 或 )", "the script is incomplete: a } or ) is missing at the end")
        }
        ParseErrorType::BadInput(error) => bad_input(error),
        ParseErrorType::UnknownOperator(sign) | ParseErrorType::Reserved(sign) => unavailable(sign),
        ParseErrorType::MissingToken(token, _) => say!("这里缺“{token}”", "`{token}` is missing here"),
        ParseErrorType::VariableUndefined(name) => {
            say!(
                "没有变量“{name}”：请先用 let 定义，或检查名称",
                "there is no variable `{name}`: define it with let, or check the name"
            )
        }
        ParseErrorType::FnDuplicatedDefinition(name, _) => {
            say!("函数“{name}”定义了两次", "the function `{name}` is defined twice")
        }
        ParseErrorType::FnDuplicatedParam(name, parameter) => say!(
            "函数“{name}”有两个参数都叫“{parameter}”",
            "two parameters of the function `{name}` are called `{parameter}`"
        ),
        ParseErrorType::AssignmentToConstant(name) => {
            say!("“{name}”是常量，不能改", "`{name}` is a constant and cannot be changed")
        }
        ParseErrorType::AssignmentToInvalidLHS(_) => {
            Text::new("等号左边要是一个变量", "the left side of = must be a variable")
        }
        ParseErrorType::WrongFnDefinition => {
            Text::new("函数不能定义在函数里面", "a function cannot be defined inside a function")
        }
        ParseErrorType::MismatchedType(wanted, _) if wanted.contains("boolean") => condition(),
        ParseErrorType::MismatchedType(wanted, _) if wanted.contains("iterable") => iterable(),
        ParseErrorType::ExprTooDeep => too_deep(),
        ParseErrorType::TooManyFunctions => {
            let most = limits::FUNCTIONS;
            say!("一个文件最多 {most} 个函数", "a file holds at most {most} functions")
        }
        ParseErrorType::LiteralTooLarge(..) => {
            Text::new("写在脚本里的文本、数组或映射太长", "a text, array or map written in the script is too long")
        }
        other => {
            let detail = other.to_string();
            say!("这里看不懂（{detail}）", "this cannot be read ({detail})")
        }
    }
}

fn too_deep() -> Text {
    let (outside, inside) = (limits::EXPRESSION_DEPTH, limits::FUNCTION_EXPRESSION_DEPTH);
    say!(
        "算式或括号嵌套太深（函数里最多 {inside} 层，函数外最多 {outside} 层），请分成几步写",
        "expressions are nested too deep (at most {inside} levels in a function, {outside} outside): take several steps"
    )
}

fn condition() -> Text {
    Text::new(
        "条件要是 true 或 false；可能没有值的，请先用 有值(x) 判断",
        "a condition is true or false; ask has_value(x) first where a value may be missing",
    )
}

fn iterable() -> Text {
    Text::new("for 后面要是表、数组或范围", "for goes over a table, an array or a range")
}

fn bad_input(error: &LexError) -> Text {
    let full_width = |c: char| ('\u{ff01}'..='\u{ff5e}').contains(&c) || "“”‘’。、《》".contains(c);
    match error {
        LexError::UnexpectedInput(input) if input.chars().any(full_width) => {
            say!("脚本里的标点要用半角，这里是“{input}”", "punctuation in scripts is half-width; here stands `{input}`")
        }
        LexError::UnexpectedInput(input) => {
            let input = visible(input);
            say!("这里不能有“{input}”", "`{input}` cannot stand here")
        }
        LexError::UnterminatedString => {
            Text::new("文本没有结束：缺后面的引号 \"", "the text does not end: its closing quote \" is missing")
        }
        LexError::StringTooLong(_) => Text::new("文本或名称太长", "a text or name is too long"),
        LexError::MalformedNumber(number) => say!("“{number}”不是数", "`{number}` is not a number"),
        LexError::ImproperSymbol(sign, _) if !sign.is_empty() => unavailable(sign),
        other => {
            let detail = other.to_string();
            say!("这里看不懂（{detail}）", "this cannot be read ({detail})")
        }
    }
}

fn unavailable(sign: &str) -> Text {
    say!("脚本里不能用“{sign}”", "scripts cannot use `{sign}`")
}

// ---- running ----

pub(crate) fn not_loaded() -> Text {
    Text::new(
        "脚本没有载入：文件不在规则包里，或有错误",
        "the script was not loaded: its file is not in the pack, or has errors",
    )
}

pub(crate) fn crashed() -> Text {
    Text::new("脚本引擎出错，停止运行", "the script engine failed and was stopped")
}

pub(crate) fn memory_unknown() -> Text {
    Text::new(
        "这个系统不说进程占了多少内存，管不住脚本，所以不运行",
        "this system does not say how much memory a process takes, so scripts cannot be bounded and are not run",
    )
}

pub(crate) fn name_too_long() -> Text {
    let most = limits::NAME_BYTES;
    say!("映射里的名超过 {most} 字节", "a name in a map has more than {most} bytes")
}

pub(crate) fn files_too_long() -> Text {
    let most = limits::ALL_FILES_BYTES;
    say!("规则包的脚本合起来超过 {most} 字节", "the scripts of the pack come to more than {most} bytes")
}

pub(crate) fn argument(name: &str, reason: &Text) -> Text {
    let Text { zh, en } = reason;
    say!("参数“{name}”：{zh}", "parameter `{name}`: {en}")
}

pub(crate) fn cell(row: i64, column: &str, reason: &Text) -> Text {
    let Text { zh, en } = reason;
    say!("第{row}行“{column}”：{zh}", "row {row}, `{column}`: {en}")
}

/// `ends` tells a decimal that is merely too long from a fraction that never ends.
pub(crate) fn not_a_decimal(ends: bool) -> Text {
    if ends {
        return Text::new(
            "超过 28 位数字：请在规则里先取舍，如“，保留2位”",
            "more than 28 digits: round it in the rule first, as in `, round 2`",
        );
    }
    Text::new(
        "是除不尽的数：请在规则里先取舍，如“，保留4位”",
        "a fraction that never ends: round it in the rule first, as in `, round 4`",
    )
}

pub(crate) fn rows_without_cells() -> Text {
    Text::new("表不能这样交给脚本", "a table cannot be handed to a script in this way")
}

pub(crate) fn no_column(column: &str, columns: &[&str]) -> Text {
    let (zh, en) = (columns.join("、"), columns.join(", "));
    say!("表里没有“{column}”这一列，只有：{zh}", "the table has no column `{column}`, only: {en}")
}

pub(crate) fn no_row(index: i64, rows: usize) -> Text {
    say!(
        "表有 {rows} 行，取不到下标 {index}（从 0 数）",
        "the table has {rows} rows; there is no index {index} (from 0)"
    )
}

pub(crate) fn needs(wanted: &Text, found: &Text) -> Text {
    let ((zh, zh2), (en, en2)) = ((&wanted.zh, &found.zh), (&wanted.en, &found.en));
    say!("这里要“{zh}”，得到的是“{zh2}”", "{en} is needed here, not {en2}")
}

pub(crate) fn operands(sign: &str, a: &Text, b: Option<&Text>) -> Text {
    match b {
        Some(b) => {
            let ((x, y), (v, w)) = ((&a.zh, &b.zh), (&a.en, &b.en));
            say!("“{x}”与“{y}”之间不能用 {sign}", "`{sign}` does not go between {v} and {w}")
        }
        None => {
            let Text { zh, en } = a;
            say!("“{zh}”前面不能用 {sign}", "`{sign}` does not go before {en}")
        }
    }
}

pub(crate) fn division_by_zero() -> Text {
    Text::new("除数是 0：请先用 if 判断", "the divisor is nought: ask with if first")
}

pub(crate) fn empty_array() -> Text {
    Text::new("数组是空的，没有最大最小", "the array is empty: it has no largest or smallest")
}

pub(crate) fn no_capitals() -> Text {
    Text::new(
        "只有不小于 0、不超过两位小数的金额能写成大写：请先 舍入(数, 2)",
        "only amounts from 0 with at most two decimals are written in capitals: round(number, 2) first",
    )
}

pub(crate) fn no_calendar() -> Text {
    Text::new(
        "规则包没有写日历，数不出工作日：请在规则包里写 日历：cn",
        "the pack names no calendar, so working days cannot be counted: write calendar: cn in the pack",
    )
}

pub(crate) fn no_year(year: i16) -> Text {
    say!("日历没有 {year} 年", "the calendar does not hold the year {year}")
}

pub(crate) fn inexact_quotient() -> Text {
    Text::new(
        "除不尽：请写 商(甲, 乙, 位数)，或改用乘法比较",
        "the quotient never ends: write quotient(a, b, places), or compare by multiplying",
    )
}

pub(crate) fn too_many_digits() -> Text {
    Text::new(
        "结果超过 28 位数字：请用 舍入(数, 位数)",
        "the result has more than 28 digits: use round(number, places)",
    )
}

pub(crate) fn too_large() -> Text {
    Text::new("整数太大", "the whole number is too large")
}

pub(crate) fn no_such_date() -> Text {
    Text::new("没有这一天", "there is no such day")
}

pub(crate) fn places() -> Text {
    Text::new("位数要在 0 到 28 之间", "places lie between 0 and 28")
}

pub(crate) fn unknown_entry(key: &str, names: [&str; 2]) -> Text {
    let [zh, en] = names;
    say!("返回的映射里有“{key}”，只认 {zh} 和 说明", "the map returned has `{key}`; known are {en} and findings")
}

pub(crate) fn no_entry(names: [&str; 2]) -> Text {
    let [zh, en] = names;
    say!("返回的映射里没有 {zh}", "the map returned has no {en}")
}

pub(crate) fn findings(found: &Text) -> Text {
    let Text { zh, en } = found;
    say!(
        "说明要写成文本的数组，如 [\"第2行…\"]，这里是{zh}",
        "findings are an array of texts, as in [\"row 2 …\"]; this is {en}"
    )
}

pub(crate) fn wrong_result(wanted: &Text, found: &Text, check: bool) -> Text {
    let ((zh, zh2), (en, en2)) = ((&wanted.zh, &found.zh), (&wanted.en, &found.en));
    if check {
        return say!(
            "检查要返回 true、false、文本的数组，或 #{{ 通过: …, 说明: […] }}，返回的是“{zh2}”",
            "a check returns true, false, an array of texts, or #{{ passes: …, findings: […] }}; this returned {en2}"
        );
    }
    say!(
        "规则文件声明的结果是“{zh}”，脚本返回的是“{zh2}”",
        "the rule file declares {en} as the result; the script returned {en2}"
    )
}

/// An error of the engine. Limits name their number.
pub(crate) fn run_error(error: &EvalAltResult) -> Text {
    if let Some(limit) = limit(error) {
        return limit;
    }
    match error {
        EvalAltResult::ErrorFunctionNotFound(signature, _) => {
            let name = signature.split([' ', '(']).next().unwrap_or("");
            say!("没有函数“{name}”，或参数不对", "there is no function `{name}`, or its arguments do not fit")
        }
        EvalAltResult::ErrorVariableNotFound(name, _) => say!("没有变量“{name}”", "there is no variable `{name}`"),
        EvalAltResult::ErrorPropertyNotFound(name, _) | EvalAltResult::ErrorDotExpr(name, _) => {
            let name = quoted(name);
            say!("这个值没有“{name}”", "this value has no `{name}`")
        }
        EvalAltResult::ErrorIndexNotFound(index, _) => {
            let index = show(index);
            say!("没有“{index}”", "there is no `{index}`")
        }
        EvalAltResult::ErrorArrayBounds(length, index, _) | EvalAltResult::ErrorStringBounds(length, index, _) => {
            say!(
                "只有 {length} 个，取不到下标 {index}（从 0 数）",
                "there are {length}; there is no index {index} (from 0)"
            )
        }
        EvalAltResult::ErrorIndexingType(..) => Text::new("这个值不能用下标取", "this value has no parts to index"),
        EvalAltResult::ErrorFor(_) => iterable(),
        EvalAltResult::ErrorMismatchDataType(wanted, _, _) if wanted == "bool" => condition(),
        EvalAltResult::ErrorRuntime(thrown, _) => {
            let thrown = show(thrown);
            say!("脚本报错：{thrown}", "the script reports: {thrown}")
        }
        other => {
            let detail = other.to_string();
            say!("运行出错（{detail}）", "it failed ({detail})")
        }
    }
}

fn limit(error: &EvalAltResult) -> Option<Text> {
    Some(match error {
        EvalAltResult::ErrorTooManyOperations(_) => {
            let most = limits::OPERATIONS;
            say!("超过 {most} 步，停止运行：请减少循环", "stopped after {most} steps: loop less")
        }
        EvalAltResult::ErrorTerminated(why, _) if why.is::<Greedy>() => {
            let most = limits::MEMORY_BYTES >> 20;
            say!(
                "占用内存超过 {most} MB，停止运行：请少留大的数组和文本",
                "stopped after taking {most} MB of memory: keep fewer large arrays and texts"
            )
        }
        EvalAltResult::ErrorTerminated(..) => {
            let most = limits::WALL_TIME.as_secs();
            say!("超过 {most} 秒，停止运行：请减少循环", "stopped after {most} seconds: loop less")
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            let most = limits::CALL_LEVELS;
            say!("函数互相调用超过 {most} 层", "functions call each other more than {most} levels deep")
        }
        EvalAltResult::ErrorTooManyVariables(_) => {
            let most = limits::VARIABLES;
            say!("变量超过 {most} 个", "there are more than {most} variables")
        }
        EvalAltResult::ErrorTooManyModules(_) => unavailable("import"),
        EvalAltResult::ErrorDataTooLarge(what, _) => {
            let (strings, arrays, maps) = (limits::STRING_BYTES, limits::ARRAY_ELEMENTS, limits::MAP_ENTRIES);
            match what.as_str() {
                what if what.contains("string") => {
                    say!("文本合起来超过 {strings} 字节", "texts come to more than {strings} bytes")
                }
                what if what.contains("map") => say!("映射超过 {maps} 项", "a map has more than {maps} entries"),
                _ => say!("数组超过 {arrays} 项", "an array has more than {arrays} elements"),
            }
        }
        _ => return None,
    })
}

/// The first name in quotes, or the whole text.
fn quoted(text: &str) -> &str {
    text.split('\'').nth(1).unwrap_or(text)
}
