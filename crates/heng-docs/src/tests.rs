//! Markup to document: numbers of headings, blanks, heads of tables, signs that are data.

use heng_diag::Lang;

use crate::{
    docx,
    markup::{Block, parse, spans},
    template::escape,
};

const TEXT: &str = "# 题\n## 甲\n### 一\n### 二\n#### 子\n##### 孙\n##### 孙\n## 乙\n### 一\n正文**要紧**，【待填：某事】。\n| 头 | 尾 |\n| 1 | 2 |\n---\n> 附注\n";

fn plain(spans: &[crate::markup::Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn headings(lang: Lang) -> Vec<String> {
    let text = |block: Block| match block {
        Block::Heading(_, spans) => Some(plain(&spans)),
        _ => None,
    };
    parse(TEXT, lang).into_iter().filter_map(text).collect()
}

#[test]
fn headings_are_numbered_level_by_level() {
    let zh = ["一、甲", "（一）一", "（二）二", "1.子", "（1）孙", "（2）孙", "二、乙", "（一）一"];
    assert_eq!(headings(Lang::Zh), zh);
    let en = ["1. 甲", "1.1 一", "1.2 二", "1.2.1 子", "1.2.1.1 孙", "1.2.1.2 孙", "2. 乙", "2.1 一"];
    assert_eq!(headings(Lang::En), en);
    for (number, said) in [(10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (100, "100")] {
        assert_eq!(crate::wording::chinese(number), said);
    }
}

#[test]
fn data_stay_data() {
    let hostile = "# 甲|乙 **粗** 【待填】\n| x | \\ > = ^ ---";
    let blocks = parse(&format!("{}\n| {} | 2 |", escape(hostile), escape(hostile)), Lang::Zh);
    assert_eq!(blocks.len(), 2);
    let flat = hostile.replace('\n', " ");
    assert!(matches!(&blocks[0], Block::Text(spans) if plain(spans) == flat && spans.len() == 1 && !spans[0].blank));
    assert!(matches!(&blocks[1], Block::Table(rows) if rows[0].len() == 2 && plain(&rows[0][0]) == flat));
}

#[test]
fn blanks_and_bold_are_marked() {
    let spans = spans("甲**乙**【待填：丙】丁");
    let said: Vec<_> = spans.iter().map(|span| (span.text.as_str(), span.bold, span.blank)).collect();
    assert_eq!(said, [("甲", false, false), ("乙", true, false), ("【待填：丙】", false, true), ("丁", false, false)]);
}

/// A part of a package as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}

#[test]
fn the_package_holds_what_the_standard_asks_for() {
    let blocks = parse(TEXT, Lang::Zh);
    let bytes = docx::write(&blocks, "题 & <名>", Lang::Zh).unwrap();
    assert_eq!(bytes, docx::write(&blocks, "题 & <名>", Lang::Zh).unwrap());
    let body = part(&bytes, "word/document.xml");
    assert!(body.contains(r#"<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587""#));
    assert_eq!(body.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(body.matches(r#"<w:highlight w:val="yellow"/>"#).count(), 1);
    let styles = part(&bytes, "word/styles.xml");
    for wanted in [
        "方正小标宋简体",
        "黑体",
        "楷体_GB2312",
        "仿宋_GB2312",
        "<w:kinsoku/>",
        r#"w:line="560" w:lineRule="exact""#,
        r#"w:firstLineChars="200""#,
    ] {
        assert!(styles.contains(wanted), "{wanted}");
    }
    assert!(part(&bytes, "word/settings.xml").contains("noLineBreaksBefore"));
    assert!(part(&bytes, "docProps/core.xml").contains("题 &amp; &lt;名&gt;"));
}
