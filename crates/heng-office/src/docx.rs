//! The table as a document across the page. Hidden bookmarks name the indicator of each row, and a part of
//! its own keeps what was written. Times are fixed, so that the same table gives the same bytes.

use heng_diag::Lang;
use heng_docs::{
    fonts,
    ooxml::{NAMESPACES as NS, RELATIONS, core, package, xml},
};

use crate::{
    field::Field,
    ledger::Ledger,
    page::{Line, Page, Span, clauses},
    wording,
};

/// How a bookmark that names a row begins; the number behind it is the row's in the record.
pub(crate) const MARK: &str = "_heng_";

/// The part that keeps what was written.
pub(crate) const PART: &str = "customXml/item1.xml";

/// Width of the text in twentieths of a point: A4 across, 15 mm at either side.
const WIDTH: usize = 15138;

/// The document as bytes.
pub(crate) fn write(page: &Page, record: &Ledger) -> zip::result::ZipResult<Vec<u8>> {
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", core(&page.title)),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_owned()),
        ("word/document.xml", document(page)),
        ("word/styles.xml", styles(page.lang)),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", footer()),
        (PART, kept(record)),
        ("customXml/_rels/item1.xml.rels", ITEM_RELATIONS.to_owned()),
        ("customXml/itemProps1.xml", ITEM_PROPERTIES.to_owned()),
    ];
    package(&parts)
}

fn kept(record: &Ledger) -> String {
    let lines: String = record.lines().iter().map(|line| format!("<line>{}</line>", xml(line))).collect();
    format!(r#"<ledger xmlns="urn:heng:table:1">{lines}</ledger>"#)
}

fn document(page: &Page) -> String {
    let full = page.rows.first().map(|root| root.text(Field::Points)).unwrap_or_default();
    let mut body = paragraph("Title", &page.title);
    body.push_str(&paragraph("Subtitle", &wording::subtitle(page.lang, page.year, full, &page.notice)));
    body.push_str(&Table::new(page).xml(full));
    let disclaimers = page.disclaimers.iter().map(|text| format!("{}{text}", wording::DISCLAIMER.get(page.lang)));
    disclaimers
        .chain([wording::KEPT.get(page.lang).to_owned()])
        .for_each(|text| body.push_str(&paragraph("Remark", &text)));
    format!(
        r#"<w:document {NS}><w:body>{body}<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="964" w:right="850" w:bottom="964" w:left="850" w:header="567" w:footer="510" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    )
}

fn paragraph(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, run(text))
}

fn run(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!(r#"<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#, xml(text))
}

/// The table while it is written.
struct Table<'p> {
    page: &'p Page,
    columns: Vec<Field>,
    widths: Vec<usize>,
    /// The number of the next bookmark.
    mark: usize,
}

/// A cell: how it is merged, which row it names, its style and its lines.
struct Cell<'t> {
    span: usize,
    /// Whether it begins a cell that reaches down, or goes on with one.
    down: Option<bool>,
    mark: Option<usize>,
    style: &'static str,
    lines: Vec<&'t str>,
}

