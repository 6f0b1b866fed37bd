//! Every word this crate says about a document, in Chinese and English side by side. A note is the
//! arithmetic, a help the suggestion.

use std::ops::Range;

use heng_diag::{Diagnostic, Severity, Text};
use heng_model::{Number, Rounding};
use jiff::civil::Date;

use crate::{
    figure::{Figure, shown},
    graph::{Graph, TableCell},
    vocabulary::Limit,
};

/// A finding with its place, its words and what to do.
fn finding(graph: &Graph, code: &'static str, severity: Severity, at: &Range<usize>, title: Text) -> Diagnostic {
    Diagnostic::at(code, severity, graph.span(at), title)
}

fn must(
    graph: &Graph,
    code: &'static str,
    at: &Range<usize>,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    finding(graph, code, Severity::Error, at, Text::new(zh, en))
}

fn should(
    graph: &Graph,
    code: &'static str,
    at: &Range<usize>,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    finding(graph, code, Severity::Warning, at, Text::new(zh, en))
}

fn also(found: Diagnostic, graph: &Graph, at: &Range<usize>, zh: &str, en: &str) -> Diagnostic {
    found.other(graph.span(at), Text::new(zh, en))
}

fn text(number: &Number) -> String {
    shown(number, &Number::ONE, 6)
}

fn in_unit(number: &Number, figure: &Figure) -> String {
    format!("{}{}", shown(number, &figure.unit, 6), figure.unit_word)
}

fn addition(parts: &[&Figure], total: &Number, figure: &Figure) -> String {
    let terms: Vec<String> = parts.iter().map(|part| shown(&part.value, &figure.unit, 6)).collect();
    format!("{} = {}", terms.join(" + "), in_unit(total, figure))
}

pub(crate) fn total(graph: &Graph, total: &Figure, parts: &[&Figure], sum: &Number, slack: &Number) -> Diagnostic {
    let (said, came) = (&total.printed, in_unit(sum, total));
    let gap = in_unit(&(sum - &total.value), total);
    let slack = in_unit(slack, total);
    let found = must(
        graph,
        "audit/total",
        &total.span,
        format!("各项相加是 {came}，不是 {said}"),
        format!("the parts come to {came}, not {said}"),
    );
    let found = parts.iter().fold(found, |found, part| also(found, graph, &part.span, "", ""));
    let sum = addition(parts, sum, total);
    found
        .note(Text::new(
            format!("{sum}；差 {gap}，四舍五入最多能差 {slack}"),
            format!("{sum}; off by {gap}, rounding explains at most {slack}"),
        ))
        .help(Text::new("对照账表，改总数或改分项", "compare with the accounts; mend the total or a part"))
}

pub(crate) fn rounding(graph: &Graph, total: &Figure, parts: &[&Figure], sum: &Number, slack: &Number) -> Diagnostic {
    let gap = in_unit(&(sum - &total.value), total);
    let title = Text::new(
        format!("分项与总数差 {gap}，四舍五入可以解释"),
        format!("parts and total differ by {gap}, which rounding explains"),
    );
    let sum = addition(parts, sum, total);
    let slack = in_unit(slack, total);
    finding(graph, "audit/rounding", Severity::Hint, &total.span, title)
        .note(Text::new(format!("{sum}；容差 {slack}"), format!("{sum}; tolerance {slack}")))
}

pub(crate) fn table_total(graph: &Graph, total: &TableCell, parts: &[&TableCell]) -> Diagnostic {
    let sum = crate::graph::sum(parts.iter().filter_map(|cell| cell.value.as_ref()));
    let (said, came) = (&total.text, text(&sum));
    let gap = text(&(&sum - total.value.as_ref().unwrap_or(&Number::ZERO)));
    let terms: Vec<&str> = parts.iter().map(|cell| cell.text.as_str()).collect();
    let terms = terms.join(" + ");
    must(
        graph,
        "audit/table-total",
        &total.span,
        format!("表里各项相加是 {came}，合计写的是 {said}"),
        format!("the entries of the table come to {came}, its total says {said}"),
    )
    .note(Text::new(format!("{terms} = {came}；差 {gap}"), format!("{terms} = {came}; off by {gap}")))
    .help(Text::new("对照原表，改合计或改其中一格", "compare with the source; mend the total or a cell"))
}

