//! What `heng import --onto` says.

use std::path::Path;

use heng_diag::{Diagnostic, Text};
use heng_office::{Choice, Conflicts, Doubt, Edit, Field, Merged, NoLedger, NotBack, Returned, Why};

use super::general;

pub fn no_office_file(path: &Path) -> Diagnostic {
    let title = Text::new("只有 docx、xlsx 能合并回规则包", "only a docx or xlsx can be merged back into a pack");
    general("import/no-office-file", path, title).help(Text::new(
        "送回来的文件另存为 docx 或 xlsx；txt、csv 用 heng import 变成新的规则包",
        "save what came back as docx or xlsx; a txt or csv becomes a new pack with heng import",
    ))
}

pub fn not_back(path: &Path, why: &NotBack) -> Diagnostic {
    let record = |title: Text| {
        general("import/no-record", path, title).help(Text::new(
            "用 --base 给出当初 heng doc 写出的那个文件；或重新写出一份，把改动抄过去；要当成新的表导入，去掉 --onto",
            "name the file that heng doc wrote with --base; or write it again and copy the edits into it; without --onto it is imported as a new table",
        ))
    };
    match why {
        NotBack::Broken(broken) => broken.diagnostic().located(crate::pack::shown(path)),
        NotBack::NoLedger(NoLedger::Missing) => record(Text::new(
            "文件里没有写出时的记录：不是 heng doc 写出的，或隐藏的工作表、文档部件被删了",
            "the file has no record of what was written: heng doc did not write it, or its hidden sheet or part was deleted",
        )),
        NotBack::NoLedger(NoLedger::Changed) => {
            record(Text::new("文件里写出时的记录被改过", "the record of what was written was changed"))
        }
        NotBack::NoLedger(NoLedger::Version) => {
            record(Text::new("文件里的记录是另一版本的", "the record in the file is of another version"))
        }
        NotBack::NoTable => general(
            "import/no-table",
            path,
            Text::new(
                "找不到评分表：没有一行写着“分值”和“评分标准”",
                "no scoring table: no row has headings for points and criterion",
            ),
        )
        .help(Text::new("把表头改回来", "put the headings back")),
        NotBack::Unclear => general(
            "import/tracked-cells",
            path,
            Text::new(
                "有没接受的修订拆分、合并、增删了单元格，可以读成两种样子",
                "tracked changes that nobody accepted split, merge, add or delete cells: it can be read in two ways",
            ),
        )
        .help(Text::new(
            "在 Word 里接受或拒绝全部修订，再合并",
            "accept or reject all changes in Word and merge again",
        )),
    }
}

pub fn other_pack(path: &Path, ours: &(String, i16), theirs: &(String, i16)) -> Diagnostic {
    let title = Text::new(
        format!("这张表是从“{}”（{}年度）写出的，规则包是“{}”（{}年度）", theirs.0, theirs.1, ours.0, ours.1),
        format!("the table was written from {} ({}), the pack is {} ({})", theirs.0, theirs.1, ours.0, ours.1),
    );
    general("import/other-pack", path, title).help(Text::new(
        "合并到它自己的规则包；要变成新的规则包，去掉 --onto",
        "merge it into its own pack; without --onto it becomes a new pack",
    ))
}

pub fn amended_pack(path: &Path) -> Diagnostic {
    let title = Text::new(
        "这一年的规则是修订，或引用了别的文件，改动没有一个原地可写",
        "the rules of this year are an amendment, or import other files: there is no one place to write the edits to",
    );
    general("import/amended-pack", path, title).help(Text::new(
        "加 --as-amendment --out 文件.heng，改动写成接在后面的修订；或先用 heng expand 写成完整的规则文件",
        "add --as-amendment --out FILE.heng to write the edits as a further amendment; or write a whole file with heng expand first",
    ))
}

pub fn merged_rules(path: &Path) -> Diagnostic {
    let title = Text::new(
        "按表上的改动，规则过不了检查，什么都没有写",
        "with the edits of the table the rules do not pass the check; nothing was written",
    );
    general("import/merged-rules", path, title).help(Text::new(
        "上面的位置是合并以后的规则；分值加不起来时，上级指标和合计的分值也要在表上改",
        "the places above are those of the merged rules; where points do not add up, change those of the groups and the total in the table too",
    ))
}

