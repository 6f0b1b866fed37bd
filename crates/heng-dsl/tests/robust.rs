//! Whatever is cut off, turned round, nested or made up, the compiler answers, soon, and does not
//! fall over.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::panic,
    reason = "tests say what they expect by failing, and show how long they took"
)]

use std::{
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use heng_diag::{Format, Lang, render_all};
use heng_dsl::{compile, dump_tree};
use proptest::prelude::*;

const PACK: &str = "规则包 例子 {\n    评价年度：2023\n}\n";

const SMALL: &str = "规则包 例子 {
    评价年度：2023
    缺报：停止
    等级 = 分档（总分，保留2位）{ ≥ 90分：优；其他：差 }
}
# 注释 {
一级指标 “三公”经费（含） 100分 {
    说明：文字 “引号” # 注释
    当 调整 = 0元 或 合同 为空：不适用
    须 存在（合同 凡 签订 在 中标 起 30天 内）：“没有”，否则 待核
    率 = 支出 ÷ 调整
    程度 = 评定 [60%, 80%)
    逐项 合同，均分 {
        分档 率 {
            (10%, 30%]：线性 满分 到 0分
            80%以上不满90%：满分，依据《甲法》第一条
            其他：扣分 从 5分 到 −1分 { 金额 超过 1,000元，每 100元：0.5分，按整 }
        }，不超过 满分，保留2位%
    }
}
方法 系数（率：比率；类：选项 自 合同.类）：比率 [0%, 100%]，脚本 a.rhai
参数 { 上限 = 2个工作日，依据“某文”，复核 2024年1月31日 }
数据 {
    调整：金额 ≥ 0元，可缺，缺报视为不符合
    支出：金额
    合同：表，至少 1项 { 签订：日期；中标：日期；金额：金额；类：选项 {甲, 乙}，键 }
}
";

const LARGE: &str = include_str!("../../../rules/guangdong-dept-overall/2023.heng");

/// Compiles a text, prints its tree and its findings.
fn read(text: &str) -> usize {
    let compiled = compile(&[("test.heng".to_owned(), text.to_owned())]);
    let (tree, _) = dump_tree(text);
    let few = &compiled.diagnostics[..compiled.diagnostics.len().min(3)];
    for lang in [Lang::Zh, Lang::En] {
        let shown = render_all(few, &compiled.sources, lang, Format::Text { color: false, width: 100 });
        assert!(few.is_empty() || !shown.is_empty());
    }
    assert!(
        compiled.program.is_some() || compiled.diagnostics.iter().any(heng_diag::Diagnostic::is_error),
        "no program and no reason"
    );
    tree.len() + compiled.diagnostics.len()
}

/// Reads a text on a thread of its own, which must come to an end.
fn ends(what: &str, text: String) {
    let (sender, receiver) = mpsc::channel();
    let begun = Instant::now();
    let work = thread::spawn(move || sender.send(read(&text)));
    match receiver.recv_timeout(Duration::from_secs(100)) {
        Ok(_) => println!("{what}: {:?}", begun.elapsed()),
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{what}: does not come to an end"),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{what}: {:?}", work.join()),
    }
}

#[test]
fn every_prefix_of_a_small_file() {
    for (at, _) in SMALL.char_indices() {
        read(&SMALL[..at]);
    }
    for (at, _) in SMALL.char_indices() {
        read(&SMALL[at..]);
    }
}

#[test]
fn many_prefixes_of_a_whole_pack() {
    let begun = Instant::now();
    let threads = 4;
    thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || {
                for at in (37 * first..LARGE.len()).step_by(37 * threads) {
                    let text = LARGE[..LARGE.floor_char_boundary(at)].to_owned();
                    let _ = compile(&[("test.heng".to_owned(), text)]);
                }
            });
        }
    });
    println!("prefixes: {:?}", begun.elapsed());
}

#[test]
fn every_line_left_out_or_doubled() {
    let lines: Vec<&str> = SMALL.lines().collect();
    for index in 0..lines.len() {
        let without: Vec<&str> =
            lines.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, line)| *line).collect();
        read(&without.join("\n"));
        let doubled: Vec<&str> =
            lines.iter().enumerate().flat_map(|(at, line)| vec![*line; 1 + usize::from(at == index)]).collect();
        read(&doubled.join("\r\n"));
    }
}