pub(crate) fn percent(graph: &Graph, part: &Figure, whole: &Figure, percent: &Figure) -> Diagnostic {
    let quotient = (&part.value * &Number::from(100)).checked_div(&whole.value).unwrap_or(Number::ZERO);
    let came = shown(&quotient, &Number::ONE, 2);
    let said = &percent.printed;
    let found = must(
        graph,
        "audit/percent",
        &percent.span,
        format!("算出来是 {came}%，写的是 {said}"),
        format!("it comes to {came}%, it says {said}"),
    );
    let found = also(found, graph, &part.span, "分子", "the part");
    let (part, base) = (&part.printed, &whole.printed);
    also(found, graph, &whole.span, "分母", "the whole")
        .note(Text::new(format!("{part} ÷ {base} = {came}%"), format!("{part} ÷ {base} = {came}%")))
        .help(Text::new("改百分比，或核对两个金额", "mend the percentage, or check the two amounts"))
}

pub(crate) fn direction(graph: &Graph, change: &Figure, percent: &Figure, one: &str, other: &str) -> Diagnostic {
    let found = must(
        graph,
        "audit/direction",
        &change.span,
        format!("金额说“{one}”，百分比说“{other}”"),
        format!("the amount says “{one}”, the percentage “{other}”"),
    );
    also(found, graph, &percent.span, "", "").help(Text::new("核对是增加还是减少", "check which of the two it is"))
}

pub(crate) fn change(
    graph: &Graph,
    now: &Figure,
    past: &Figure,
    said: &Figure,
    came: &Number,
    slack: &Number,
) -> Diagnostic {
    let came = in_unit(came, now);
    let found = must(
        graph,
        "audit/change",
        &said.span,
        format!("两年相差 {came}，写的是 {}", said.printed),
        format!("the years differ by {came}, it says {}", said.printed),
    );
    let slack = in_unit(slack, now);
    let note = format!("{} − {} = {came}", now.printed, past.printed);
    let found = also(found, graph, &now.span, "今年", "this year");
    also(found, graph, &past.span, "上年", "the year before")
        .note(Text::new(format!("{note}；容差 {slack}"), format!("{note}; tolerance {slack}")))
        .help(Text::new("核对增减额和两年的金额", "check the change and the two amounts"))
}

pub(crate) fn growth(graph: &Graph, now: &Figure, said: &Figure, amount: &Number, past: &Number) -> Diagnostic {
    let rate = (amount * &Number::from(100)).checked_div(past).unwrap_or(Number::ZERO);
    let came = shown(&rate, &Number::ONE, 2);
    let found = must(
        graph,
        "audit/growth",
        &said.span,
        format!("增减幅度算出来是 {came}%，写的是 {}", said.printed),
        format!("the change comes to {came}%, it says {}", said.printed),
    );
    let note = format!("{} ÷ {} = {came}%", in_unit(amount, now), in_unit(past, now));
    also(found, graph, &now.span, "今年", "this year")
        .note(Text::new(format!("变动额 ÷ 上年数：{note}"), format!("change over the year before: {note}")))
        .help(Text::new("改百分比，或核对金额", "mend the percentage, or check the amounts"))
}

pub(crate) fn two_values(graph: &Graph, first: &Figure, second: &Figure) -> Diagnostic {
    let label = &second.label;
    let (a, b) = (&first.printed, &second.printed);
    let found = must(
        graph,
        "audit/two-values",
        &second.span,
        format!("“{label}”这里是 {b}，前面是 {a}"),
        format!("“{label}” is {b} here and {a} before"),
    );
    also(found, graph, &first.span, "前面", "before")
        .note(Text::new(
            format!("相差 {}", in_unit(&(&second.value - &first.value), first)),
            format!("they differ by {}", in_unit(&(&second.value - &first.value), first)),
        ))
        .help(Text::new(
            "核对哪一个对；若口径不同，写明口径",
            "check which is right; if they measure different things, say so",
        ))
}

pub(crate) fn staff_in_table(graph: &Graph, posts: &TableCell, staff: &TableCell) -> Diagnostic {
    let found = should(
        graph,
        "audit/staff",
        &staff.span,
        format!("在职 {} 人，编制 {} 名", staff.text, posts.text),
        format!("{} staff in {} posts", staff.text, posts.text),
    );
    also(found, graph, &posts.span, "编制", "the posts")
        .help(Text::new("核对人数；确实超编的写明原因", "check the numbers; explain staff beyond the posts"))
}

