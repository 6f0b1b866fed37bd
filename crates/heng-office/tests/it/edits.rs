//! What is edited is merged, and nothing else changes.

use heng_diag::{Diagnostic, Lang};
use heng_dsl::{Reading, diff};
use heng_model::Program;
use heng_office::{Choice, Conflicts, Kind, Merged, Unmade, Why, merge, write};

use crate::{
    edit::{in_document, points, text},
    support::{back, pack, program},
};

type Files = Vec<(String, String)>;

const BOTH: [Kind; 2] = [Kind::Workbook, Kind::Document];

struct Out {
    files: Files,
    program: Program,
    bytes: Vec<u8>,
    kind: Kind,
}

fn out(path: &str, kind: Kind) -> Out {
    let files = pack(path);
    let (program, lang) = program(&files);
    let bytes = write(&program, lang, kind).unwrap();
    Out { files, program, bytes, kind }
}

impl Out {
    fn merged(&self, bytes: &[u8], choice: Choice) -> Result<Merged, Unmade> {
        merge(&self.files, &self.program, &back(bytes, self.kind).unwrap(), choice)
    }

    /// The rule file after the edits, which is the old one with stretches replaced.
    fn is(&self, bytes: &[u8], stretches: &[(&str, &str)]) -> Merged {
        let merged = self.merged(bytes, Choice::default()).unwrap();
        let files = merged.files.clone().unwrap_or_else(|| panic!("{:#?}", merged.compared));
        let mut wanted = self.files[0].1.clone();
        for (old, new) in stretches {
            assert!(wanted.contains(old), "{old}");
            wanted = wanted.replacen(old, new, 1);
        }
        similar(&files[0].1, &wanted);
        merged
    }
}

fn similar(found: &str, wanted: &str) {
    let differ = found.lines().zip(wanted.lines()).find(|(one, other)| one != other);
    assert!(found == wanted, "{differ:?}\n{found}");
}

#[test]
fn points_are_merged_in_their_places() {
    for kind in BOTH {
        let out = out("hunan-yueyang/2019.heng", kind);
        let edited = points(&out.bytes, kind, "财政供养人员控制率", ("5", "6"));
        let edited = points(&edited, kind, "“三公经费”变动率", ("5", "4"));
        let merged = out.is(&edited, &[("控制率 5分", "控制率 6分"), ("变动率 5分", "变动率 4分")]);
        let changes = diff::described(&Reading::alone(&out.files), &Reading::alone(&merged.files.unwrap())).unwrap();
        let said = diff::text(&changes, Lang::Zh);
        assert!(said.contains("财政供养人员控制率") && said.contains('6'), "{said}");
        // One of them alone does not add up, and nothing is written.
        let alone = points(&out.bytes, kind, "财政供养人员控制率", ("5", "6"));
        let Err(Unmade::Rules(found, _)) = out.merged(&alone, Choice::default()) else { panic!("it adds up") };
        assert!(found.iter().any(Diagnostic::is_error));
    }
}

#[test]
fn groups_and_the_total_are_merged_too() {
    for kind in BOTH {
        let out = out("hunan-yueyang/2019.heng", kind);
        let edited = points(&out.bytes, kind, "财政供养人员控制率", ("5", "7"));
        // In a workbook both lines of a cell are one text.
        let group = |bytes: &[u8], name: &str, old: &str, new: &str| match kind {
            Kind::Workbook => text(bytes, kind, &format!("{name}\n（{old}分）"), &format!("{name}（{new}分）")),
            Kind::Document => {
                in_document(bytes, name, |row| row.replacen(&format!("（{old}分）"), &format!("（{new} 分）"), 2))
            }
        };
        let edited = match kind {
            Kind::Workbook => group(&group(&edited, "投入", "15", "17"), "预算配置", "15", "17"),
            Kind::Document => group(&edited, "投入", "15", "17"),
        };
        let edited = match kind {
            Kind::Workbook => {
                crate::edit::part(&edited, "xl/worksheets/sheet1.xml", |xml| xml.replace("<v>100</v>", "<v>102</v>"))
            }
            Kind::Document => in_document(&edited, "合计", |row| row.replace(">100<", ">102<")),
        };
        out.is(
            &edited,
            &[
                ("满分：100分", "满分：102分"),
                ("投入 15分", "投入 17分"),
                ("预算配置 15分", "预算配置 17分"),
                ("控制率 5分", "控制率 7分"),
            ],
        );
    }
}