#[test]
fn brackets_nest_without_end() {
    let many = 10_000;
    ends("( on one line", format!("{PACK}一级指标 甲 100分 {{\n得分 = {}1分\n}}\n", "(".repeat(many)));
    ends(
        "( ) on one line",
        format!("{PACK}一级指标 甲 100分 {{\n得分 = {}1分{}\n}}\n", "（".repeat(many), "）".repeat(many)),
    );
    ends("( on lines", format!("{PACK}一级指标 甲 100分 {{\n得分 = {}1分\n}}\n", "(\n".repeat(many)));
    ends("[ on lines", format!("{PACK}一级指标 甲 100分 {{\n{}\n}}\n", "当 x 在 [\n".repeat(many)));
    ends("{ on one line", format!("{PACK}{}", "{".repeat(many)));
    ends("{ on lines", format!("{PACK}{}", "{\n".repeat(many)));
    ends("{ } on lines", format!("{PACK}{}{}", "{\n".repeat(many), "}\n".repeat(many)));
    ends("blocks", format!("{PACK}{}", "指标 甲 1分 {\n".repeat(many)));
    ends("bands", format!("{PACK}一级指标 甲 100分 {{\n{}\n}}\n", "分档 {\n".repeat(many)));
    ends("calls", format!("{PACK}一级指标 甲 100分 {{\n得分 = {}\n}}\n", "取大（".repeat(many)));
    ends("closing braces", format!("{PACK}{}", "}\n".repeat(many)));
}

#[test]
fn the_deepest_that_is_allowed() {
    let deep = 60;
    ends("(", format!("{PACK}一级指标 甲 100分 {{\n得分 = {}1分{}\n}}\n", "（".repeat(deep), "）".repeat(deep)));
    ends(
        "calls",
        format!("{PACK}一级指标 甲 100分 {{\n得分 = {}1分{}\n}}\n", "绝对值（".repeat(deep), "）".repeat(deep)),
    );
    ends("blocks", format!("{PACK}{}待编{}", "指标 甲 100分 {\n".repeat(deep), "}\n".repeat(deep)));
    let bands = "其他：分档 {\n".repeat(deep);
    ends("bands", format!("{PACK}一级指标 甲 100分 {{\n分档 {{\n{bands}其他：0分\n{}}}\n}}\n", "}\n".repeat(deep)));
    let each = "逐项 表项，均分 {\n".repeat(deep);
    ends(
        "each",
        format!(
            "{PACK}一级指标 甲 100分 {{\n{each}得分 = 满分\n{}}}\n数据 {{ 表项：表 {{ 名：文本 }} }}\n",
            "}\n".repeat(deep)
        ),
    );
    let mixed = "分档 （（（分档 {\n其他：".repeat(20);
    ends("mixed", format!("{PACK}一级指标 甲 100分 {{\n{mixed}1分\n{}\n}}\n", "}）））{ 其他：1分 }\n".repeat(20)));
}

/// Each of these would take twice as long with each level if anything were read twice.
#[test]
fn nesting_costs_no_more_than_its_length() {
    let deep = 30;
    let nested = |open: &str, close: &str| {
        format!("{PACK}一级指标 甲 100分 {{\n{}x\n{}}}\n", open.repeat(deep), close.repeat(deep))
    };
    ends("garbage behind braces", nested("{ x\n", "} garbage\n"));
    ends("cases without a colon", nested("当 逐项 x，均分 {\n", "}\n"));
    ends("cases without a result", nested("当 逐项 x，均分 {\n", "}：\n"));
    ends("rows without a colon", nested("分档 {\n", "}\n"));
    ends("rows without a value", nested("分档 x {\n", "}：\n"));
    ends("rows that are blocks", nested("分档 x {\n", "}：1分\n"));
    ends("rows in brackets", nested("（分档 x {\n", "}）：1分\n"));
    ends("rows in pairs", nested("（分档 x {\n", "}，1）：1分\n"));
    ends("in", nested("当 x 在 （", "）"));
    ends("in in brackets", nested("当 x 在 （（", "），1 2）"));
    ends("periods", nested("x 在 （", " 起 1天 内）"));
    ends("calls without an end", nested("合计（x，", ""));
    ends("intervals", nested("x 在 [（", "），1"));
    ends("limits in intervals", nested("当 x 在 （（", "），不超过 1，1）"));
    ends("tables", nested("甲：表 {\n", "} 乙\n"));
    ends("headlines", nested("三级指标甲 {\n", "} 乙\n"));
    ends("definitions", nested("甲 = 分档 {\n其他：", "} 1\n"));
    ends("demands", nested("须 分档 {\n其他：", "}，否则\n"));
    ends("data", format!("{PACK}数据 {{\n{}x\n{}}}\n", "甲 {\n".repeat(deep), "} 乙\n".repeat(deep)));
    ends(
        "methods",
        format!("{PACK}方法 甲（x）{{\n{}x\n{}}}\n", "逐项 x，均分 {\n".repeat(deep), "}：\n".repeat(deep)),
    );
}