pub(crate) fn swapped(graph: &Graph, first: &Figure, second: &Figure) -> Diagnostic {
    let (a, b) = (&first.printed, &second.printed);
    let found = should(
        graph,
        "audit/two-values",
        &second.span,
        format!("这里是 {b}，前面是 {a}，只差两个数字的先后"),
        format!("{b} here and {a} before differ only in the order of two digits"),
    );
    also(found, graph, &first.span, "前面", "before").help(Text::new(
        "是同一个数的，核对哪一个对；不是的，不用改",
        "if they are one figure, check which is right; if not, leave them",
    ))
}

pub(crate) fn column_in_table(
    graph: &Graph,
    code: &'static str,
    cell: &TableCell,
    of: [&TableCell; 2],
    sum: &str,
    came: &str,
) -> Diagnostic {
    let said = &cell.text;
    let found = must(
        graph,
        code,
        &cell.span,
        format!("按这一列别的行的算法是 {came}，写的是 {said}"),
        format!("computed as in the other rows of this column it comes to {came}, it says {said}"),
    );
    of.iter()
        .fold(found, |found, cell| also(found, graph, &cell.span, "", ""))
        .note(Text::same(format!("{sum} = {came}")))
        .help(Text::new("改这一格，或核对同一行的数", "mend this cell, or check the others of its row"))
}

pub(crate) fn reckoned(graph: &Graph, said: &Figure, terms: &[(bool, &Figure)], came: &Number) -> Diagnostic {
    let sum: String = terms.iter().fold(String::new(), |sum, (plus, figure)| {
        let sign = match (sum.is_empty(), plus) {
            (true, _) => "",
            (false, true) => " + ",
            (false, false) => " − ",
        };
        format!("{sum}{sign}{}", figure.printed)
    });
    let came = in_unit(came, said);
    let found = must(
        graph,
        "audit/balance",
        &said.span,
        format!("加减下来是 {came}，写的是 {}", said.printed),
        format!("what came and went leaves {came}, it says {}", said.printed),
    );
    terms
        .iter()
        .fold(found, |found, (_, figure)| also(found, graph, &figure.span, "", ""))
        .note(Text::same(format!("{sum} = {came}")))
        .help(Text::new("核对这几个数", "check these figures"))
}

pub(crate) fn foreign(graph: &Graph, at: &Range<usize>, said: &str) -> Diagnostic {
    should(
        graph,
        "audit/other-unit",
        at,
        format!("做自评的是“{said}”，标题和别处都没有它"),
        format!("“{said}” did the evaluation here; neither the title nor any other place names it"),
    )
    .help(Text::new("看这一段是不是从别的单位抄来", "check whether the passage comes from another unit"))
}

pub(crate) fn text_and_table(graph: &Graph, figure: &Figure, cell: &TableCell) -> Diagnostic {
    let label = &figure.label;
    let (a, b) = (&figure.printed, &cell.text);
    let found = must(
        graph,
        "audit/text-and-table",
        &figure.span,
        format!("“{label}”文中是 {a}，表里是 {b}"),
        format!("“{label}” is {a} in the text and {b} in the table"),
    );
    also(found, graph, &cell.span, "表里", "in the table")
        .help(Text::new("核对哪一个对，注意单位", "check which is right, and the units"))
}

pub(crate) fn balance(graph: &Graph, figures: [&Figure; 4], came: &Number, slack: &Number) -> Diagnostic {
    let [opening, income, spending, closing] = figures;
    let came = in_unit(came, closing);
    let sum = format!("{} + {} − {} = {came}", opening.printed, income.printed, spending.printed);
    let slack = in_unit(slack, closing);
    let found = must(
        graph,
        "audit/balance",
        &closing.span,
        format!("结转算出来是 {came}，写的是 {}", closing.printed),
        format!("the balance comes to {came}, it says {}", closing.printed),
    );
    [opening, income, spending]
        .iter()
        .fold(found, |found, figure| also(found, graph, &figure.span, "", ""))
        .note(Text::new(format!("{sum}；容差 {slack}"), format!("{sum}; tolerance {slack}")))
        .help(Text::new("核对四个数；有结余分配的要写出来", "check the four figures; say what was distributed"))
}