impl<'p> Table<'p> {
    fn new(page: &'p Page) -> Table<'p> {
        let (columns, depth) = (page.columns(), page.depth());
        let levels = (1..=depth).map(|level| if level == depth { 17 } else { 13 });
        let weights: Vec<usize> = levels.chain(columns.iter().map(|field| weight(*field, page.lang))).collect();
        let sum: usize = weights.iter().sum::<usize>().max(1);
        let widths = weights.iter().map(|weight| WIDTH * weight / sum).collect();
        Table { page, columns, widths, mark: 0 }
    }

    fn xml(&mut self, full: &str) -> String {
        let grid: String = self.widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
        let edge = |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
        let edges: String =
            ["top", "left", "bottom", "right", "insideH", "insideV"].iter().map(|side| edge(side)).collect();
        let mut rows = self.heads();
        // Which cells of the levels still reach down, and over how many rows.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let page = self.page;
        for line in page.lines() {
            rows.push_str(&self.line(&line, &mut open));
        }
        rows.push_str(&self.total(full));
        format!(
            r#"<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"#
        )
    }

    fn heads(&mut self) -> String {
        let lang = self.page.lang;
        let levels = (1..=self.page.depth()).map(|level| heng_docs::level(lang, level));
        let heads: Vec<String> =
            levels.chain(self.columns.iter().map(|field| field.heading(lang).to_owned())).collect();
        let mut cells = String::new();
        for (at, head) in heads.iter().enumerate() {
            let cell = Cell { span: 1, down: None, mark: None, style: "CellHead", lines: vec![head] };
            cells.push_str(&self.cell(at, &cell));
        }
        format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>")
    }

    fn line(&mut self, line: &Line<'_>, open: &mut Vec<(usize, usize)>) -> String {
        let (depth, lang) = (self.page.depth(), self.page.lang);
        let number = self.page.rows.iter().position(|row| row.key == line.row.key);
        let mut cells = String::new();
        let mut level = 1;
        while level <= depth {
            let start = line.starts.iter().find(|span| span.row.level == level);
            match start {
                Some(span) => {
                    cells.push_str(&self.level(span, number, lang));
                    open.retain(|(known, _)| *known != level);
                    open.extend((span.rows > 1).then_some((level, span.rows - 1)));
                    level += span.columns;
                }
                None => {
                    let goes_on =
                        Cell { span: 1, down: Some(false), mark: None, style: "CellMiddle", lines: Vec::new() };
                    cells.push_str(&self.cell(level - 1, &goes_on));
                    if let Some((_, left)) = open.iter_mut().find(|(known, _)| *known == level) {
                        *left -= 1;
                    }
                    level += 1;
                }
            }
        }
        for (at, field) in self.columns.clone().into_iter().enumerate() {
            let text = line.row.text(field);
            let pieces = if field == Field::Criterion { clauses(text) } else { vec![text.to_owned()] };
            let short = matches!(field, Field::Points | Field::Status);
            let cell = Cell {
                span: 1,
                down: None,
                mark: number.filter(|_| field == Field::Points),
                style: if short { "CellMiddle" } else { "Cell" },
                lines: pieces.iter().map(String::as_str).collect(),
            };
            cells.push_str(&self.cell(depth + at, &cell));
        }
        format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    }

    fn level(&mut self, span: &Span<'_>, number: Option<usize>, lang: Lang) -> String {
        let label = span.label(lang);
        let cell = Cell {
            span: span.columns,
            down: (span.rows > 1).then_some(true),
            mark: number.filter(|_| span.row.leaf),
            style: if span.row.leaf { "Cell" } else { "CellMiddle" },
            lines: label.iter().map(String::as_str).collect(),
        };
        self.cell(span.row.level - 1, &cell)
    }

    fn total(&mut self, full: &str) -> String {
        let depth = self.page.depth();
        let label = Cell {
            span: depth,
            down: None,
            mark: None,
            style: "CellHead",
            lines: vec![wording::TOTAL.get(self.page.lang)],
        };
        let mut cells = self.cell(0, &label);
        for (at, field) in self.columns.clone().into_iter().enumerate() {
            let lines = if field == Field::Points { vec![full] } else { Vec::new() };
            cells.push_str(&self.cell(depth + at, &Cell { span: 1, down: None, mark: None, style: "CellHead", lines }));
        }
        format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    }

    fn cell(&mut self, column: usize, cell: &Cell<'_>) -> String {
        let width: usize = self.widths.iter().skip(column).take(cell.span).sum();
        let span = if cell.span > 1 { format!(r#"<w:gridSpan w:val="{}"/>"#, cell.span) } else { String::new() };
        let down = match cell.down {
            Some(true) => r#"<w:vMerge w:val="restart"/>"#,
            Some(false) => "<w:vMerge/>",
            None => "",
        };
        let mut marks = String::new();
        if let Some(number) = cell.mark {
            let (id, place) = (self.mark, if column < self.page.depth() { "a" } else { "b" });
            self.mark += 1;
            marks =
                format!(r#"<w:bookmarkStart w:id="{id}" w:name="{MARK}{number}{place}"/><w:bookmarkEnd w:id="{id}"/>"#);
        }
        let lines = if cell.lines.is_empty() { vec![""] } else { cell.lines.clone() };
        let mut text = String::new();
        for line in lines {
            let style = cell.style;
            text.push_str(&format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{marks}{}</w:p>"#, run(line)));
            marks.clear();
        }
        format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{down}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>"#
        )
    }
}

fn weight(field: Field, lang: Lang) -> usize {
    match field {
        Field::Name => 17,
        Field::Points => 7,
        Field::Criterion => 52,
        Field::Meaning => 22,
        Field::Evidence => 20,
        Field::Basis | Field::Source => 16,
        Field::Note => 20,
        // “unverified” is longer than 未核实.
        Field::Status => {
            if lang == Lang::En {
                14
            } else {
                9
            }
        }
    }
}

fn font(asked: fonts::AskedFont) -> String {
    let latin = fonts::LATIN.name;
    format!(
        r#"<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{}" w:hint="eastAsia"/>"#,
        asked.name
    )
}

fn styles(lang: Lang) -> String {
    let style = |id: &str, paragraph: &str, asked: fonts::AskedFont, size: u32, run: &str| {
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{id}"/><w:basedOn w:val="Normal"/><w:pPr>{paragraph}</w:pPr><w:rPr>{}{run}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#,
            font(asked)
        )
    };
    let cell = r#"<w:spacing w:before="10" w:after="10" w:line="260" w:lineRule="atLeast"/>"#;
    let centred = format!(r#"{cell}<w:jc w:val="center"/>"#);
    let bold = if lang == Lang::En { "<w:b/>" } else { "" };
    let all = [
        style(
            "Title",
            r#"<w:spacing w:after="60" w:line="520" w:lineRule="exact"/><w:jc w:val="center"/>"#,
            fonts::TITLE,
            36,
            bold,
        ),
        style("Subtitle", r#"<w:spacing w:after="100"/><w:jc w:val="center"/>"#, fonts::BODY, 21, ""),
        style("Remark", r#"<w:spacing w:before="60"/>"#, fonts::KAI, 18, ""),
        style("Cell", cell, fonts::BODY, 20, ""),
        style("CellMiddle", &centred, fonts::BODY, 20, ""),
        style("CellHead", &centred, fonts::HEAD, 20, bold),
        style("Footer", r#"<w:jc w:val="center"/>"#, fonts::PAGE, 21, ""),
    ]
    .concat();
    let body = font(fonts::BODY);
    format!(
        r#"<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>{body}<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:widowControl/><w:kinsoku/><w:overflowPunct/></w:pPr></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>{all}</w:styles>"#
    )
}

fn settings() -> String {
    format!(
        r#"<w:settings {NS}><w:zoom w:percent="100"/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"#
    )
}

/// A page number in the middle.
fn footer() -> String {
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    format!(
        r#"<w:ftr {NS}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>{}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>{}<w:r><w:t>1</w:t></w:r>{}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>"#,
        field("begin"),
        field("separate"),
        field("end")
    )
}

const CONTENT_TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>"#;

const DOCUMENT_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml" Target="../customXml/item1.xml"/></Relationships>"#;

const ITEM_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps" Target="itemProps1.xml"/></Relationships>"#;

const ITEM_PROPERTIES: &str = r#"<ds:datastoreItem ds:itemID="{5B1F2D0E-6C0B-4E6E-9C54-7A1B3E0D9A11}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="urn:heng:table:1"/></ds:schemaRefs></ds:datastoreItem>"#;
