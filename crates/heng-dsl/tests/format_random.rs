//! The formatter on texts that nobody would write by hand: a tidy file with its blanks and signs
//! thrown about comes back tidy, and from a damaged one nothing is lost.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "tests say what they expect by failing"
)]

#[path = "support/programs.rs"]
mod programs;

use heng_diag::Lang;
use heng_dsl::{FormatOptions, compile, format};
use programs::placeless;
use proptest::{collection::vec, prelude::*};

const WAYS: [Option<Lang>; 3] = [None, Some(Lang::Zh), Some(Lang::En)];

/// A file with every form of the language in it, formatted.
const TIDY: &str = "规则包 例子 {
    评价年度：2023
    说明：随便写；什么 都行（1）
    缺报：停止   # 尾注
    无佐证：0分  # 又一个
    不适用：折算

    # 等级
    等级 = 分档（总分，保留2位）{
        ≥ 90分：优
        [60分, 90分)：中
        其他：差
    }
}

参数 {
    限额 = 200万元，依据《采购法》第四条，状态 演示
    起点 = 分档 评价年度 { ≤ 2022：30%；其他：40% }
}

一级指标 甲组 60分 {
    二级指标 甲（一） 40分 {
        状态：演示
        当 非（总额 = 0元 或 合同 为空）：不适用
        须 总额 ≥ 0元 且 支出 ≤ 总额：“支出 多于（总额）”，否则 提示
        率 = 支出 ÷ 总额 × 100% − 5%
        分档 率 {
            < 0%：0分
            [0%, 30%]：线性 满分 到 0分
            > 30%：满分 × 率，不低于 0分，不超过 满分，保留2位 舍去
        }
    }

    # 一行的
    二级指标 “三公”经费 5分 { 待编 }
    二级指标 乙        15分 { 得分 = 满分 × 占比（合同 凡 日期 在 起日 起 2个工作日 内） }
}

一级指标 丙组 40分 {
    二级指标 丙 20分 {
        逐项 合同 凡 类别 = 货物，均分 {
            当 金额 缺报 或 金额 无佐证：0分
            得分 = 分档 份额（类别，金额），类别 {
                60%（含）至 80%（不含），服务：满分
                20% 以内，缺报：满分
                [80%, 100%]，货物、工程：评定 [0分, 3分]
                其他，其他：0分
            }，保留2位
        }
    }

    二级指标 丁 20分 {
        扣分 从 20分 到 −2分 {
            合同 凡 金额 > 限额，每 1项：1分，按整
            支出 ÷ 总额 超过 100%，每 1个百分点：0.5分，按比例
        }
    }
}

方法 份额（类别：选项 自 合同.类别，金额：金额）：比率 = 分档 类别，金额 {
    货物、服务，≤ 限额：100%
    其他，其他：0%
}

数据 {
    总额：金额 > 0元，必填，说明“元”
    支出：金额
    合同：表，至少 1项 {
        名称：文本，键
        类别：选项 {货物, 服务, 工程}
        金额：金额 > 0元，可缺，缺报视为不符合
        起日：日期
        日期：日期
    }，可缺
}
";

fn formatted(text: &str, to: Option<Lang>) -> String {
    format(text, &FormatOptions { to }).text
}

/// Choices that a property made, read one after the other.
struct Tape<'a> {
    choices: &'a [u8],
    at: usize,
}

impl Tape<'_> {
    fn below(&mut self, most: usize) -> usize {
        self.at += 1;
        usize::from(self.choices[self.at % self.choices.len()]) % most
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    /// Blanks, or none.
    fn maybe(&mut self) -> &'static str {
        self.one(&["", "", " ", "  ", "\t", "　"])
    }

    /// Blanks, at least one.
    fn some(&mut self) -> &'static str {
        self.one(&[" ", "  ", "\t", "　", " \t "])
    }
}