#[test]
fn remarks_bases_and_names_are_merged() {
    for kind in BOTH {
        let out = out("guangdong-dept-overall/2023.heng", kind);
        let edited = text(&out.bytes, kind, "《预算法》第十四条", "《预算法》第十四条，财预〔2016〕143号");
        let edited = text(&edited, kind, "审计报告、财政检查结论、巡视巡察反馈", "会议纪要 #1");
        out.is(
            &edited,
            &[
                ("依据：《预算法》第十四条", "依据：《预算法》第十四条，财预〔2016〕143号"),
                ("佐证：审计报告、财政检查结论、巡视巡察反馈", "佐证：会议纪要 №1"),
            ],
        );
    }
}

#[test]
fn a_renamed_indicator_is_renamed_where_it_is_named() {
    for kind in BOTH {
        let out = out("hunan-yueyang/2019.heng", kind);
        let edited = match kind {
            Kind::Document => {
                in_document(&out.bytes, "重点支出安排率", |row| row.replace("重点支出安排率", "重点支出占比"))
            }
            // The key in the hidden column stays; here both are one shared string, so it is known by its place.
            Kind::Workbook => continue,
        };
        let merged = out.merged(&edited, Choice::default()).unwrap();
        let text = &merged.files.unwrap()[0].1;
        assert!(!text.contains("重点支出安排率"), "{text}");
        assert_eq!(text.matches("重点支出占比").count(), out.files[0].1.matches("重点支出安排率").count());
    }
}

#[test]
fn a_criterion_is_read_and_only_its_figures_are_written() {
    for kind in BOTH {
        let out = out("hunan-yueyang/2019.heng", kind);
        let old = "超过20%至30%的，得0.5分；";
        let edited = match kind {
            Kind::Document => text(&out.bytes, kind, old, "超过20%至30%的,得0.25分;"),
            Kind::Workbook => crate::edit::part(&out.bytes, "xl/sharedStrings.xml", |xml| {
                xml.replace(&format!("\n{old}\n"), "\n超过20%至30%的，得0.25分；\n")
            }),
        };
        out.is(&edited, &[("(20%, 30%]：0.5分", "(20%, 30%]：0.25分")]);
    }
}

#[test]
fn a_sentence_that_is_no_rule_keeps_the_old_one_and_is_listed() {
    let out = out("hunan-yueyang/2019.heng", Kind::Document);
    let old = "查实的使用违规每有1项扣1分，扣完为止。";
    let new = "由评审组酌情打分";
    let edited = text(&out.bytes, Kind::Document, old, new);
    let merged = out.merged(&edited, Choice::default()).unwrap();
    assert_eq!(merged.files, None);
    let doubt = &merged.compared.doubts[0];
    assert_eq!((doubt.about.as_str(), doubt.text.as_str()), ("资金使用合规性", new));
    assert!(matches!(doubt.why, Why::Sentence(_)));
    let kept = out.merged(&edited, Choice { conflicts: Conflicts::Keep, remove: false }).unwrap().files.unwrap();
    similar(
        &kept[0].1,
        &out.files[0].1.replace(
            "            扣分 {\n                使用违规",
            "            # 待编，送回的表上改成：由评审组酌情打分\n            扣分 {\n                使用违规",
        ),
    );
    let taken = out.merged(&edited, Choice { conflicts: Conflicts::Take, remove: false }).unwrap().files.unwrap();
    assert!(
        taken[0].1.contains("说明：评分标准原文：由评审组酌情打分\n            状态：已核实\n            待编"),
        "{}",
        taken[0].1
    );
}

#[test]
fn both_sides_are_shown_where_they_differ_and_merged_where_they_do_not() {
    for kind in BOTH {
        let mut out = out("hunan-yueyang/2019.heng", kind);
        let edited = text(&out.bytes, kind, "本年“三公”经费比上年增加的程度", "“三公”经费比上年多多少");
        let edited = text(&edited, kind, "“三公”经费支出与预算之比", "支出与预算之比");
        // The pack goes on meanwhile: one of the cells, another one, and one the same way.
        out.files[0].1 = out.files[0]
            .1
            .replace("本年“三公”经费比上年增加的程度", "三公经费的增长")
            .replace("年末结转结余与上年相比", "与上年相比的结余");
        out.program = program(&out.files).0;
        let merged = out.merged(&edited, Choice::default()).unwrap();
        assert_eq!(merged.files, None);
        let conflicts: Vec<_> = merged.compared.edits.iter().filter(|edit| edit.is_conflict()).collect();
        assert_eq!(conflicts.len(), 1);
        assert_eq!(
            (conflicts[0].theirs.as_str(), conflicts[0].ours.as_str()),
            ("“三公”经费比上年多多少", "三公经费的增长")
        );
        assert!(conflicts[0].row.is_some_and(|row| row > 2));
        for (conflicts, wanted) in [(Conflicts::Keep, "三公经费的增长"), (Conflicts::Take, "“三公”经费比上年多多少")]
        {
            let files = out.merged(&edited, Choice { conflicts, remove: false }).unwrap().files.unwrap();
            let wanted =
                out.files[0].1.replace("三公经费的增长", wanted).replace("“三公”经费支出与预算之比", "支出与预算之比");
            similar(&files[0].1, &wanted);
        }
    }
}