pub fn unfit(path: &Path, cells: &[(String, Field)]) -> Diagnostic {
    let said =
        |lang| cells.iter().map(|(name, field)| format!("{name}（{}）", field.heading(lang))).collect::<Vec<_>>();
    let title = Text::new(
        format!("合并以后这些格与表和规则包都对不上：{}；什么都没有写", said(heng_diag::Lang::Zh).join("、")),
        format!(
            "merged, these cells say what neither table nor pack says: {}; nothing was written",
            said(heng_diag::Lang::En).join(", ")
        ),
    );
    general("import/unfit", path, title).help(Text::new(
        "这几处直接在规则文件里改，再重新写出表",
        "make these edits in the rule file and write the table again",
    ))
}

pub fn merge_refused(path: &Path) -> Diagnostic {
    let title = Text::new(
        "有冲突，或有没读懂的，什么都没有写",
        "there are conflicts, or something was not understood; nothing was written",
    );
    general("import/conflict", path, title).help(Text::new(
        "逐处定下来再合并；--conflicts keep 留规则包的，--conflicts take 用表上的（没读懂的评分标准改为待编，原文记在说明里）",
        "settle them and merge again; --conflicts keep keeps the pack, --conflicts take takes the table (a criterion that is not understood becomes 待编, its words in the remarks)",
    ))
}

pub fn nothing_to_merge() -> Text {
    Text::new("规则文件不用改", "the rule file stays as it is")
}

pub fn dry_run() -> Text {
    Text::new("只是看看，什么都没有写", "a dry run: nothing was written")
}

/// What came back, but for what is merged: that is said in the words of `heng diff`.
pub fn merge_report(merged: &Merged, back: &Returned, choice: Choice) -> Text {
    let mut lines: Vec<Text> = Vec::new();
    if back.tracked > 0 {
        lines.push(Text::new(
            format!("文件里有 {} 处没有接受的修订，按接受以后读", back.tracked),
            format!("{} tracked changes are not accepted; they were read as accepted", back.tracked),
        ));
    }
    let plain = |edit: &&Edit| !edit.is_conflict() && !edit.is_made();
    let edits: Vec<&Edit> = merged.compared.edits.iter().filter(plain).collect();
    if merged.files.is_none() {
        heading(&mut lines, edits.len(), ("表上改了", "edited in the table"));
        lines.extend(edits.into_iter().map(edited));
    } else {
        // Two sets of rules do not tell a new name from a new indicator.
        let renamed: Vec<&Edit> = edits.into_iter().filter(|edit| edit.field == Field::Name).collect();
        heading(&mut lines, renamed.len(), ("改名", "renamed"));
        lines.extend(renamed.into_iter().map(edited));
    }
    let conflicts: Vec<&Edit> = merged.compared.edits.iter().filter(|edit| edit.is_conflict()).collect();
    heading(&mut lines, conflicts.len(), ("两边都改了", "changed on both sides"));
    lines.extend(conflicts.into_iter().map(|edit| conflict(edit, choice)));
    let (beside, open): (Vec<&Doubt>, Vec<&Doubt>) = merged.compared.doubts.iter().partition(|doubt| !doubt.stops());
    heading(&mut lines, open.len(), ("没有合并", "not merged"));
    lines.extend(open.into_iter().map(doubt));
    heading(&mut lines, beside.len(), ("表以外的文字，不进规则包", "beside the table, and not for the pack"));
    lines.extend(beside.into_iter().map(doubt));
    if !choice.remove {
        heading(
            &mut lines,
            merged.compared.removed.len(),
            (
                "表上没有了，规则包里没有删（要删写 --remove）",
                "gone from the table, kept in the pack (--remove takes them away)",
            ),
        );
        lines.extend(merged.compared.removed.iter().map(|(_, name)| Text::same(format!("  {name}"))));
    }
    heading(&mut lines, merged.added.len(), ("新增", "added"));
    lines.extend(merged.added.iter().map(|(name, read)| added(name, *read)));
    heading(&mut lines, merged.read_as.len(), ("读作", "read as"));
    lines.extend(
        merged.read_as.iter().map(|(name, said)| Text::new(format!("  {name}：{said}"), format!("  {name}: {said}"))),
    );
    heading(
        &mut lines,
        merged.mentioned.len(),
        ("用例或性质里还写着，要跟着改", "cases or properties still name these"),
    );
    lines.extend(merged.mentioned.iter().map(|name| Text::same(format!("  {name}"))));
    let join = |get: fn(&Text) -> &str| lines.iter().map(get).collect::<Vec<_>>().join("\n");
    Text::new(join(|text| &text.zh), join(|text| &text.en))
}

