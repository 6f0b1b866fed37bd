//! Block → sentence → block: every score block of every pack is said in both languages and read back.

use std::path::{Path, PathBuf};

use heng_diag::{Format, Lang, render_all};
use heng_dsl::{Compiled, based_on, compile, expand, is_amendment};
use heng_model::{NodeId, Program};
use heng_notice::{Frame, Names, read_canonical, read_sentence};
use heng_phrase::Phrase;

use crate::normal::Normal;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// A rule file with those it amends before it.
fn chain(path: &Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut files = Vec::new();
    if is_amendment(&text)
        && let Some(base) = based_on(&text)
    {
        files = chain(&path.parent().unwrap().join(base));
    }
    files.push((path.display().to_string(), text));
    files
}

/// Every rule file of every pack, its amendments applied.
fn packs() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root().join("rules")).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("pack.toml").exists() {
            continue;
        }
        for file in std::fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "heng") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, expand(&chain(&path)).unwrap_or_else(|_| panic!("{}", path.display()))));
            }
        }
    }
    found.sort();
    found
}

fn said(compiled: &Compiled) -> String {
    render_all(&compiled.diagnostics, &compiled.sources, Lang::Zh, Format::Text { color: false, width: 100 })
}

/// The address of an indicator in an amendment.
fn address(program: &Program, id: NodeId) -> String {
    let mut names = Vec::new();
    let mut at = Some(id);
    while let Some(node) = at.and_then(|id| program.node(id)).filter(|node| node.parent.is_some()) {
        names.push(format!("「{}」", node.name));
        at = node.parent;
    }
    names.reverse();
    names.join(".")
}

/// An indicator's criterion as it was read.
struct Read {
    id: NodeId,
    head: String,
    lines: Vec<String>,
}

/// The pack with the criteria of some indicators replaced.
fn replaced(text: &str, program: &Program, reads: &[&Read]) -> Compiled {
    let one = |read: &&Read| format!("替换 {}.评分标准 {{\n{}\n}}\n", address(program, read.id), read.lines.join("\n"));
    let amendment = format!("修订 试 {{\n{}}}\n", reads.iter().map(one).collect::<String>());
    compile(&[("pack.heng".to_owned(), text.to_owned()), ("read.heng".to_owned(), amendment)])
}

/// Stands before what does not compile: an import leaves it under 待编.
const UNFIT: &str = "does not compile: ";

/// What does not come back as it was.
fn differs(text: &str, program: &Program, reads: &[&Read]) -> Vec<String> {
    let compiled = replaced(text, program, reads);
    let Some(after) = &compiled.program else {
        return match reads {
            [read] => vec![format!("{UNFIT}{}\n  {}\n{}", read.head, read.lines.join("\n  "), said(&compiled))],
            reads => reads.iter().flat_map(|read| differs(text, program, &[read])).collect(),
        };
    };
    let mut wrong = Vec::new();
    for read in reads {
        let node = program.node(read.id).unwrap();
        let found = after.tree().find(|(_, other)| other.key == node.key).unwrap().1;
        let before = Normal { program }.body(node.body.unwrap(), &[]);
        let after = Normal { program: after }.body(found.body.unwrap(), &[]);
        if before != after {
            wrong.push(format!("{}\n  {}\n  {before}\n  {after}", read.head, read.lines.join("\n  ")));
        }
    }
    wrong
}

/// What came of the blocks of a rule file.
#[derive(Default)]
struct Came {
    wrong: Vec<String>,
    read: usize,
    /// Indicators with a letter or a profile, instead of points or beside them.
    lettered: usize,
    refused: Vec<String>,
}

/// Says every block of a rule file in both languages and reads it back.
fn there_and_back(file: &str, text: &str, came: &mut Came) {
    let program = compile(&[("pack.heng".to_owned(), text.to_owned())]).program.unwrap();
    let names = Names::of(&program);
    for lang in [Lang::Zh, Lang::En] {
        let mut reads = Vec::new();
        for (id, node) in program.tree().skip(1).filter(|(_, node)| node.body.is_some()) {
            let sentence = Phrase::new(&program, lang).criterion(id);
            // A sentence says the points of a row and not its letter, nor whether it has points at all.
            if node.pointless || node.grade.is_some() {
                came.lettered += 1;
                continue;
            }
            let head = format!("{file} {} {lang:?}\n  {sentence}", node.name);
            match read_canonical(&sentence, &names, lang) {
                Ok(lines) => reads.push(Read { id, head, lines }),
                Err(_) => came.refused.push(head),
            }
        }
        came.read += reads.len();
        came.wrong.extend(differs(text, &program, &reads.iter().collect::<Vec<_>>()));
    }
}