#[test]
fn rows_that_are_gone_are_said_and_taken_away_when_told_so() {
    let out = out("hunan-yueyang/2019.heng", Kind::Document);
    let edited = in_document(&out.bytes, "资金结余", |_| String::new());
    let edited = points(&edited, Kind::Document, "支付进度", ("3", "6"));
    let Err(Unmade::Rules(..)) = out.merged(&edited, Choice::default()) else { panic!("it adds up") };
    let merged = out.merged(&edited, Choice { remove: true, ..Choice::default() }).unwrap();
    assert_eq!(merged.compared.removed, [("资金结余".to_owned(), "资金结余".to_owned())]);
    assert_eq!(merged.mentioned, ["资金结余"]);
    let text = &merged.files.unwrap()[0].1;
    assert!(!text.contains("三级指标 资金结余") && text.contains("三级指标 支付进度 6分"), "{text}");
}

#[test]
fn rows_that_are_new_become_indicators() {
    let out = out("hunan-yueyang/2019.heng", Kind::Document);
    let new = |row: &str, criterion: &str| {
        let bare = row.split("<w:bookmarkStart").map(|part| {
            part.split_once("<w:bookmarkEnd").map_or(part.to_owned(), |(_, rest)| {
                rest.split_once("/>").map_or(String::new(), |(_, rest)| rest.to_owned())
            })
        });
        let bare: String = bare.collect();
        bare.replace("资金结余", "资金沉淀")
            .replace(">3<", ">1<")
            .replace("年末结转结余与上年相比", "")
            .replace("本年结转不超过上年结转的，得2分；", "")
            .replace("其他情形，得0分。", "")
            .replace("本年结转为0元的，得3分；", criterion)
    };
    for (criterion, read) in [("本年结转为0元的，得1分；其他情形，得0分。", true), ("沉淀少的得分", false)]
    {
        let edited = in_document(&out.bytes, "资金结余", |row| format!("{row}{}", new(row, criterion)));
        let edited = points(&edited, Kind::Document, "支付进度", ("3", "2"));
        let merged = out.merged(&edited, Choice::default()).unwrap_or_else(|unmade| panic!("{unmade:#?}"));
        assert_eq!(merged.added, [("资金沉淀".to_owned(), read)], "{:#?}", merged.compared);
        let text = &merged.files.unwrap()[0].1;
        let at = text.find("三级指标 资金沉淀 1分").unwrap_or_else(|| panic!("{text}"));
        assert!(text.find("资金结余 3分").unwrap() < at && at < text.find("三级指标 “三公经费”控制率").unwrap());
        assert_eq!(text.contains("说明：评分标准原文：沉淀少的得分"), !read);
    }
}

#[test]
fn an_english_table_is_merged_in_english() {
    for kind in BOTH {
        let out = out("wb-cpia/2024.heng", kind);
        let edited = points(&out.bytes, kind, "Country performance rating", ("6", "5"));
        let found = out.merged(&edited, Choice::default());
        assert!(found.is_ok() || matches!(found, Err(Unmade::Rules(..))), "{found:#?}");
        let note = match kind {
            Kind::Document => in_document(&out.bytes, "Trade", |row| {
                let (before, after) = row.rsplit_once("<w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>").unwrap();
                format!("{before}<w:p><w:r><w:t>Openness, tariffs</w:t></w:r></w:p>{after}")
            }),
            Kind::Workbook => continue,
        };
        let merged = out.merged(&note, Choice::default()).unwrap();
        let text = &merged.files.unwrap()[0].1;
        assert!(text.contains("note: Openness, tariffs"), "{text}");
        assert!(!text.contains("说明"), "{text}");
    }
}