/// The ways to write a sign; none for what is no sign.
fn forms(sign: char) -> &'static [&'static str] {
    match sign {
        '，' | ',' => &["，", ","],
        '：' | ':' => &["：", ":"],
        '；' | ';' => &["；", ";", "。"],
        '（' => &["（", "("],
        '）' => &["）", ")"],
        '(' => &["(", "（"],
        ')' => &[")", "）"],
        '[' => &["[", "【", "［"],
        ']' => &["]", "】", "］"],
        '{' => &["{", "｛"],
        '}' => &["}", "｝"],
        '≥' => &["≥", ">=", "≧", "＞＝"],
        '≤' => &["≤", "<=", "≦"],
        '=' => &["=", "＝"],
        '>' => &[">", "＞"],
        '÷' | '/' => &["÷", "/", "／"],
        '×' | '*' => &["×", "*", "＊"],
        '−' => &["−", "-", "－", "–"],
        '、' => &["、"],
        '%' => &["%", "％"],
        _ => &[],
    }
}

/// A line of the tidy file with its blanks and signs thrown about.
fn thrown(line: &str, tape: &mut Tape<'_>) -> String {
    let text = line.trim_start();
    let (text, comment) = match text.find(" #") {
        Some(at) => (text[..at].trim_end(), Some(text[at..].trim_start())),
        None if text.starts_with('#') => ("", Some(text)),
        None => (text, None),
    };
    let mut out = tape.maybe().to_owned();
    let chinese = ["评价年度", "说明", "缺报", "无佐证", "不适用", "状态"];
    let english = ["year", "note", "missing", "no_evidence", "not_applicable", "status"];
    let field = text.split_once('：').filter(|(key, _)| chinese.contains(key));
    let field =
        field.or(text.split_once(": ").filter(|(key, _)| english.contains(key))).filter(|_| line.starts_with("    "));
    let heads = ["规则包", "一级", "二级", "pack", "indicator"];
    let head = text.find(" {").filter(|_| heads.iter().any(|word| text.starts_with(word)));
    match (field, head) {
        (Some((key, words)), _) => {
            out += &format!("{key}{}{}{}{words}", tape.maybe(), tape.one(&["：", ":"]), tape.maybe())
        }
        (None, Some(at)) => {
            let words: Vec<&str> = text[..at].split_whitespace().collect();
            let (points, name) = words.split_last().unwrap();
            if points.ends_with('分') {
                out += &name.join(tape.some());
                out += tape.some();
                out += &points.replace('分', tape.one(&["分", " 分"])).replace('1', tape.one(&["1", "１"]));
            } else {
                out += &words.join(tape.some());
                out.push(' ');
            }
            out += &code(&text[at..], tape);
        }
        _ => out += &code(text, tape),
    }
    if let Some(comment) = comment {
        out += if out.trim().is_empty() { "" } else { tape.some() };
        out += comment;
    }
    out + tape.maybe()
}

fn code(text: &str, tape: &mut Tape<'_>) -> String {
    let mut out = String::new();
    let mut quote: Option<char> = None;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let mut length = character.len_utf8();
        // Signs of several characters that hold together.
        let edge = ["（含）", "（不含）", "(incl)", "(excl)", ">=", "<=", "!="]
            .into_iter()
            .find(|edge| rest.starts_with(edge));
        let before = out.chars().next_back();
        if let Some(end) = quote {
            out.push(character);
            quote = quote.filter(|_| character != end);
        } else if let Some(edge) = edge {
            length = edge.len();
            out += tape.maybe();
            out += edge;
            out += tape.maybe();
        } else if character == ' ' {
            let after = rest.chars().nth(1).unwrap_or(' ');
            let bare = |c: char| !forms(c).is_empty() && c != '%';
            let apart = !before.is_some_and(bare) && !bare(after);
            out += match before {
                // One blank at most parts a number from its unit.
                Some(before) if apart && before.is_numeric() => tape.one(&[" ", "\t", "　"]),
                _ if apart => tape.some(),
                _ => tape.maybe(),
            };
        } else if forms(character).is_empty() {
            quote = [('“', '”'), ('《', '》'), ('"', '"')]
                .into_iter()
                .find(|(open, _)| *open == character)
                .map(|(_, end)| end);
            let unit = before.is_some_and(|c| c.is_ascii_digit()) && "万元分天项个".contains(character);
            if unit && tape.below(3) == 0 {
                out.push(' ');
            }
            out.push(if character.is_ascii_digit() && tape.below(9) == 0 {
                char::from_u32(u32::from(character) + 0xFEE0).unwrap()
            } else {
                character
            });
        } else {
            out += if character == '%' { "" } else { tape.maybe() };
            out += tape.one(forms(character));
            let group = matches!(character, '，' | ',') && rest[length..].starts_with(|c: char| c.is_ascii_digit());
            out += if group { " " } else { tape.maybe() };
        }
        rest = &rest[length..];
    }
    out
}

