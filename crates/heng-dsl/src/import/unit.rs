//! What can be imported by name: a datum, a group or table of data, a parameter, a method. Each brings
//! along what it reads.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    outline::{Entry, Kind, Word, Words, outline_and_words, plain_name},
    parse::Rule,
};

/// Something with a name that another file may import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name in normal form.
    pub name: String,
    /// Where it stands.
    pub span: Range<usize>,
    /// Where the words that open and close the block around it stand; empty for a method.
    pub around: (Range<usize>, Range<usize>),
    /// The names that it reads.
    pub reads: BTreeSet<String>,
}

/// What a file has to import from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    /// By name.
    pub units: Vec<Unit>,
    /// The headline of a 规则包, if there is one: such a file is a table of its own.
    pub pack: Option<Range<usize>>,
}

/// Reads the stock of a text.
pub fn stock(text: &str) -> Stock {
    let Some((entries, Words(words))) = outline_and_words(text) else { return Stock::default() };
    let mut stock = Stock::default();
    for entry in &entries {
        match entry.kind {
            Kind::Pack => stock.pack = entry.inside.as_ref().map(|inside| entry.span.start..inside.start),
            Kind::Method => stock.units.push(unit(entry, (0..0, 0..0), &words)),
            Kind::Data | Kind::Params => {
                let Some(inside) = &entry.inside else { continue };
                let around = (entry.span.start..inside.start, inside.end..entry.span.end);
                let named = entry.children.iter().filter(|child| !child.key.is_empty());
                let kinds = |child: &&Entry| matches!(child.kind, Kind::Decl | Kind::Group | Kind::Def);
                stock.units.extend(named.filter(kinds).map(|child| unit(child, around.clone(), &words)));
            }
            _ => {}
        }
    }
    stock
}

fn unit(entry: &Entry, around: (Range<usize>, Range<usize>), words: &[Word]) -> Unit {
    let inside = |word: &&Word| word.span.start >= entry.span.start && word.span.end <= entry.span.end;
    let own: Vec<&Word> = words.iter().filter(inside).collect();
    Unit { name: entry.key.clone(), span: entry.span.clone(), around, reads: reads(&own, entry.kind) }
}

/// The names that are read and not declared there: columns, parameters of a method and definitions are its own. A
/// colon stands behind a name that is declared in data and in the head of a method alone; elsewhere behind a cell.
fn reads(words: &[&Word], kind: Kind) -> BTreeSet<String> {
    let rule = |at: Option<usize>| at.and_then(|at| words.get(at)).map(|word| word.rule);
    let (mut own, mut read) = (BTreeSet::new(), BTreeSet::new());
    let mut in_head = kind == Kind::Method;
    let data = matches!(kind, Kind::Decl | Kind::Group);
    for (at, word) in words.iter().enumerate() {
        in_head &= word.rule != Rule::rparen;
        if word.rule != Rule::name {
            continue;
        }
        let (before, after) = (rule(at.checked_sub(1)), rule(Some(at + 1)));
        let parameter = in_head && matches!(before, Some(Rule::lparen | Rule::comma | Rule::semi));
        let types = in_head || data;
        let typed = types && after == Some(Rule::colon);
        if types && before == Some(Rule::colon) {
            continue;
        }
        if parameter || typed || after == Some(Rule::gets) {
            own.insert(plain_name(&word.text));
        } else if before != Some(Rule::dot) {
            read.insert(plain_name(&word.text));
        }
    }
    read.retain(|name| !own.contains(name));
    read
}

/// Whether a text may have a 规则包: what has not even the word need not be read to know.
pub fn may_be_table(text: &str) -> bool {
    text.contains("规则包") || text.contains(['p', 'P', 'ｐ', 'Ｐ'])
}

#[cfg(test)]
mod tests {
    use super::stock;

    #[test]
    fn a_unit_knows_what_it_reads() {
        let text = "参数 {\n    上限 = 30天\n    甲限 = 上限 + 1天\n}\n数据 {\n    合同：表 {\n        日：日期\n        类：选项 自 项目.类\n    }\n}\n\
                    方法 法（值：数，限）= 取小（值 ÷ 限，甲限 ÷ 1天）\n方法 乙法（值：天数）= 分档 值 { ≤ 上限：1；其他：0 }\n";
        let found: Vec<(String, Vec<String>)> =
            stock(text).units.into_iter().map(|unit| (unit.name, unit.reads.into_iter().collect())).collect();
        let of = |name: &str| found.iter().find(|(known, _)| known == name).map(|(_, reads)| reads.join(" ")).unwrap();
        assert_eq!(of("上限"), "");
        assert_eq!(of("甲限"), "上限");
        assert!(of("合同").split(' ').any(|name| name == "项目"), "{found:?}");
        assert!(!of("法").split(' ').any(|name| ["值", "限"].contains(&name)), "{found:?}");
        assert!(of("法").split(' ').any(|name| name == "甲限"), "{found:?}");
        assert_eq!(of("乙法"), "上限 乙法");
    }
}