#[test]
fn long_lines_and_long_expressions() {
    let million = 1_000_000;
    let in_indicator = |line: &str| format!("{PACK}一级指标 甲 100分 {{\n{line}\n}}\n");
    ends("a name", in_indicator(&format!("得分 = {}", "甲".repeat(million / 3))));
    ends("two names", in_indicator(&format!("{} = 1分\n得分 = {}乙", "甲".repeat(100_000), "甲".repeat(100_000))));
    ends("a number", in_indicator(&format!("得分 = {}分", "9".repeat(20_000))));
    ends("decimals", in_indicator(&format!("得分 = 0.{}分", "3".repeat(20_000))));
    ends("a sum", in_indicator(&format!("得分 = 1分{}", " + 1分".repeat(20_000))));
    ends("signs", in_indicator(&format!("得分 = {}1分", "−".repeat(20_000))));
    ends("not", in_indicator(&format!("当 {}是：1分", "非 ".repeat(20_000))));
    ends("powers", in_indicator(&format!("得分 = 1{}", "^1".repeat(20_000))));
    ends("members", in_indicator(&format!("得分 = 甲{}", ".乙".repeat(20_000))));
    ends("tails", in_indicator(&format!("得分 = 1分{}", "，不超过 1分".repeat(20_000))));
    ends("and", in_indicator(&format!("当 是{}：1分", " 且 是".repeat(20_000))));
    ends("a text", in_indicator(&format!("说明：{}", "文字。".repeat(100_000))));
    ends("a comment", in_indicator(&format!("# {}", "{ } “ ; ".repeat(100_000))));
    ends("a headline", format!("{PACK}一级指标 {} 100分 {{ 待编 }}", "甲（".repeat(100_000)));
    ends("a bad line", in_indicator(&format!("? {}", "甲 乙 ".repeat(100_000))));
    ends("semicolons", in_indicator(&"；".repeat(million / 3)));
    ends("blanks", in_indicator(&" ".repeat(million)));
    ends("quotes", in_indicator(&"“".repeat(100_000)));
    ends("one quote a line", in_indicator(&"「\n".repeat(20_000)));
    ends("alternatives", in_indicator(&format!("分档 1 {{\n1{}：1分\n}}", "、1".repeat(20_000))));
    ends("subjects", in_indicator(&format!("分档 1{} {{\n1：1分\n}}", "，1".repeat(20_000))));
    ends("arguments", in_indicator(&format!("得分 = 取大（1分{}）", "，1分".repeat(20_000))));
    ends("words without blanks", in_indicator(&format!("当{}：1分", "甲且乙或非".repeat(20_000))));
}

#[test]
fn definitions_in_a_chain() {
    let chain = |count: usize, term: &dyn Fn(usize) -> String, last: &str| {
        let lines: String = (0..count).map(|index| format!("甲{index} = {}\n", term(index))).collect();
        format!("{PACK}一级指标 甲 100分 {{\n{lines}甲{count} = {last}\n得分 = 甲0\n}}\n")
    };
    ends("a long one", chain(3_000, &|index| format!("甲{} + 1分", index + 1), "1分"));
    ends("doubled", chain(60, &|index| format!("甲{0} + 甲{0}", index + 1), "1分"));
    ends("squared", chain(60, &|index| format!("甲{0} × 甲{0}", index + 1), "1.01"));
    ends("compared", chain(60, &|index| format!("取大（甲{0}，甲{0}）", index + 1), "1分"));
    ends("divided", chain(60, &|index| format!("甲{0} ÷ （甲{0} + 甲{0}）", index + 1), "1分"));
    let back: String = (1..3_000).map(|index| format!("甲{index} = 甲{} + 1分\n", index - 1)).collect();
    ends("from the front", format!("{PACK}一级指标 甲 100分 {{\n甲0 = 1分\n{back}得分 = 甲2999\n}}\n"));
    let methods: String = (0..2_000).map(|index| format!("方法 甲{index}（x：数）= 甲{}（x）\n", index + 1)).collect();
    ends(
        "methods",
        format!("{PACK}一级指标 甲 100分 {{\n得分 = 1分 × 甲0（1）\n}}\n{methods}方法 甲2000（x：数）= x\n"),
    );
    let columns: String = (0..1_000).map(|index| format!("列{index} = 列{}\n", index + 1)).collect();
    ends(
        "columns",
        format!(
            "{PACK}一级指标 甲 100分 {{\n得分 = 合计（表项，列0）\n}}\n数据 {{\n表项：表 {{\n{columns}列1000：分\n}}\n}}\n"
        ),
    );
    ends("a power", chain(1, &|_| "10 ^ 999999999".to_owned(), "1分"));
    ends("powers of powers", chain(12, &|index| format!("甲{} ^ 4000", index + 1), "1.5"));
}