pub(crate) fn praise(
    graph: &Graph,
    budget: &Figure,
    spent: &Figure,
    percent: &Number,
    claims: &[Range<usize>],
) -> Diagnostic {
    let rate = percent.fixed(1, Rounding::HalfUp);
    let found = should(
        graph,
        "audit/budget-claim",
        &spent.span,
        format!("支出是年初预算的 {rate}%，文中却说预算编得好、控制得好"),
        format!("spending is {rate}% of the initial budget, yet budgeting is called sound"),
    );
    let found = also(found, graph, &budget.span, "年初预算", "the initial budget");
    let (spent, budget) = (&spent.printed, &budget.printed);
    claims
        .iter()
        .fold(found, |found, claim| also(found, graph, claim, "这样说", "so it says"))
        .note(Text::new(format!("{spent} ÷ {budget} = {rate}%"), format!("{spent} ÷ {budget} = {rate}%")))
        .help(Text::new(
            "说明追加、调整的来源和原因，或改评价的话",
            "explain what was added during the year, or mend the words",
        ))
}

pub(crate) fn over_budget(graph: &Graph, planned: &Figure, used: &Figure) -> Diagnostic {
    let found = must(
        graph,
        "audit/over-budget",
        &used.span,
        format!("说没有超过预算，但 {} 大于 {}", used.printed, planned.printed),
        format!("said to be within the budget, but {} exceeds {}", used.printed, planned.printed),
    );
    also(found, graph, &planned.span, "预算", "the budget")
        .help(Text::new("核对两个数，或改结论", "check the two figures, or mend the conclusion"))
}

pub(crate) fn staff(graph: &Graph, posts: &Figure, staff: &Figure) -> Diagnostic {
    let found = should(
        graph,
        "audit/staff",
        &staff.span,
        format!("在职 {} 超过编制 {}", staff.printed, posts.printed),
        format!("{} in post, more than the {} posts", staff.printed, posts.printed),
    );
    also(found, graph, &posts.span, "编制", "posts")
        .help(Text::new("核对人数；确实超编的写明原因", "check the numbers; explain staff beyond the posts"))
}

pub(crate) fn count(graph: &Graph, at: &Range<usize>, list: &Range<usize>, said: usize, listed: usize) -> Diagnostic {
    let found = should(
        graph,
        "audit/count",
        at,
        format!("说有 {said} 个，列了 {listed} 个"),
        format!("said to be {said}, but {listed} are listed"),
    );
    also(found, graph, list, "", "")
        .help(Text::new("数一遍，改数字或补名称", "count them; mend the number or the list"))
}

pub(crate) fn no_ledger(graph: &Graph, score: &Figure, lost: &Number) -> Diagnostic {
    let (said, lost) = (&score.printed, text(lost));
    should(
        graph,
        "audit/score-ledger",
        &score.span,
        format!("自评 {said}，扣了 {lost} 分，但文中没有一处说扣在哪里"),
        format!("the self-score is {said}; no deduction explains the {lost} points that are lost"),
    )
    .help(Text::new("逐项写出扣分的指标、分数和原因", "list indicator, points and reason of each deduction"))
}

pub(crate) fn ledger(graph: &Graph, score: &Figure, lost: &Number, taken: &[&Figure], sum: &Number) -> Diagnostic {
    let (lost, came) = (text(lost), text(sum));
    let found = must(
        graph,
        "audit/score-sum",
        &score.span,
        format!("得 {}，应扣 {lost} 分，列出的扣分合计 {came} 分", score.printed),
        format!("a score of {} means {lost} points lost; those listed come to {came}", score.printed),
    );
    let terms: Vec<String> = taken.iter().map(|figure| text(&figure.value)).collect();
    let terms = terms.join(" + ");
    taken
        .iter()
        .fold(found, |found, figure| also(found, graph, &figure.span, "", ""))
        .note(Text::new(format!("{terms} = {came}"), format!("{terms} = {came}")))
        .help(Text::new("补上漏写的扣分，或改得分", "add the deduction that is missing, or mend the score"))
}

