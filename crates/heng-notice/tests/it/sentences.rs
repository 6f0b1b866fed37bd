//! Sentences in the varied wording of notices: each is read as expected or refused for the reason
//! expected, and every block that is read compiles.

use heng_diag::Lang;
use heng_notice::{Frame, Guess, Reading, Why, read_sentence};
use serde::Deserialize;

#[derive(Deserialize)]
struct Notices {
    #[serde(default)]
    lang: String,
    read: Vec<[String; 4]>,
    refuse: Vec<[String; 4]>,
}

const FILES: [(&str, &str); 7] = [
    ("thirty", include_str!("../notices/thirty.toml")),
    ("widened", include_str!("../notices/widened.toml")),
    ("bureaus", include_str!("../notices/bureaus.toml")),
    ("bands", include_str!("../notices/bands.toml")),
    ("deductions", include_str!("../notices/deductions.toml")),
    ("conditions", include_str!("../notices/conditions.toml")),
    ("english", include_str!("../notices/english.toml")),
];

fn notices(notices: Notices) -> (Notices, Lang) {
    let lang = if notices.lang == "en" { Lang::En } else { Lang::Zh };
    (notices, lang)
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Unknown => "unknown",
        Why::Edge => "edge",
        Why::Overlap => "overlap",
        Why::Gap => "gap",
        Why::Order => "order",
        Why::Total => "total",
        Why::Contradiction => "contradiction",
        Why::TwoReadings => "two_readings",
        Why::Discretion => "discretion",
        Why::NoLimit => "no_limit",
        Why::Subjects => "subjects",
    }
}

/// A pack around a block.
pub fn pack(full: &str, reading: &Reading) -> String {
    let mut text = format!(
        "规则包 试 {{\n评价年度：2024\n状态：演示\n满分：{full}分\n取整方式：按整\n缺报：停止\n无佐证：待核\n迟报：待核\n有争议：待核\n不适用：停止\n}}\n\
         一级指标 项 {full}分 {{\n{}\n}}\n数据 {{\n",
        reading.lines.join("\n")
    );
    for datum in &reading.data {
        let ty = match &datum.guess {
            Guess::Ratio | Guess::Bounded(false, false) => "比率".to_owned(),
            Guess::Bounded(true, false) => "比率 ≥ 0%".to_owned(),
            Guess::Bounded(false, true) => "比率 ≤ 100%".to_owned(),
            Guess::Bounded(true, true) => "比率 [0%, 100%]".to_owned(),
            Guess::Money => "金额".to_owned(),
            Guess::Days => "天数".to_owned(),
            Guess::WorkingDays => "工作日数".to_owned(),
            Guess::Count => "个数".to_owned(),
            Guess::Plain => "数".to_owned(),
            Guess::YesNo => "是否".to_owned(),
            Guess::Table => "表 {\n事项：文本，键\n}".to_owned(),
            Guess::Choice(words) => format!("选项 {{{}}}", words.join("，")),
        };
        text.push_str(&format!("「{}」：{ty}\n", datum.name));
    }
    text.push_str("}\n");
    text
}

#[test]
fn sentences_are_read_right_or_refused() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (file, text) in FILES {
        let (notices, lang) = notices(toml::from_str(text).unwrap());
        for [full, indicator, sentence, block] in &notices.read {
            count += 1;
            let points = full.parse().unwrap();
            let got = read_sentence(sentence, &Frame { full: Some(&points), indicator, lang });
            let said = match &got {
                Ok(reading) => reading.lines.join(" | "),
                Err(refusal) => format!("refused {} at {}", why(refusal.why), refusal.at),
            };
            if said != *block {
                wrong.push(format!("{file}: {sentence}\n   want {block}\n   got  {said}"));
            }
            if let Ok(reading) = got {
                let compiled = heng_dsl::compile(&[("x".to_owned(), pack(full, &reading))]);
                if compiled.program.is_none() {
                    let found: Vec<_> = compiled.diagnostics.iter().map(|found| found.code).collect();
                    wrong.push(format!("{file}: {sentence}\n   does not compile: {found:?}"));
                }
            }
        }
        for [full, indicator, sentence, reason] in &notices.refuse {
            count += 1;
            let points = full.parse().unwrap();
            match read_sentence(sentence, &Frame { full: Some(&points), indicator, lang }) {
                Ok(reading) => wrong.push(format!("{file}: {sentence}\n   READ as {}", reading.lines.join(" | "))),
                Err(refusal) if why(refusal.why) != reason => {
                    wrong.push(format!(
                        "{file}: {sentence}\n   want {reason}, got {} at {}",
                        why(refusal.why),
                        refusal.at
                    ));
                }
                Err(refusal) => assert!(!refusal.text().zh.is_empty()),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}