/// A pack with many indicators, each with data, a definition and a 分档.
fn generated(count: usize) -> String {
    let (mut tree, mut data) = (String::new(), String::new());
    for index in 0..count {
        tree.push_str(&format!(
            "    二级指标 指标{index} 1分 {{\n        依据：《甲法》第{index}条\n        率 = 支出{index} ÷ 预算{index}\n        \
             分档 率 {{\n            ≥ 90%：满分\n            [60%, 90%)：50% × 满分\n            < 60%：0分\n        }}，保留2位\n    }}\n"
        ));
        data.push_str(&format!("    支出{index}：金额 ≥ 0元\n    预算{index}：金额 > 0元\n"));
    }
    format!(
        "规则包 生成 {{\n    评价年度：2023\n    满分：{count}分\n    缺报：停止\n    无佐证：0分\n    迟报：照计\n    有争议：待核\n}}\n\
         一级指标 全部 {count}分 {{\n{tree}}}\n数据 {{\n{data}}}\n"
    )
}

#[test]
fn a_thousand_indicators() {
    for count in [100, 1_000] {
        let text = generated(count);
        let begun = Instant::now();
        let compiled = compile(&[("test.heng".to_owned(), text)]);
        println!("{count} indicators: {:?}", begun.elapsed());
        assert_eq!(compiled.diagnostics, []);
        assert_eq!(compiled.program.unwrap().nodes.len(), count + 2);
    }
}

#[test]
fn hundreds_of_mistakes() {
    let text = generated(300).replace("支出", "开支").replace("    开支", "    支出").replace("保留2位", "保留二位");
    let begun = Instant::now();
    let compiled = compile(&[("test.heng".to_owned(), text)]);
    println!("{} findings: {:?}", compiled.diagnostics.len(), begun.elapsed());
    assert!(compiled.diagnostics.len() >= 600);
}

#[test]
fn characters_that_nobody_sees() {
    for (hidden, bad) in [
        ("\u{200b}", true),
        ("\u{200d}", true),
        ("\u{feff}", true),
        ("\u{202e}", true),
        ("\u{2066}", true),
        ("\u{ad}", true),
        ("\u{0}", true),
        ("\u{1b}", true),
        ("\u{b}", true),
        ("\u{2028}", true),
        ("\u{3000}", false),
        ("\u{a0}", false),
        ("\u{2003}", false),
        ("\t", false),
    ] {
        let text = format!("{PACK}一级指标 甲 100分 {{\n    得分 = 满分{hidden} × 50%\n}}\n");
        let compiled = compile(&[("test.heng".to_owned(), text)]);
        let found: Vec<_> = compiled.diagnostics.iter().map(|finding| (finding.code, finding.fixes.len())).collect();
        // A line that is broken at a hidden end of line is two lines, of which the second is bad.
        let expected: &[(&str, usize)] = if bad { &[("text/invisible", 1)] } else { &[] };
        assert_eq!(&found[..found.len().min(1)], expected, "{hidden:?}");
        if let Some(finding) = compiled.diagnostics.first() {
            let at = compiled.sources.line_column(finding.primary.as_ref().unwrap().span);
            assert_eq!((at.line, at.column), (5, 12), "{hidden:?}");
        }
    }
    let start = compile(&[("test.heng".to_owned(), format!("\u{feff}{PACK}一级指标 甲 100分 {{ 待编 }}\r\n"))]);
    assert_eq!(start.diagnostics, []);
}

