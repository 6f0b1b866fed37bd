//! Styles, settings and fonts. Sizes are half-points: 44 is 二号, 32 三号, 24 小四.

use heng_diag::Lang;

use crate::{
    fonts,
    ooxml::{NAMESPACES, xml},
};

/// The line of a body text: 28 points, in twentieths.
pub(super) const LINE: u32 = 560;

/// Fonts of title, first and second level, and body; their English companions.
const ZH: [&str; 4] = [fonts::TITLE.name, fonts::HEAD.name, fonts::KAI.name, fonts::BODY.name];

/// Signs that may not begin a line.
const NOT_FIRST: &str = "!%),.:;?]}¢°·’”†‡›℃∶、。〃〆〕〗〞﹚﹜！＂％＇），．：；？］｀｜｝～》」』】〉…—";
/// Signs that may not end a line.
const NOT_LAST: &str = "$([{£¥‘“〈《「『【〔〖〝﹙﹛＄（．［｛￡￥";

fn fonts_of(name: &str) -> String {
    format!(
        r#"<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{name}" w:hint="eastAsia"/>"#
    )
}

struct Style {
    id: &'static str,
    name: &'static str,
    font: &'static str,
    size: u32,
    /// What else a paragraph says.
    paragraph: &'static str,
    /// What else its text says.
    run: &'static str,
    outline: Option<u32>,
}

const NO_INDENT: &str = r#"<w:ind w:firstLine="0" w:firstLineChars="0"/>"#;
const LEFT: &str = r#"<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="left"/>"#;
const CENTRE: &str = r#"<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>"#;

const STYLES: [Style; 11] = [
    Style { id: "Title", name: "Title", font: ZH[0], size: 44, paragraph: CENTRE, run: "", outline: None },
    Style { id: "Heading1", name: "heading 1", font: ZH[1], size: 32, paragraph: "", run: "", outline: Some(0) },
    Style { id: "Heading2", name: "heading 2", font: ZH[2], size: 32, paragraph: "", run: "", outline: Some(1) },
    Style { id: "Heading3", name: "heading 3", font: ZH[3], size: 32, paragraph: "", run: "<w:b/>", outline: Some(2) },
    Style { id: "Heading4", name: "heading 4", font: ZH[3], size: 32, paragraph: "", run: "", outline: Some(3) },
    Style { id: "Flush", name: "Flush", font: ZH[3], size: 32, paragraph: NO_INDENT, run: "", outline: None },
    Style { id: "Centre", name: "Centre", font: ZH[3], size: 32, paragraph: CENTRE, run: "", outline: None },
    Style { id: "Remark", name: "Remark", font: ZH[2], size: 24, paragraph: "", run: "", outline: None },
    Style { id: "Cell", name: "Cell", font: ZH[3], size: 24, paragraph: LEFT, run: "", outline: None },
    Style { id: "CellMiddle", name: "Cell middle", font: ZH[3], size: 24, paragraph: CENTRE, run: "", outline: None },
    Style { id: "CellHead", name: "Cell head", font: ZH[1], size: 24, paragraph: CENTRE, run: "", outline: None },
];

impl Style {
    fn xml(&self) -> String {
        let line = match self.id {
            "Title" => r#"<w:spacing w:before="280" w:after="280" w:line="640" w:lineRule="exact"/>"#.to_owned(),
            "Cell" | "CellMiddle" | "CellHead" => {
                r#"<w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20" w:line="320" w:lineRule="atLeast"/>"#
                    .to_owned()
            }
            "Remark" => r#"<w:spacing w:line="440" w:lineRule="exact"/>"#.to_owned(),
            _ => String::new(),
        };
        let keep = if self.outline.is_some() { "<w:keepNext/>" } else { "" };
        let outline = self.outline.map(|level| format!(r#"<w:outlineLvl w:val="{level}"/>"#)).unwrap_or_default();
        format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}{line}{paragraph}{outline}</w:pPr><w:rPr>{fonts}{run}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#,
            id = self.id,
            name = self.name,
            paragraph = self.paragraph,
            fonts = fonts_of(self.font),
            run = self.run,
            size = self.size,
        )
    }
}

/// styles.xml
pub(super) fn styles(lang: Lang) -> String {
    let styles: String = STYLES.iter().map(Style::xml).collect();
    let language = if lang == Lang::Zh { "en-US" } else { "en-GB" };
    format!(
        r#"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="{language}" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:spacing w:line="{LINE}" w:lineRule="exact"/><w:ind w:firstLine="640" w:firstLineChars="200"/><w:jc w:val="both"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:pPr><w:ind w:firstLine="0" w:firstLineChars="0" w:left="280" w:right="280"/></w:pPr><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>{styles}</w:styles>"#,
        fonts = fonts_of(ZH[3]),
    )
}

/// settings.xml
pub(super) fn settings(lang: Lang) -> String {
    let _ = lang;
    format!(
        r#"<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:noLineBreaksAfter w:lang="zh-CN" w:val="{}"/><w:noLineBreaksBefore w:lang="zh-CN" w:val="{}"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"#,
        xml(NOT_LAST),
        xml(NOT_FIRST)
    )
}

/// fontTable.xml: what may stand in where a font is not installed.
pub(super) fn fonts() -> String {
    let alternatives = [(ZH[0], "小标宋"), (ZH[1], "SimHei"), (ZH[2], "楷体"), (ZH[3], "仿宋")];
    let fonts: String = alternatives
        .iter()
        .map(|(name, other)| {
            format!(
                r#"<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>"#
            )
        })
        .collect();
    format!("<w:fonts {NAMESPACES}>{fonts}</w:fonts>")
}