pub(crate) fn above(graph: &Graph, at: &Range<usize>, score: &Number, most: &Number) -> Diagnostic {
    let (score, most) = (text(score), text(most));
    must(
        graph,
        "audit/score-above",
        at,
        format!("得分 {score} 高于满分 {most}"),
        format!("a score of {score} is above the full {most}"),
    )
    .help(Text::new("改得分或分值", "mend the score or the points"))
}

pub(crate) fn no_reason(graph: &Graph, cell: &TableCell, most: &Number, score: &Number) -> Diagnostic {
    let lost = text(&(most - score));
    should(
        graph,
        "audit/no-reason",
        &cell.span,
        format!("扣了 {lost} 分，没有写原因"),
        format!("{lost} points are lost without a reason"),
    )
    .help(Text::new("写明扣分原因", "give the reason"))
}

pub(crate) fn no_evidence(graph: &Graph, cell: &TableCell, score: &Number) -> Diagnostic {
    let score = text(score);
    should(
        graph,
        "audit/no-evidence",
        &cell.span,
        format!("得满分 {score}，没有写佐证"),
        format!("full marks of {score} without evidence"),
    )
    .help(Text::new("写明佐证材料", "name the evidence"))
}

pub(crate) fn target_met(graph: &Graph, cell: &TableCell, most: &Number, score: &Number, target: &str) -> Diagnostic {
    let lost = text(&(most - score));
    should(
        graph,
        "audit/target-met",
        &cell.span,
        format!("目标（{target}）完成了，却扣了 {lost} 分"),
        format!("the target ({target}) is met, yet {lost} points are lost"),
    )
    .help(Text::new("说明扣分原因，或改得分", "explain the deduction, or mend the score"))
}

pub(crate) fn repeated(graph: &Graph, first: &Range<usize>, second: &Range<usize>) -> Diagnostic {
    let found = should(
        graph,
        "audit/repeated",
        second,
        "这一段前面已经有了，一字不差",
        "this paragraph has stood before, word for word",
    );
    also(found, graph, first, "第一次", "first").help(Text::new(
        "看是不是粘贴错了，写这一节自己的内容",
        "check whether it was pasted by mistake; write what belongs here",
    ))
}

pub(crate) fn repeated_sentence(graph: &Graph, first: &Range<usize>, second: &Range<usize>) -> Diagnostic {
    let found = should(
        graph,
        "audit/repeated",
        second,
        "这句话在另一段里已经有了，一字不差",
        "this sentence has stood in another paragraph, word for word",
    );
    also(found, graph, first, "第一次", "first").help(Text::new(
        "看是不是粘贴错了，写这一节自己的内容",
        "check whether it was pasted by mistake; write what belongs here",
    ))
}

pub(crate) fn lost_numbers(graph: &Graph, lines: &[&crate::document::Block]) -> Option<Diagnostic> {
    let (first, rest) = lines.split_first()?;
    let count = lines.len();
    let found = should(
        graph,
        "audit/heading-number",
        &first.span,
        format!("{count} 个标题没有编号"),
        format!("{count} headings have lost their numbers"),
    );
    let found = rest.iter().fold(found, |found, block| also(found, graph, &block.span, "", ""));
    Some(found.help(Text::new("补上编号：一、（一）1.（1）", "number them: 一、（一）1.（1）")))
}

pub(crate) fn heading_jump(graph: &Graph, before: &Range<usize>, at: &Range<usize>) -> Diagnostic {
    let found =
        should(graph, "audit/heading-order", at, "标题编号接不上", "the number of this heading does not follow");
    also(found, graph, before, "前一个", "the one before")
        .help(Text::new("补上缺的标题，或改编号", "add the heading that is missing, or mend the number"))
}

pub(crate) fn misnamed(graph: &Graph, at: &Range<usize>, called: &Limit, meant: &Limit) -> Diagnostic {
    let (days, unit) = (meant.days, if meant.working { "个工作日" } else { "日" });
    let (act, other, most) = (&meant.act, &called.act, called.days);
    should(
        graph,
        "audit/limit-name",
        at,
        format!("{days}{unit}是“{act}”的期限，这里叫作“{other}”"),
        format!("{days} days is the limit of {act}, here called {other}"),
    )
    .note(Text::new(
        format!("{act}：{days}{unit}（{}）；{other}：{most}（{}）", meant.basis, called.basis),
        format!("{act}: {days} ({}); {other}: {most} ({})", meant.basis, called.basis),
    ))
    .help(Text::new("分开写这两件事和各自的期限", "write of the two acts and their limits apart"))
}

