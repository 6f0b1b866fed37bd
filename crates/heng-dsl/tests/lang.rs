//! Runs the documents in `tests/lang`: every heading with a fence is a test. Their form is described
//! in `tests/lang/README.md`.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

#[path = "support/library.rs"]
mod library;
#[path = "support/markdown.rs"]
mod markdown;
#[path = "support/programs.rs"]
mod programs;

use std::fmt::Write as _;

use heng_diag::{FileId, Severity};
use heng_dsl::{Compiled, compile_with};
use heng_model::{Program, Quantity, Type};
use markdown::{Fence, Section, documents, sections, workspace};
use programs::{difference, placeless};

/// What a fence without a pack stands in.
const PACK: &str = "
规则包 例子 { 评价年度：2023
    缺报：停止
    无佐证：0分
    迟报：照计
    有争议：待核
    不适用：折算
}
";

/// A finding as a fixture writes it: line (0 for the whole), severity and code.
type Finding = (u32, Severity, String);

#[test]
fn documents_say_what_is_so() {
    let root = workspace().join("tests/lang");
    let (mut wrong, mut tests) = (String::new(), 0);
    for (path, text) in documents("tests/lang") {
        let file = path.strip_prefix(&root).unwrap().display().to_string();
        if file == "README.md" {
            continue;
        }
        for section in sections(&text).iter().filter(|section| !section.fences.is_empty()) {
            tests += 1;
            for failure in run(section) {
                writeln!(wrong, "{file}: {}\n{failure}", section.heading).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(tests > 60, "only {tests} tests");
}

/// Runs the fences of a section.
fn run(section: &Section) -> Vec<String> {
    let mut failures = Vec::new();
    let mut first: Option<Program> = None;
    let files = library::files(&section.fences);
    for fence in &section.fences {
        match fence.info.as_str() {
            "heng" | "heng whole" => {
                let compiled = check(fence, &files, &mut failures);
                first = compiled.program;
            }
            "heng same" => match (check(fence, &files, &mut failures).program, &first) {
                (Some(other), Some(first)) => failures.extend(difference(&placeless(first), &placeless(&other))),
                _ => failures.push("  no two programs to compare".to_owned()),
            },
            "types" => match &first {
                Some(program) => failures.extend(types(program, &fence.text)),
                None => failures.push("  no program to ask for types".to_owned()),
            },
            other if other.starts_with("heng file ") => {}
            other => failures.push(format!("  unknown fence {other:?}")),
        }
    }
    failures
}

/// Compiles a fence and compares the findings with those written in it.
fn check(fence: &Fence, files: &[(String, String)], failures: &mut Vec<String>) -> Compiled {
    let (mut text, expected) = expectations(&fence.text);
    let has_pack = text.lines().any(|line| line.starts_with("规则包") || line.starts_with("pack "));
    if fence.info != "heng whole" && !has_pack {
        text.push_str(PACK);
    }
    let compiled = compile_with(&[("test.heng".to_owned(), text)], &|wanted| library::find(files, wanted));
    let mut found: Vec<Finding> = compiled
        .diagnostics
        .iter()
        .map(|finding| {
            // A place in a file beside the rules is written as a finding of the whole.
            let own = finding.primary.as_ref().filter(|label| label.span.file == FileId(0));
            let line = own.map_or(0, |label| compiled.sources.line_column(label.span).line);
            (line, finding.severity, finding.code.to_owned())
        })
        .collect();
    found.sort();
    for extra in unmatched(&found, &expected) {
        let said = compiled.diagnostics.iter().find(|finding| finding.code == extra.2).unwrap();
        failures.push(format!("  found, not expected: {extra:?} {}", said.title.zh));
    }
    failures.extend(unmatched(&expected, &found).map(|missing| format!("  expected, not found: {missing:?}")));
    compiled
}

/// The members of the sorted list `all` that have no partner in the sorted list `others`.
fn unmatched<'a>(all: &'a [Finding], others: &'a [Finding]) -> impl Iterator<Item = &'a Finding> {
    let mut others = others.to_vec();
    all.iter().filter(move |finding| match others.iter().position(|other| other == *finding) {
        Some(at) => {
            others.remove(at);
            false
        }
        None => true,
    })
}

/// Takes the expected findings off the ends of the lines.
fn expectations(text: &str) -> (String, Vec<Finding>) {
    let marks = [
        ("错误", Severity::Error),
        ("警告", Severity::Warning),
        ("error", Severity::Error),
        ("warning", Severity::Warning),
        ("提示", Severity::Hint),
        ("hint", Severity::Hint),
    ];
    let mut plain = String::new();
    let mut expected = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let (whole, mark) = match line.split_once("# 全文 ") {
            Some((before, mark)) => (before, Some((0, mark))),
            None => line.rsplit_once(" # ").map_or((line, None), |(before, mark)| (before, Some((number, mark)))),
        };
        let read = mark.and_then(|(number, mark)| {
            let (severity, codes) =
                marks.iter().find_map(|(word, severity)| Some((*severity, mark.strip_prefix(word)?)))?;
            Some(codes.split('、').map(|code| (number, severity, code.trim().to_owned())).collect::<Vec<_>>())
        });
        plain.push_str(if read.is_some() { whole } else { line });
        plain.push('\n');
        expected.extend(read.unwrap_or_default());
    }
    expected.sort();
    (plain, expected)
}

/// Compares the types of definitions and methods with the lines `name：type`.
fn types(program: &Program, text: &str) -> Vec<String> {
    let of = |name: &str| {
        let definition = program.lets.iter().find(|item| *item.name == *name);
        let definition = definition.and_then(|item| program.expr(item.value)).map(|expr| expr.ty.clone());
        definition
            .or_else(|| program.methods.iter().find(|method| *method.name == *name).map(|method| method.ty.clone()))
    };
    let wrong = |line: &str| {
        let (name, wanted) = line.split_once('：').unwrap();
        let found = of(name).map(|ty| words(program, &ty));
        (found.as_deref() != Some(wanted)).then(|| format!("  {name} is {found:?}, not {wanted}"))
    };
    text.lines().filter_map(wrong).collect()
}

fn words(program: &Program, ty: &Type) -> String {
    match ty {
        Type::Quantity(quantity) => match quantity {
            Quantity::Plain => "数".to_owned(),
            Quantity::Ratio => "比率".to_owned(),
            Quantity::PercentPoint => "百分点".to_owned(),
            Quantity::Count => "个数".to_owned(),
            Quantity::Year => "年度".to_owned(),
            Quantity::Money => "金额".to_owned(),
            Quantity::Points => "分".to_owned(),
            Quantity::Days => "天数".to_owned(),
            Quantity::CalendarDays => "自然日数".to_owned(),
            Quantity::WorkingDays => "工作日数".to_owned(),
            Quantity::Compound(parts) => format!("元{} 天{} 分{}", parts.money, parts.days, parts.points),
        },
        Type::Date => "日期".to_owned(),
        Type::Bool => "是否".to_owned(),
        Type::Text => "文本".to_owned(),
        Type::Word(None) => "词".to_owned(),
        Type::Word(Some(list)) => format!("选项 {}", program.schema.choice(*list).unwrap().words.join("、")),
        Type::Rows(table) => format!("表 {}", program.schema.field(*table).unwrap().dotted()),
        Type::List(inner) => format!("列 {}", words(program, inner)),
        Type::Children => "下级".to_owned(),
        Type::Never => "无".to_owned(),
    }
}

#[test]
fn one_point_is_full_marks_in_the_singular_too() {
    let text = "pack t {\n year: 2024\n full: 1 point\n}\nindicator A 1 point {\n score = full\n}\n";
    let compiled = heng_dsl::compile(&[("t.heng".to_owned(), text.to_owned())]);
    let codes: Vec<_> = compiled.diagnostics.iter().filter(|found| found.is_error()).map(|found| found.code).collect();
    assert!(codes.is_empty(), "{codes:?}");
    assert_eq!(compiled.program.unwrap().root().unwrap().full, heng_model::Number::ONE);
}