/// The tidy file with its blanks, signs and line ends thrown about.
fn throw(tidy: &str, choices: &[u8]) -> String {
    let mut tape = Tape { choices, at: 0 };
    let end = tape.one(&["\n", "\r\n"]);
    let mut out = String::new();
    let mut lines = tidy.lines().peekable();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            (0..tape.below(3)).for_each(|_| out += end);
            out += tape.maybe();
        } else {
            out += &thrown(line, &mut tape);
            // Two rows may share a line.
            let row = |line: &str| {
                line.starts_with("        ") && line.trim_start().starts_with(['≥', '[']) && !line.contains('#')
            };
            if row(line) && lines.peek().is_some_and(|next| row(next)) && tape.below(3) == 0 {
                out += tape.one(&["；", ";", "；；"]);
                continue;
            }
        }
        out += end;
    }
    out
}

/// What is left of a text without blanks, line ends, separators and the forms of signs.
fn essence(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '\u{FF01}'..='\u{FF5E}' => out.push(char::from_u32(u32::from(character) - 0xFEE0).unwrap()),
            '−' | '–' => out.push('-'),
            '×' => out.push('*'),
            '÷' => out.push('/'),
            '“' | '”' => out.push('"'),
            '。' | '\u{200b}' | '\u{feff}' => {}
            _ if character.is_whitespace() => {}
            _ => out.push(character),
        }
    }
    let pairs = [
        (">=", "≥"),
        ("<=", "≤"),
        ("[", "("),
        ("【", "("),
        ("]", ")"),
        ("】", ")"),
        ("≠", "!="),
        (";", ""),
        ("==", "="),
    ];
    let levels = ["一级指标", "二级指标", "三级指标"].map(|level| (level, "指标"));
    pairs.into_iter().chain(levels).fold(out, |text, (from, to)| text.replace(from, to))
}

/// The findings of a file and, where it is sound, its program without places.
fn meaning(text: &str) -> (Vec<&'static str>, Option<String>) {
    let compiled = compile(&[("file.heng".to_owned(), text.to_owned())]);
    let mut codes: Vec<&str> = compiled.diagnostics.iter().map(|found| found.code).collect();
    codes.sort_unstable();
    (codes, compiled.program.map(|program| placeless(&program).to_string()))
}

/// Where two texts part, with what follows.
fn first_difference(left: &str, right: &str) -> String {
    let same = left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count();
    let after = |text: &str| text.chars().skip(same.saturating_sub(20)).take(60).collect::<String>();
    format!("{:?}\n{:?}", after(left), after(right))
}