pub(crate) fn too_long(graph: &Graph, at: &Range<usize>, called: &Limit, days: i64) -> Diagnostic {
    let (act, most, basis) = (&called.act, called.days, &called.basis);
    should(
        graph,
        "audit/limit-length",
        at,
        format!("“{act}”的期限是 {most} 天，这里写 {days} 天"),
        format!("the limit of {act} is {most} days, here {days}"),
    )
    .note(Text::new(format!("依据：{basis}"), format!("basis: {basis}")))
    .help(Text::new("核对期限", "check the limit"))
}

pub(crate) fn beyond_limit(graph: &Graph, at: &Range<usize>, from: Date, to: Date, days: i64) -> Diagnostic {
    must(
        graph,
        "audit/limit-dates",
        at,
        format!("{from} 到 {to} 有 {days} 天，超过这里说的期限"),
        format!("{from} to {to} is {days} days, beyond the limit given"),
    )
    .help(Text::new("核对两个日期和期限", "check the dates and the limit"))
}

pub(crate) fn late(graph: &Graph, filed: &Range<usize>, due: &Range<usize>, on: Date, by: Date) -> Diagnostic {
    let found = should(
        graph,
        "audit/late",
        filed,
        format!("填报日期 {on} 晚于截止日期 {by}"),
        format!("filed on {on}, due by {by}"),
    );
    also(found, graph, due, "截止", "due")
        .help(Text::new("核对日期；确实晚了的写明原因", "check the dates; explain the delay"))
}

pub(crate) fn no_such_date(graph: &Graph, at: &Range<usize>) -> Diagnostic {
    must(graph, "audit/no-such-date", at, "没有这一天", "there is no such day")
        .help(Text::new("改日期", "mend the date"))
}

pub(crate) fn placeholder(graph: &Graph, at: &Range<usize>) -> Diagnostic {
    let said = graph.text(at.clone()).to_owned();
    must(
        graph,
        "audit/placeholder",
        at,
        format!("模板里的提示没有删：{said}"),
        format!("a hint of the template is still there: {said}"),
    )
    .help(Text::new("填上内容或删去", "fill it in or remove it"))
}

pub(crate) fn stale_year(graph: &Graph, at: &Range<usize>, said: i64, year: i64) -> Diagnostic {
    should(
        graph,
        "audit/stale-year",
        at,
        format!("评价的是 {year} 年，这里写 {said} 年"),
        format!("the report is about {year}, here it says {said}"),
    )
    .help(Text::new("看是不是从往年的报告抄来没有改", "check whether it was copied from an earlier report"))
}

pub(crate) fn other_unit(graph: &Graph, at: &Range<usize>, said: &str, most: &str) -> Diagnostic {
    should(
        graph,
        "audit/other-unit",
        at,
        format!("别处都自称“{most}”，这里是“{said}”"),
        format!("elsewhere the unit calls itself “{most}”, here “{said}”"),
    )
    .help(Text::new("看这一段是不是从别的单位抄来", "check whether the passage comes from another unit"))
}

pub(crate) fn superseded(graph: &Graph, at: &Range<usize>, by: &str) -> Diagnostic {
    should(graph, "audit/superseded", at, "引用的文件已被取代", "the document cited has been replaced")
        .help(Text::new(format!("改引{by}"), format!("cite {by}")))
}

pub(crate) fn average(graph: &Graph, total: &Figure, count: &Figure, said: &Figure, came: &Number) -> Diagnostic {
    let came = format!("{}{}", shown(came, &said.unit, 2), said.unit_word);
    let found = must(
        graph,
        "audit/average",
        &said.span,
        format!("平均下来是 {came}，写的是 {}", said.printed),
        format!("the average comes to {came}, it says {}", said.printed),
    );
    let found = also(found, graph, &total.span, "总数", "the total");
    let (total, number) = (&total.printed, &count.printed);
    also(found, graph, &count.span, "个数", "the number")
        .note(Text::same(format!("{total} ÷ {number} = {came}")))
        .help(Text::new("改平均数，或核对总数和个数", "mend the average, or check total and number"))
}

