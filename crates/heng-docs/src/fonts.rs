//! The fonts that GB/T 9704-2012 asks for, the names under which they are installed, and what may stand in.

/// A font that the report asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedFont {
    /// Its name in the document.
    pub name: &'static str,
    /// Other names of the same font, as systems and PDF files have them.
    pub also: &'static [&'static str],
    /// Fonts that may stand in for it, the best first.
    pub stand_ins: &'static [&'static str],
}

/// What can print Chinese where nothing better is there.
const SERIF: &[&str] = &[
    "SimSun",
    "宋体",
    "NSimSun",
    "Songti SC",
    "Source Han Serif SC",
    "思源宋体",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "AR PL UMing CN",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
];

/// Title.
pub const TITLE: AskedFont = AskedFont {
    name: "方正小标宋简体",
    also: &["FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0", "FZXBSJW", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"],
    stand_ins: SERIF,
};

/// Headings of the first level, and heads of tables.
pub const HEAD: AskedFont = AskedFont {
    name: "黑体",
    also: &["SimHei"],
    stand_ins: &[
        "Heiti SC",
        "Microsoft YaHei",
        "Source Han Sans SC",
        "思源黑体",
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "WenQuanYi Zen Hei",
        "Droid Sans Fallback",
        "Noto Serif CJK SC",
    ],
};

/// Headings of the second level, and remarks.
pub const KAI: AskedFont = AskedFont {
    name: "楷体_GB2312",
    also: &["KaiTi_GB2312", "楷体", "KaiTi", "SimKai"],
    stand_ins: &[
        "STKaiti",
        "华文楷体",
        "Kaiti SC",
        "AR PL UKai CN",
        "LXGW WenKai",
        "SimSun",
        "Songti SC",
        "Noto Serif CJK SC",
        "Noto Serif SC",
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "WenQuanYi Zen Hei",
        "Droid Sans Fallback",
    ],
};

/// The body.
pub const BODY: AskedFont = AskedFont {
    name: "仿宋_GB2312",
    also: &["FangSong_GB2312", "仿宋", "FangSong", "SimFang"],
    stand_ins: &[
        "STFangsong",
        "华文仿宋",
        "FandolFang",
        "SimSun",
        "宋体",
        "Songti SC",
        "Source Han Serif SC",
        "Noto Serif CJK SC",
        "Noto Serif SC",
        "AR PL UMing CN",
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "WenQuanYi Zen Hei",
        "Droid Sans Fallback",
    ],
};

/// Letters and digits.
pub const LATIN: AskedFont = AskedFont {
    name: "Times New Roman",
    also: &["TimesNewRomanPSMT", "TimesNewRomanPS"],
    stand_ins: &[
        "Liberation Serif",
        "Tinos",
        "TeX Gyre Termes",
        "Nimbus Roman",
        "FreeSerif",
        "DejaVu Serif",
        "Noto Serif CJK SC",
        "Noto Sans CJK SC",
    ],
};

/// Page numbers.
pub const PAGE: AskedFont = AskedFont { name: "宋体", also: &["SimSun", "NSimSun"], stand_ins: SERIF };

/// All of them.
pub const FONTS: [AskedFont; 6] = [TITLE, HEAD, KAI, BODY, LATIN, PAGE];

impl AskedFont {
    /// Whether `name` is this font, perhaps under another name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        let name = plain(name);
        std::iter::once(&self.name).chain(self.also).any(|known| plain(known) == name)
    }

    /// The font of `installed` that prints what asks for this one: itself, else the best that may stand in.
    #[must_use]
    pub fn choose<'f>(&self, installed: &'f [String]) -> Option<&'f str> {
        let own = installed.iter().find(|name| self.is(name));
        let of = |wanted: &&str| installed.iter().find(|name| plain(name) == plain(wanted));
        own.or_else(|| self.stand_ins.iter().find_map(of)).map(String::as_str)
    }
}

/// A name without what a PDF puts before it, blanks, marks of style, and case.
fn plain(name: &str) -> String {
    let bare = name.split_once('+').filter(|(tag, _)| tag.len() == 6).map_or(name, |(_, rest)| rest);
    let bare = bare.split([',', '-']).next().filter(|first| !first.is_empty()).unwrap_or(bare);
    bare.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_is_known_by_its_names() {
        assert!(HEAD.is("SimHei") && HEAD.is("ABCDEF+SimHei") && HEAD.is("黑体"));
        assert!(BODY.is("FangSong_GB2312") && BODY.is("仿宋") && !BODY.is("SimSun"));
        assert!(LATIN.is("BAAAAA+TimesNewRomanPS-BoldMT") && !LATIN.is("LiberationSerif"));
        assert!(TITLE.is("FZXBSJW--GB1-0"));
    }

    #[test]
    fn the_best_that_is_installed_stands_in() {
        let installed = ["Noto Sans CJK SC", "Noto Serif CJK SC", "SimHei"].map(str::to_owned);
        assert_eq!(HEAD.choose(&installed), Some("SimHei"));
        assert_eq!(BODY.choose(&installed), Some("Noto Serif CJK SC"));
        assert_eq!(BODY.choose(&["Arial".to_owned()]), None);
    }
}