#[test]
fn names_are_the_same_with_and_without_what_nobody_sees() {
    let text = format!("{PACK}一级指标 甲 100分 {{\n    率\u{200b}一 = 50%\n    得分 = 满分 × 率一\n}}\n");
    let compiled = compile(&[("test.heng".to_owned(), text.clone())]);
    let codes: Vec<&str> = compiled.diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["text/invisible"]);
    let file = compiled.sources.iter().next().unwrap();
    let fix = &compiled.diagnostics[0].fixes[0];
    let fixed = heng_diag::apply_fixes(&file.text, heng_diag::FileId(0), &[fix]);
    assert_eq!(fixed.text, text.replace('\u{200b}', ""));
    assert_eq!(compile(&[("test.heng".to_owned(), fixed.text)]).diagnostics, []);
}

/// Bits of files, for files that nobody would write.
const BITS: &[&str] = &[
    "规则包 ",
    "一级指标 ",
    "二级指标 ",
    "指标 ",
    "加分指标 ",
    "数据 ",
    "参数 ",
    "方法 ",
    "待编",
    "当 ",
    "须 ",
    "否则 ",
    "其他",
    " 凡 ",
    " 且 ",
    " 或 ",
    "非 ",
    " 在 ",
    " 起 ",
    " 内",
    "分档 ",
    "计分 ",
    "扣分 ",
    "逐项 ",
    "评定 ",
    "线性 ",
    " 到 ",
    "每 ",
    "，均分 ",
    "不超过 ",
    "保留2位",
    "以上",
    "至",
    "（含）",
    "≥ ",
    "= ",
    "为空",
    "缺报",
    "表 ",
    "选项 ",
    "甲",
    "乙",
    "满分",
    "5分",
    "90%",
    "1,000元",
    "2023年12月31日",
    "“文”",
    "「名",
    "《法》",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "{\n",
    "}\n",
    "\n",
    "\n",
    "：",
    "，",
    "；",
    "、",
    "。",
    " ",
    "+",
    "-",
    "×",
    "÷",
    "^",
    ".",
    "#",
    "//",
    "\"",
    "依据：",
    "评价年度：2023\n",
    "\r",
    "\u{200b}",
    "indicator ",
    "when ",
    "5 points",
    "data ",
    "else",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn flipped_bytes(flips in proptest::collection::vec((0..SMALL.len(), any::<u8>()), 1..12)) {
        let mut bytes = SMALL.as_bytes().to_vec();
        for (at, byte) in flips {
            bytes[at] = byte;
        }
        read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn swapped_stretches(a in 0..SMALL.len(), b in 0..SMALL.len(), c in 0..SMALL.len()) {
        let mut ends = [a, b, c].map(|at| SMALL.floor_char_boundary(at));
        ends.sort_unstable();
        let [a, b, c] = ends;
        read(&[&SMALL[..a], &SMALL[b..c], &SMALL[a..b], &SMALL[c..]].concat());
    }

    #[test]
    fn made_up_files(bits in proptest::collection::vec(0..BITS.len(), 0..120)) {
        let text: String = bits.iter().map(|bit| BITS[*bit]).collect();
        read(&text);
        read(&format!("{PACK}一级指标 甲 100分 {{\n{text}\n}}\n数据 {{\n甲：金额\n{text}\n}}\n"));
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        read(&text);
    }
}

#[test]
fn letters_that_only_look_the_same_are_named() {
    for (written, code) in [("预算\u{430}", "U+0430"), ("预算\u{3b1}", "U+03B1"), ("预算b", "")] {
        let text = format!(
            "规则包 甲 {{ 评价年度：2023 }}\n一级指标 乙 100分 {{ 得分 = 满分 × {written} }}\n数据 {{ 预算a：比率 [0%, 100%] }}\n"
        );
        let compiled = compile(&[("look.heng".to_owned(), text)]);
        let found = compiled.diagnostics.iter().find(|found| found.code == "name/unknown").unwrap();
        let notes: String = found.notes.iter().map(|note| note.zh.to_string()).collect();
        assert_eq!(notes.contains("样子相近"), !code.is_empty(), "{written}: {notes}");
        assert!(notes.contains(code), "{written}: {notes}");
    }
}