pub(crate) fn points_apart(graph: &Graph, a: &Figure, b: &Figure, said: &Figure, came: &Number) -> Diagnostic {
    let came = text(came);
    let found = must(
        graph,
        "audit/change",
        &said.span,
        format!("两个百分比相差 {came} 个百分点，写的是 {}", said.printed),
        format!("the percentages differ by {came} points, it says {}", said.printed),
    );
    let found = also(found, graph, &a.span, "", "");
    also(found, graph, &b.span, "", "")
        .note(Text::same(format!("{} − {} = {came}", b.printed, a.printed)))
        .help(Text::new("核对两个百分比和相差的数", "check the two percentages and what they differ by"))
}

pub(crate) fn grade(
    graph: &Graph,
    score: &Figure,
    at: &Range<usize>,
    low: &Number,
    high: Option<&Number>,
) -> Diagnostic {
    let said = graph.text(at.clone());
    let range = high.map_or_else(|| format!("{}—", text(low)), |high| format!("{}—{}", text(low), text(high)));
    let found = must(
        graph,
        "audit/grade",
        at,
        format!("得 {}，不在“{said}”的分数段里", score.printed),
        format!("a score of {} is not graded “{said}”", score.printed),
    );
    also(found, graph, &score.span, "得分", "the score")
        .note(Text::new(
            format!("“{said}”：{range} 分，下限含、上限不含"),
            format!("“{said}”: {range}, the upper end excluded"),
        ))
        .help(Text::new(
            "改等级或核对得分；另有分数段的写出来",
            "mend the grade or check the score; state other limits",
        ))
}

pub(crate) fn days_order(graph: &Graph, first: &Range<usize>, second: &Range<usize>, a: Date, b: Date) -> Diagnostic {
    let found = must(
        graph,
        "audit/date-order",
        second,
        format!("先后颠倒：前面是 {a}，这里是 {b}"),
        format!("out of order: {a} before, {b} here"),
    );
    also(found, graph, first, "前面", "before").help(Text::new("核对两个日期", "check the two days"))
}

pub(crate) fn claim(graph: &Graph, all: &Range<usize>, some: &Range<usize>) -> Diagnostic {
    let said = graph.text(some.clone()).to_owned();
    let found = should(
        graph,
        "audit/claim",
        all,
        format!("说全部完成，同一句里又说“{said}”"),
        format!("all is said to be done, and in the same sentence “{said}”"),
    );
    also(found, graph, some, "", "")
        .help(Text::new("改完成情况的话，或核对没有完成的", "mend the words, or check what is not done"))
}

pub(crate) fn group_points(
    graph: &Graph,
    cell: &TableCell,
    said: &Number,
    parts: &[&TableCell],
    came: &Number,
) -> Diagnostic {
    let terms: Vec<&str> = parts.iter().map(|part| part.text.trim()).collect();
    let (terms, said, came) = (terms.join(" + "), text(said), text(came));
    must(
        graph,
        "audit/table-total",
        &cell.span,
        format!("下面各项分值相加是 {came}，这里写的是 {said}"),
        format!("the points below come to {came}, here it says {said}"),
    )
    .note(Text::same(format!("{terms} = {came}")))
    .help(Text::new("核对分值", "check the points"))
}

pub(crate) fn sheet_score(graph: &Graph, said: &Figure, came: &Number) -> Diagnostic {
    let came = text(came);
    must(
        graph,
        "audit/score-sum",
        &said.span,
        format!("评分表各项得分相加是 {came}，这里写的是 {}", said.printed),
        format!("the scores of the sheet come to {came}, here it says {}", said.printed),
    )
    .help(Text::new("核对总分和各项得分", "check the total and the scores"))
}

pub(crate) fn text_and_sheet(
    graph: &Graph,
    at: &Range<usize>,
    cell: &TableCell,
    points: &Number,
    score: &Number,
) -> Diagnostic {
    let said = graph.text(at.clone()).to_owned();
    let (points, score) = (text(points), text(score));
    let found = must(
        graph,
        "audit/text-and-table",
        at,
        format!("文中写的是 {said} 分，评分表里分值 {points}、得分 {score}"),
        format!("the text says {said}, the sheet {score} of {points} points"),
    );
    also(found, graph, &cell.span, "表里", "in the table").help(Text::new("核对哪一个对", "check which is right"))
}