#[test]
fn every_block_of_every_pack_is_read_back_from_its_sentence() {
    let mut came = Came::default();
    for (file, text) in packs() {
        there_and_back(&file, &text, &mut came);
    }
    assert!(came.refused.is_empty(), "{}", came.refused.join("\n\n"));
    assert!(came.wrong.is_empty(), "{} of {}\n{}", came.wrong.len(), came.read, came.wrong.join("\n\n"));
    println!("{} read back, none refused; {} with letters", came.read, came.lettered);
    assert!(came.read >= 400, "{}", came.read);
}

/// What a fixture without a pack stands in, as the tests of the language have it.
const PACK: &str =
    "\n规则包 例子 { 评价年度：2023\n缺报：停止\n无佐证：0分\n迟报：照计\n有争议：待核\n不适用：折算\n}\n";

/// The rule files in the documents of a folder.
fn fixtures(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        for (at, fence) in text.split("```heng").skip(1).enumerate() {
            let (info, body) = fence.split_once('\n').unwrap();
            let body = body.split("\n```").next().unwrap();
            let whole = info.contains("whole") || body.contains("规则包 ") || body.contains("pack ");
            let body = if whole { body.to_owned() } else { format!("{body}{PACK}") };
            found.push((format!("{} {}", path.file_name().unwrap().display(), at + 1), body));
        }
    }
    found
}

#[test]
fn blocks_of_the_language_are_read_back_or_refused() {
    let mut came = Came::default();
    for (file, text) in fixtures("tests/lang/good") {
        if compile(&[("pack.heng".to_owned(), text.clone())]).program.is_some() {
            there_and_back(&file, &text, &mut came);
        }
    }
    let (unfit, wrong): (Vec<String>, Vec<String>) = came.wrong.drain(..).partition(|found| found.starts_with(UNFIT));
    println!(
        "{} read back, {} refused, {} unfit, {} with letters:",
        came.read - unfit.len(),
        came.refused.len(),
        unfit.len(),
        came.lettered
    );
    println!("{}\n{}", came.refused.join("\n"), unfit.join("\n"));
    came.wrong = wrong;
    // What a 权重表 says of the indicators below it is not read yet; it is refused, and nothing is made of it.
    let weighed = |head: &String| head.contains("得分率加权") || head.contains("is weighed by");
    came.refused.retain(|head| !weighed(head));
    assert!(came.read >= 162 && came.refused.is_empty() && unfit.is_empty(), "{} {}", came.read, came.refused.len());
    assert!(came.wrong.is_empty(), "{} of {}\n{}", came.wrong.len(), came.read, came.wrong.join("\n\n"));
}

/// A sentence without what only sets it off.
fn bare(sentence: &str) -> String {
    sentence.chars().filter(|sign| !sign.is_whitespace() && !"「」".contains(*sign)).collect()
}

#[test]
fn without_the_names_a_canonical_sentence_is_read_right_or_refused() {
    let (mut wrong, mut read) = (Vec::new(), 0);
    for (file, text) in packs() {
        let program = compile(&[("pack.heng".to_owned(), text)]).program.unwrap();
        for (id, node) in program.tree().skip(1).filter(|(_, node)| node.children.is_empty() && node.body.is_some()) {
            let sentence = Phrase::new(&program, Lang::Zh).criterion(id);
            let frame = Frame { full: Some(&node.full), indicator: &node.name, lang: Lang::Zh };
            let Ok(reading) = read_sentence(&sentence, &frame) else { continue };
            read += 1;
            let full = node.full.decimal_text().unwrap();
            let compiled = compile(&[("x".to_owned(), crate::sentences::pack(&full, &reading))]);
            let again = compiled.program.map(|program| {
                let (id, _) = program.tree().nth(1).unwrap();
                Phrase::new(&program, Lang::Zh).criterion(id)
            });
            if again.as_deref().map(bare) != Some(bare(&sentence)) {
                let again = again.unwrap_or_default();
                wrong.push(format!("{file} {}\n  {sentence}\n  {again}\n  {}", node.name, reading.lines.join(" | ")));
            }
        }
    }
    println!("{read} read");
    assert!(wrong.is_empty(), "{} of {read}\n{}", wrong.len(), wrong.join("\n"));
}