/// One way to damage a text.
#[derive(Clone, Debug)]
enum Damage {
    Delete(usize),
    Insert(usize, &'static str),
    DeleteLine(usize),
    SwapLines(usize),
    Break(usize),
    Join(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let pieces = vec![
        "{",
        "}",
        "（",
        "）",
        "，",
        "：",
        "；",
        "“",
        "”",
        "\"",
        "#",
        " # 注",
        "//",
        "=",
        "≥",
        "÷",
        "-",
        "甲",
        "当",
        "当 ",
        "须",
        "且",
        "分",
        "1",
        "%",
        "\n",
        "\r\n",
        " ",
        "「",
        "《",
        ".",
        "、",
        "分档",
        "指标",
        "\u{200b}",
        "\u{feff}",
        "、",
        "[",
        ")",
        "when ",
        "else",
        "2022年1月1日",
    ];
    prop_oneof![
        any::<usize>().prop_map(Damage::Delete),
        (any::<usize>(), proptest::sample::select(pieces)).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        any::<usize>().prop_map(Damage::DeleteLine),
        any::<usize>().prop_map(Damage::SwapLines),
        any::<usize>().prop_map(Damage::Break),
        any::<usize>().prop_map(Damage::Join),
    ]
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for damage in damages {
        let length = characters.len().max(1);
        let mut lines: Vec<String> = characters.iter().collect::<String>().lines().map(str::to_owned).collect();
        let count = lines.len().max(1);
        match *damage {
            Damage::Delete(at) => drop(characters.splice(at % length..(at % length + 1).min(characters.len()), [])),
            Damage::Insert(at, piece) => drop(characters.splice(at % length..at % length, piece.chars())),
            Damage::Break(at) => {
                let blank = (at % length..length).find(|place| characters.get(*place) == Some(&' '));
                blank.into_iter().for_each(|place| characters[place] = '\n');
            }
            Damage::Join(at) => {
                let end = (at % length..length).find(|place| characters.get(*place) == Some(&'\n'));
                end.into_iter().for_each(|place| characters[place] = ' ');
            }
            Damage::DeleteLine(at) => {
                lines.remove(at % count);
                characters = lines.join("\n").chars().collect();
            }
            Damage::SwapLines(at) => {
                lines.swap(at % count, (at / 7) % count);
                characters = lines.join("\n").chars().collect();
            }
        }
    }
    characters.into_iter().collect()
}

#[test]
fn the_tidy_file_is_tidy_and_sound() {
    assert_eq!(formatted(TIDY, None), TIDY);
    let compiled = compile(&[("tidy.heng".to_owned(), TIDY.to_owned())]);
    let errors = compiled.diagnostics.iter().filter(|found| found.is_error());
    let errors: Vec<_> = errors.map(|found| (found.code, &found.title.zh)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// A quarter of the usual cases: each is a whole file. PROPTEST_CASES asks for more.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn blanks_and_forms_make_no_difference(choices in vec(any::<u8>(), 200..900)) {
        let thrown = throw(TIDY, &choices);
        let found = formatted(&thrown, None);
        prop_assert!(found == TIDY, "{}\n{thrown}", first_difference(&found, TIDY));
    }

    #[test]
    fn nor_do_they_in_english(choices in vec(any::<u8>(), 200..900)) {
        let tidy = formatted(TIDY, Some(Lang::En));
        let thrown = throw(&tidy, &choices);
        let found = formatted(&thrown, None);
        prop_assert!(found == tidy, "{}\n{thrown}", first_difference(&found, &tidy));
    }

    #[test]
    fn a_damaged_file_means_what_it_meant(damages in vec(damage(), 1..3)) {
        // A character that nobody can see is an error; between two tokens the formatter leaves it out.
        let text = damaged(TIDY, &damages).replace(['\u{200b}', '\u{feff}'], "");
        let found = formatted(&text, None);
        let (before, after) = (meaning(&text), meaning(&found));
        let same = before == after || (before.1.is_none() && after.1.is_none());
        prop_assert!(same, "{:?}\n{:?}\n{text}\n---\n{found}", before.0, after.0);
    }

    #[test]
    fn nothing_is_lost_from_a_damaged_file(damages in vec(damage(), 1..6)) {
        let text = damaged(TIDY, &damages);
        let found = formatted(&text, None);
        let (before, after) = (essence(&text), essence(&found));
        prop_assert!(before == after, "{}\n{text}\n---\n{found}", first_difference(&before, &after));
    }

    #[test]
    fn twice_is_once_even_when_damaged(damages in vec(damage(), 1..6)) {
        let text = damaged(TIDY, &damages);
        for to in WAYS {
            let once = formatted(&text, to);
            prop_assert_eq!(&formatted(&once, to), &once, "{:?}\n{}", to, text);
        }
    }

    #[test]
    fn there_and_back_even_when_damaged(damages in vec(damage(), 1..4)) {
        let chinese = formatted(&damaged(TIDY, &damages), Some(Lang::Zh));
        let english = formatted(&chinese, Some(Lang::En));
        let back = formatted(&english, Some(Lang::Zh));
        prop_assert!(back == chinese, "{}\n{chinese}\n---\n{english}", first_difference(&back, &chinese));
    }

    #[test]
    fn any_text_may_come(text in "(\\PC|[\n{}（）“”：，；#/ ]|当|分档|指标|规则包|数据|满分){0,60}") {
        let once = formatted(&text, None);
        prop_assert_eq!(&formatted(&once, None), &once);
    }
}