fn heading(lines: &mut Vec<Text>, count: usize, (zh, en): (&str, &str)) {
    if count > 0 {
        lines.push(Text::new(format!("{zh}：{count} 处"), format!("{en}: {count}")));
    }
}

fn place(row: Option<usize>) -> Text {
    row.map_or_else(|| Text::same(""), |row| Text::new(format!("第{row}行 "), format!("row {row}, ")))
}

fn quoted(text: &str) -> Text {
    if text.is_empty() {
        Text::new("（空）", "(blank)")
    } else {
        Text::new(format!("“{text}”"), format!("“{text}”"))
    }
}

fn edited(edit: &Edit) -> Text {
    let (row, base, theirs) = (place(edit.row), quoted(&edit.base), quoted(&edit.theirs));
    let (zh, en) = (edit.field.heading(heng_diag::Lang::Zh), edit.field.heading(heng_diag::Lang::En));
    Text::new(
        format!("  {}{} {zh}：{} → {}", row.zh, edit.name, base.zh, theirs.zh),
        format!("  {}{} {en}: {} → {}", row.en, edit.name, base.en, theirs.en),
    )
}

fn conflict(edit: &Edit, choice: Choice) -> Text {
    let (row, base, theirs, ours) = (place(edit.row), quoted(&edit.base), quoted(&edit.theirs), quoted(&edit.ours));
    let taken = match choice.conflicts {
        Conflicts::Refuse => Text::same(""),
        Conflicts::Keep => Text::new("；留规则包的", "; the pack's is kept"),
        Conflicts::Take => Text::new("；用表上的", "; the table's is taken"),
    };
    let (zh, en) = (edit.field.heading(heng_diag::Lang::Zh), edit.field.heading(heng_diag::Lang::En));
    Text::new(
        format!("  {}{} {zh}：写出时{}，表上{}，规则包{}{}", row.zh, edit.name, base.zh, theirs.zh, ours.zh, taken.zh),
        format!(
            "  {}{} {en}: written {}, table {}, pack {}{}",
            row.en, edit.name, base.en, theirs.en, ours.en, taken.en
        ),
    )
}

fn doubt(doubt: &Doubt) -> Text {
    let (row, text, why) = (place(doubt.row), quoted(&doubt.text), why(&doubt.why));
    let (zh, en) = if doubt.about.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("{}：", doubt.about), format!("{}: ", doubt.about))
    };
    Text::new(format!("  {}{zh}{}——{}", row.zh, text.zh, why.zh), format!("  {}{en}{} – {}", row.en, text.en, why.en))
}

fn added(name: &str, read: bool) -> Text {
    if read {
        return Text::new(format!("  {name}"), format!("  {name}"));
    }
    Text::new(
        format!("  {name}（评分标准待编，原文记在说明里）"),
        format!("  {name} (criterion to be written, its words in the remarks)"),
    )
}

fn why(why: &Why) -> Text {
    match why {
        Why::NoName => Text::new("没有名称", "it has no name"),
        Why::NoPoints => Text::new("没有分值", "it has no points"),
        Why::NotPoints => Text::new("分值不是数", "these are no points"),
        Why::NotStatus => {
            Text::new("状态只有已核实、二手、未核实、演示", "a status is verified, secondary, unverified or demo")
        }
        Why::Moved => Text::new(
            "这一行换了上级指标，请在规则文件里移",
            "this row stands under another group; move it in the rule file",
        ),
        Why::Sentence(text) => text.clone(),
        Why::Undeclared(name) => {
            Text::new(format!("规则包里没有数据“{name}”"), format!("the pack has no datum {name}"))
        }
        Why::NotInPack => Text::new("规则包里已经没有这一项", "the pack has it no more"),
        Why::ChangedMeanwhile => Text::new("表上删了，规则包里改过", "gone from the table, and changed in the pack"),
        Why::NoPlace => Text::new(
            "规则文件里没有这样一处可改，请直接改规则文件",
            "the rule file has no such place; make the edit there",
        ),
        Why::Column(heading) => Text::new(format!("不认得的列“{heading}”"), format!("an unknown column, {heading}")),
        Why::Outside => Text::new("在表以外", "it stands outside the table"),
    }
}
