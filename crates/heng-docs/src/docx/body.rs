//! The text of the document.

use heng_diag::Lang;

use crate::markup::{Block, Span, Spans};
use crate::ooxml::{NAMESPACES, xml};

/// Width of the text in twentieths of a point: 210 − 28 − 26 mm.
const WIDTH: usize = 8845;

/// Cells of a column that are no wider all stand in the middle.
const SHORT: usize = 12;

/// The narrowest column.
const NARROWEST: usize = 700;

/// document.xml
pub(super) fn document(blocks: &[Block], lang: Lang) -> String {
    let body: String = blocks.iter().map(|block| element(block, lang)).collect();
    format!(
        r#"<w:document {NAMESPACES}><w:body>{body}<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1304" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="560"/></w:sectPr></w:body></w:document>"#
    )
}

/// A page number between dashes, outside.
pub(super) fn footer(side: &str) -> String {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    format!(
        r#"<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="{side}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>{}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>{}<w:r><w:t>1</w:t></w:r>{}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>"#,
        field("begin"),
        field("separate"),
        field("end")
    )
}

fn element(block: &Block, lang: Lang) -> String {
    match block {
        Block::Title(text) => paragraph("Title", text),
        Block::Heading(level, text) => paragraph(&format!("Heading{}", (*level).clamp(1, 4)), text),
        Block::Text(text) => paragraph("", text),
        Block::Flush(text) => paragraph("Flush", text),
        Block::Centre(text) => paragraph("Centre", text),
        Block::Remark(text) => paragraph("Remark", text),
        Block::Table(rows) => table(rows, lang),
        Block::NewPage => {
            r#"<w:p><w:pPr><w:ind w:firstLine="0" w:firstLineChars="0"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>"#
                .to_owned()
        }
    }
}

fn paragraph(style: &str, spans: &Spans) -> String {
    let style = if style.is_empty() { String::new() } else { format!(r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#) };
    format!("<w:p>{style}{}</w:p>", spans.iter().map(run).collect::<String>())
}

fn run(span: &Span) -> String {
    let mut kind = String::from(r#"<w:rFonts w:hint="eastAsia"/>"#);
    if span.bold {
        kind.push_str("<w:b/>");
    }
    if span.blank {
        kind.push_str(r#"<w:highlight w:val="yellow"/>"#);
    }
    format!(r#"<w:r><w:rPr>{kind}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#, xml(&span.text))
}

fn table(rows: &[Vec<Spans>], lang: Lang) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths = widths(rows, columns, lang);
    let grid: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    let edge = |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
    let edges: String =
        ["top", "left", "bottom", "right", "insideH", "insideV"].iter().map(|side| edge(side)).collect();
    let short = |at: usize| rows.iter().skip(1).filter_map(|row| row.get(at)).all(|cell| wide(cell) <= SHORT);
    let middle: Vec<bool> = (0..columns).map(short).collect();
    let body: String = rows.iter().enumerate().map(|(at, row)| table_row(row, &widths, (at == 0, &middle))).collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl><w:p><w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr></w:p>"#
    )
}

fn table_row(row: &[Spans], widths: &[usize], (head, middle): (bool, &[bool])) -> String {
    let nothing = Vec::new();
    let cells: String = widths
        .iter()
        .enumerate()
        .map(|(at, width)| {
            let text = row.get(at).unwrap_or(&nothing);
            let style = match (head, middle.get(at)) {
                (true, _) => "CellHead",
                (false, Some(true)) => "CellMiddle",
                (false, _) => "Cell",
            };
            format!(
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{}</w:tc>"#,
                paragraph(style, text)
            )
        })
        .collect();
    let repeat = if head { "<w:tblHeader/>" } else { "" };
    format!("<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>")
}

/// How wide a text is: two for a Chinese sign, one for a letter.
fn wide(spans: &Spans) -> usize {
    spans.iter().flat_map(|span| span.text.chars()).map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum()
}

/// Widths by what stands in the columns: long ones share what short ones leave.
fn widths(rows: &[Vec<Spans>], columns: usize, lang: Lang) -> Vec<usize> {
    let most = if lang == Lang::Zh { 44 } else { 60 };
    let weights: Vec<usize> = (0..columns)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(wide).max().unwrap_or(0).clamp(6, most))
        .collect();
    let sum = weights.iter().sum::<usize>().max(1);
    let left = WIDTH.saturating_sub(NARROWEST * columns);
    weights.iter().map(|weight| NARROWEST + left * weight / sum).collect()
}