pub(crate) fn reckoned_out(graph: &Graph, at: &Range<usize>, sum: &str, came: &Number, percent: bool) -> Diagnostic {
    let sign = if percent { "%" } else { "" };
    let came = format!("{}{sign}", shown(came, &Number::ONE, if percent { 2 } else { 6 }));
    let said = format!("{}{sign}", graph.text(at.clone()));
    must(
        graph,
        "audit/formula",
        at,
        format!("算式的结果是 {came}，写的是 {said}"),
        format!("the sum comes to {came}, it says {said}"),
    )
    .note(Text::same(format!("{sum} = {came}")))
    .help(Text::new("改结果，或核对算式里的数", "mend the result, or check the figures of the sum"))
}

pub(crate) fn shares(graph: &Graph, parts: &[&Figure], came: &Number) -> Diagnostic {
    let came = text(came);
    let last = parts.last().map_or(0..0, |part| part.span.clone());
    let found = must(
        graph,
        "audit/percent",
        &last,
        format!("各项占比相加是 {came}%，不是 100%"),
        format!("the shares come to {came}%, not 100%"),
    );
    let terms: Vec<&str> = parts.iter().map(|part| part.printed.as_str()).collect();
    parts
        .iter()
        .rev()
        .skip(1)
        .fold(found, |found, part| also(found, graph, &part.span, "", ""))
        .note(Text::same(format!("{} = {came}%", terms.join(" + "))))
        .help(Text::new("核对各项占比", "check the shares"))
}

pub(crate) fn changed_row(
    graph: &Graph,
    said: &Figure,
    now: &TableCell,
    past: &TableCell,
    came: &Number,
    turned: bool,
) -> Diagnostic {
    let rate = shown(came, &Number::ONE, 2);
    let found = must(
        graph,
        if turned { "audit/direction" } else { "audit/growth" },
        &said.span,
        format!("按表里的数增减 {rate}%，这里写的是 {}", said.printed),
        format!("by the table the change is {rate}%, here it says {}", said.printed),
    );
    let found = also(found, graph, &now.span, "今年", "this year");
    let (now, before) = (&now.text, &past.text);
    also(found, graph, &past.span, "上年", "the year before")
        .note(Text::same(format!("（{now} − {before}） ÷ {before} = {rate}%")))
        .help(Text::new("核对是增是减、增减多少", "check which way it went and how far"))
}

pub(crate) fn deducted(graph: &Graph, at: &Range<usize>, most: &Number, got: &Number, came: &Number) -> Diagnostic {
    let (most, got, came) = (text(most), text(got), text(came));
    must(
        graph,
        "audit/score-sum",
        at,
        format!("分值 {most}，扣了以后是 {came}，写的是 {got}"),
        format!("{most} points less what was taken off leaves {came}, it says {got}"),
    )
    .help(Text::new("核对得分和扣的分", "check the score and what was taken off"))
}

pub(crate) fn target_missed(graph: &Graph, cell: &TableCell, target: &str, actual: &str) -> Diagnostic {
    should(
        graph,
        "audit/target-missed",
        &cell.span,
        format!("目标（{target}）没有达到（{actual}），却得了满分"),
        format!("the target ({target}) is missed ({actual}), yet full marks are given"),
    )
    .help(Text::new("核对完成值和得分", "check what was reached, and the score"))
}

pub(crate) fn after_signing(
    graph: &Graph,
    at: &Range<usize>,
    signed: &Range<usize>,
    day: Date,
    on: Date,
) -> Diagnostic {
    let found = should(
        graph,
        "audit/date-order",
        at,
        format!("报告 {on} 落款，这里的事 {day} 才发生"),
        format!("the report is signed on {on}, what it tells here is of {day}"),
    );
    also(found, graph, signed, "落款", "signed").help(Text::new("核对两个日期", "check the two days"))
}

pub(crate) fn unit(graph: &Graph, figure: &Figure, other: &Range<usize>) -> Diagnostic {
    let said = &figure.printed;
    let found = must(
        graph,
        "audit/unit",
        &figure.span,
        format!("{said} 的单位与别处不同，相差一万倍以上"),
        format!("{said} has another unit than elsewhere, ten thousand times as much"),
    );
    also(found, graph, other, "别处", "elsewhere").help(Text::new("核对单位是元还是万元", "check the unit"))
}
