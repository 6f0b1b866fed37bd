//! All wording of the command line, Chinese and English side by side.

mod declared;
mod import;
mod onto;
mod peers;
mod proof;
mod shelf;

pub use declared::*;
pub use import::*;
pub use onto::*;
pub use peers::*;
pub use proof::*;
pub use shelf::*;

use std::path::Path;

use heng_batch::Summary;
use heng_data::wire::{Agreement, Compared, InputKind, What};
use heng_diag::{Diagnostic, Lang, Severity, Text};

use crate::{pack::shown, registry::Origin};

fn general(code: &'static str, path: &Path, title: Text) -> Diagnostic {
    Diagnostic::general(code, Severity::Error, title).located(shown(path))
}

pub fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let (zh, en) = match error.kind() {
        std::io::ErrorKind::NotFound => ("没有这个文件", "there is no such file"),
        std::io::ErrorKind::PermissionDenied => ("没有权限读这个文件", "permission to read it is denied"),
        std::io::ErrorKind::IsADirectory => ("这是文件夹，不是文件", "this is a folder, not a file"),
        _ => ("这个文件读不了", "the file cannot be read"),
    };
    general("file/unreadable", path, Text::new(zh, en))
        .help(Text::new("检查路径；运行文件夹里要有 heng.toml", "check the path; a case folder holds heng.toml"))
}

pub fn unwritable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let title = Text::new(format!("写不了文件：{error}"), format!("cannot write the file: {error}"));
    general("file/unwritable", path, title).note(Text::new("什么都没有写下", "nothing was written")).help(Text::new(
        "检查磁盘和权限，或用 --out 换一个文件夹",
        "check disk and permissions, or choose a folder with --out",
    ))
}

pub fn no_ordinary_file(path: &Path) -> Diagnostic {
    let title = Text::new(
        "这里有文件夹、设备或管道，不能写成文件",
        "a folder, device or pipe is there, which cannot become a file",
    );
    general("file/unwritable", path, title)
        .note(Text::new("什么都没有写下", "nothing was written"))
        .help(Text::new("换一个文件名", "choose another name"))
}

pub fn unprinted(error: &std::io::Error) -> Diagnostic {
    let title = Text::new(format!("结果没有写完：{error}"), format!("the output is not complete: {error}"));
    Diagnostic::general("file/unwritable", Severity::Error, title)
        .note(Text::new("写到标准输出的内容不全，不能用", "what went to standard output is incomplete and of no use"))
        .help(Text::new("检查磁盘空间，再运行一次", "check the disk and run it again"))
}

pub fn not_utf8(path: &Path, line: usize) -> Diagnostic {
    let title = Text::new(format!("第 {line} 行不是 UTF-8 编码"), format!("line {line} is not UTF-8"));
    general("file/encoding", path, title).help(Text::new("用编辑器另存为 UTF-8", "save it as UTF-8 in an editor"))
}

pub fn bad_manifest(path: &Path, error: &toml::de::Error) -> Diagnostic {
    let reason = error.message().to_owned();
    let title = Text::new(format!("文件内容不对：{reason}"), format!("the file is not valid: {reason}"));
    let example = "rules = \"../../rules/…/2023.heng\"\nfacts = [\"facts.toml\"]";
    general("case/manifest", path, title)
        .help(Text::new(format!("heng.toml 写作：\n{example}"), format!("heng.toml reads:\n{example}")))
}

pub fn bad_pack_manifest(path: &Path, error: &toml::de::Error) -> Diagnostic {
    let reason = error.message().to_owned();
    let title = Text::new(format!("文件内容不对：{reason}"), format!("the file is not valid: {reason}"));
    let example =
        "id = \"…\"\nversion = \"1.0.0\"\ntitle.zh = \"…\"\nlanguage = \"1\"\n\n[years]\n2023 = \"2023.heng\"";
    general("pack/manifest", path, title)
        .help(Text::new(format!("pack.toml 写作：\n{example}"), format!("pack.toml reads:\n{example}")))
}

pub fn fixed_severity(path: &Path, code: &str, practice: &[&str]) -> Diagnostic {
    let title = Text::new(format!("{code} 的轻重不能改"), format!("the severity of {code} cannot be set"));
    general("pack/severity", path, title).help(Text::new(
        format!("能改的只有：{}", practice.join("、")),
        format!("these can be set: {}", practice.join(", ")),
    ))
}

pub fn no_such_year(path: &Path, year: u16, years: &[u16]) -> Diagnostic {
    let list = years.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    general("pack/years", path, Text::new(format!("没有 {year} 年的规则"), format!("there are no rules for {year}")))
        .help(Text::new(format!("有的年度：{list}"), format!("years there are: {list}")))
}

pub fn no_pack(path: &Path, versions: &[String], places: &[(Origin, std::path::PathBuf)]) -> Diagnostic {
    let name = shown(path);
    let looked: Vec<String> = places.iter().map(|(_, place)| format!("  {}", shown(place))).collect();
    let looked = looked.join("\n");
    let found = Diagnostic::general(
        "pack/unknown",
        Severity::Error,
        Text::new(
            format!("没有 {name} 这个文件、文件夹或规则包"),
            format!("{name} is neither a file, nor a folder, nor a pack"),
        ),
    )
    .note(Text::new(format!("找过：\n{looked}"), format!("looked in:\n{looked}")));
    if versions.is_empty() {
        return found.help(Text::new("heng pack list 列出找得到的规则包", "heng pack list lists the packs there are"));
    }
    let list = versions.join(", ");
    found.help(Text::new(format!("有的版本：{list}"), format!("versions there are: {list}")))
}

pub fn lock_head() -> &'static str {
    "# 评分用的规则文件、脚本、日历的 SHA-256；由 heng pack lock 写，不要手改。\n# SHA-256 of the rules, scripts and calendar of this case; written by heng pack lock."
}

pub fn bad_lock(path: &Path, error: &toml::de::Error) -> Diagnostic {
    let reason = error.message();
    let title = Text::new(format!("文件内容不对：{reason}"), format!("the file is not valid: {reason}"));
    general("pack/lock", path, title).help(Text::new("用 heng pack lock 重新写", "write it again with heng pack lock"))
}

pub fn lock_broken(path: &Path, changes: &[String]) -> Diagnostic {
    let list = changes.join("、");
    let title = Text::new(
        format!("规则包和锁定时不一样了：{list}"),
        format!("the pack is not what was locked: {}", changes.join(", ")),
    );
    general("pack/lock", path, title).help(Text::new(
        "看清改了什么；确认后用 heng pack lock 重新锁定",
        "look at what changed, then lock again with heng pack lock",
    ))
}

pub fn bad_id(name: &str) -> Diagnostic {
    let title = Text::new(format!("“{name}”不能作规则包的名称"), format!("`{name}` cannot be the name of a pack"));
    Diagnostic::general("pack/id", Severity::Error, title).help(Text::new(
        "名称用汉字、字母、数字和连字符，例如 某县部门整体支出",
        "use letters of any script, digits and hyphens, such as my-county",
    ))
}

pub fn no_such_form() -> Diagnostic {
    let title = Text::new(
        "这里只能写成 Markdown、网页、Word 文档或 Excel 工作簿",
        "this can be written as Markdown, a page, a Word document or an Excel workbook only",
    );
    Diagnostic::general("docs/form", Severity::Error, title).help(Text::new(
        "写 --format md、html、docx 或 xlsx，或让文件名以 .md、.html、.docx、.xlsx 结尾",
        "say --format md, html, docx or xlsx, or let the file's name end in .md, .html, .docx or .xlsx",
    ))
}

pub fn needs_out() -> Diagnostic {
    let title = Text::new("Word、Excel 文件不能印在终端上", "a Word or Excel file cannot be printed on the terminal");
    Diagnostic::general("docs/form", Severity::Error, title).help(Text::new(
        "用 --out 写明文件，例如 --out 评分表.docx",
        "name a file with --out, such as --out table.docx",
    ))
}

pub fn folder_taken(path: &Path) -> Diagnostic {
    general("file/exists", path, Text::new("已经有这个文件或文件夹", "there is such a file or folder already"))
        .note(Text::new("什么都没有写下", "nothing was written"))
        .help(Text::new(
            "换一个名称；单个文件可以用 --force 覆盖",
            "choose another name; a single file can be replaced with --force",
        ))
}

pub fn made(name: &str) -> Text {
    Text::new(
        format!(
            "建好了 {name}/。下一步：\n  heng check {name}\n  heng test {name}\n  heng score {name}/example\n  heng script run {name}/example"
        ),
        format!(
            "made {name}/. Next:\n  heng check {name}\n  heng test {name}\n  heng score {name}/example\n  heng script run {name}/example"
        ),
    )
}

pub fn pack_gap(path: &Path, zh: &str, en: &str) -> Diagnostic {
    Diagnostic::general("pack/incomplete", Severity::Warning, Text::new(zh, en)).located(shown(path))
}

pub fn no_suites(path: &Path) -> Diagnostic {
    general("test/none", path, Text::new("没有找到用例", "there are no cases here")).help(Text::new(
        "用例放在规则包的 tests/ 里，文件以 .cases、.csv、.xlsx 或 .toml 结尾；或在规则文件里写 用例 名称 { … }",
        "keep cases in tests/ of the pack, in files that end with .cases, .csv, .xlsx or .toml; or write test NAME { … } into a rule file",
    ))
}

pub fn suite_without_pack(path: &Path) -> Diagnostic {
    general("test/pack", path, Text::new("不知道这些用例测哪个规则包", "it is not said which pack these cases test"))
        .help(Text::new(
            "把文件放进规则包的 tests/，或在开头写 规则：…（.toml 写 pack = \"…\"）",
            "put the file into tests/ of the pack, or begin it with rules: … (pack = \"…\" in .toml)",
        ))
}

pub fn nothing_selected(filter: &str) -> Diagnostic {
    let title = Text::new(format!("没有哪个用例的名称里有“{filter}”"), format!("no case has `{filter}` in its name"));
    Diagnostic::general("test/none", Severity::Error, title)
        .help(Text::new("heng test --list 列出用例", "heng test --list lists the cases"))
}

pub fn case_facts(place: &str, name: &str, reason: &str) -> Diagnostic {
    let title = Text::new(format!("用例“{name}”的数据：{reason}"), format!("the facts of case `{name}`: {reason}"));
    Diagnostic::general("test/facts", Severity::Error, title).located(place).help(Text::new(
        "看 数据：后面的路径（相对用例文件）",
        "check the path after base: (relative to the file of cases)",
    ))
}

/// The name of what a difference is about.
pub fn expectation(what: &str, lang: Lang) -> String {
    let (zh, en) = match what {
        "total" => ("总分", "total"),
        "grade" => ("等级", "grade"),
        "says" => ("提示", "says"),
        "refused" => ("拒收", "refused"),
        other => (other, other),
    };
    Text::new(zh, en).get(lang).to_owned()
}

pub fn difference(what: &str, expected: &str, found: &str) -> Text {
    Text::new(
        format!("    {}：应为 {expected}，实为 {found}", expectation(what, Lang::Zh)),
        format!("    {}: expected {expected}, got {found}", expectation(what, Lang::En)),
    )
}

pub fn expects_nothing() -> Text {
    Text::new("    什么都没有期望，等于没有测", "    it expects nothing, so it tests nothing")
}

pub fn pin_moved(lines: &str) -> Text {
    Text::new(
        format!("    和钉住的记分卡不一样：\n{lines}\n    认可就用 --accept"),
        format!("    the scorecard is not the one that was pinned:\n{lines}\n    accept it with --accept"),
    )
}

pub fn tests_done(cases: usize, properties: usize, failed: usize, written: usize) -> Text {
    let passed = cases + properties - failed;
    let (zh, en) = match written {
        0 => (String::new(), String::new()),
        _ => (format!("，钉住 {written} 张记分卡"), format!(", {} pinned", counted(written, "scorecard"))),
    };
    let (more_zh, more_en) = match properties {
        0 => (String::new(), String::new()),
        _ => (
            format!("、{properties} 条性质"),
            if properties == 1 { " and 1 property".to_owned() } else { format!(" and {properties} properties") },
        ),
    };
    Text::new(
        format!("{cases} 个用例{more_zh}：{passed} 个过，{failed} 个不过{zh}"),
        format!("{}{more_en}: {passed} passed, {failed} failed{en}", counted(cases, "case")),
    )
}

pub fn coverage_head(reached: usize, all: usize) -> Text {
    let (zh, en) = if reached == all { ("", "") } else { ("没有用例的：", " Without a case:") };
    Text::new(format!("覆盖 {reached}/{all} 种情形。{zh}"), format!("{reached} of {all} outcomes reached.{en}"))
}

pub fn coverage_item(item: &heng_test::coverage::Item, lang: Lang) -> &'static str {
    use heng_test::coverage::Item;
    let (zh, en) = match item {
        Item::Scored(_) => ("没有评过", "never scored"),
        Item::Case(_, true) => ("当：没有成立过", "when: never held"),
        Item::Case(_, false) => ("当：没有不成立过", "when: always held"),
        Item::Demand(_, true) => ("须：没有符合过", "require: never met"),
        Item::Demand(_, false) => ("须：没有不符合过", "require: always met"),
        Item::Band(..) => ("没有落在这一档", "band never taken"),
        Item::Tally(_, _, true) => ("没有计过", "never counted"),
        Item::Tally(_, _, false) => ("没有不计过", "always counted"),
        Item::Limit(_, true) => ("上下限没有起过作用", "bound never binds"),
        Item::Limit(_, false) => ("上下限每次都起作用", "bound always binds"),
    };
    if lang == Lang::Zh { zh } else { en }
}

pub fn mutants_done(all: usize, killed: usize, percent: &str, equal: usize) -> Text {
    let (zh, en) = match equal {
        0 => (String::new(), String::new()),
        _ => (
            format!("；另有 {equal} 处改了和没改一样，不算"),
            format!("; {equal} more change nothing and do not count"),
        ),
    };
    Text::new(
        format!("改错 {all} 处，用例发现 {killed} 处（{percent}%）{zh}"),
        format!("{all} wrong rules, {killed} noticed ({percent}%){en}"),
    )
}

pub fn mutant_table() -> Text {
    Text::new(
        "| 规则文件 | 改错 | 发现 | 占比 | 改了一样、不算的 |\n|---|--:|--:|--:|--:|\n",
        "| rules | wrong | noticed | share | equal, not counted |\n|---|--:|--:|--:|--:|\n",
    )
}

pub fn survivor(what: &Text) -> Text {
    Text::new(format!("没有用例发现：{}", what.zh), format!("no test pins this: {}", what.en))
}

pub fn would_notice(path: &str, value: &str, indicator: &str, right: &str, wrong: &str) -> Text {
    Text::new(
        format!("    能发现的用例：{path} = {value}，{indicator} 应为 {right}（改错后 {wrong}）"),
        format!("    a case that would: {path} = {value}, {indicator} must be {right} (wrong rule: {wrong})"),
    )
}

pub fn tests_fail_already(failed: usize) -> Diagnostic {
    let en = if failed == 1 { "1 case fails already".to_owned() } else { format!("{failed} cases fail already") };
    let title = Text::new(format!("有 {failed} 个用例本来就不过"), en);
    Diagnostic::general("test/failing", Severity::Error, title)
        .help(Text::new("先用 heng test 把用例改到都过", "make them pass first, with heng test"))
}

pub fn cases_saved(path: &str, count: usize) -> Text {
    Text::new(format!("{count} 个用例写在 {path}"), format!("{} in {path}", counted(count, "case")))
}

pub fn watching() -> Text {
    Text::new("等文件变化，Ctrl-C 结束", "waiting for changes, Ctrl-C ends")
}

pub fn unknown_key(path: &Path, key: &str) -> Diagnostic {
    let title = Text::new(format!("不认识“{key}”，没有用到"), format!("`{key}` is not known and has no effect"));
    Diagnostic::general("pack/incomplete", Severity::Warning, title).located(shown(path)).help(Text::new(
        "可以写 id version title language author license years tests",
        "there may be: id version title language author license years tests",
    ))
}

pub fn language_unknown(path: &Path, found: &str, known: &str) -> Diagnostic {
    let title = Text::new(
        format!("规则语言是 {found}，这个程序只读 {known}"),
        format!("the rule language is {found}; this program reads {known}"),
    );
    general("pack/language", path, title)
        .help(Text::new("换用新的程序，或把 language 改对", "use a newer program, or correct `language`"))
}

pub fn origin(origin: Origin, lang: Lang) -> &'static str {
    match (origin, lang) {
        (Origin::Project, Lang::Zh) => "本项目",
        (Origin::Project, Lang::En) => "project",
        (Origin::User, Lang::Zh) => "本用户",
        (Origin::User, Lang::En) => "user",
        (Origin::Environment, _) => "HENG_PACKS",
    }
}

pub fn no_packs(places: &[(Origin, std::path::PathBuf)]) -> Text {
    let list: String = places.iter().map(|(_, place)| format!("\n  {}", shown(place))).collect();
    Text::new(format!("这些文件夹里没有规则包：{list}"), format!("no packs in these folders:{list}"))
}

pub fn locked(path: &str) -> Text {
    Text::new(format!("锁定了：{path}"), format!("locked: {path}"))
}

pub fn defs_written(path: &str) -> Text {
    Text::new(format!("定义文件：{path}"), format!("definitions: {path}"))
}

pub fn no_scripts() -> Text {
    Text::new("规则包里没有脚本", "the pack has no scripts")
}

pub fn no_calls(method: Option<&str>) -> Text {
    match method {
        Some(name) => Text::new(
            format!("给这个样例评分时没有用到脚本的方法 {name}"),
            format!("scoring this case calls no script method {name}"),
        ),
        None => Text::new("给这个样例评分时没有用到脚本", "scoring this case calls no script"),
    }
}

pub fn no_years(path: &Path) -> Diagnostic {
    general("pack/years", path, Text::new("没有写哪一年用哪个规则文件", "no year names its rule file"))
        .help(Text::new("加上 [years] 和 2023 = \"2023.heng\"", "add [years] and 2023 = \"2023.heng\""))
}

pub fn saved(path: &str) -> Text {
    Text::new(format!("已写到 {path}"), format!("written to {path}"))
}

pub fn no_base(path: &Path) -> Diagnostic {
    general("amend/base", path, Text::new("修订没有写 基于 哪个文件", "the amendment does not say what it is based on"))
        .help(Text::new("在修订里加一行，例如 基于：2023.heng", "add a line to it, for example based_on: 2023.heng"))
}

pub fn base_not_found(path: &Path, base: &str) -> Diagnostic {
    let title = Text::new(format!("找不到修订所基于的 {base}"), format!("what it is based on is not found: {base}"));
    general("amend/base", path, title).help(Text::new(
        "写相对于修订文件的路径，或上层文件夹里规则包的名称",
        "write a path relative to the amendment, or the name of a pack in a folder above it",
    ))
}

pub fn amends_itself(path: &Path, base: &str) -> Diagnostic {
    let title = Text::new(format!("修订绕着圈子基于自己：{base}"), format!("the amendment is based on itself: {base}"));
    general("amend/circle", path, title)
        .help(Text::new("基于 写上一年的文件", "based_on names the file of the year before"))
}

pub fn no_calendar(name: &str, folder: &Path) -> Diagnostic {
    let title = Text::new(format!("找不到日历 {name}"), format!("the calendar {name} is not found"));
    general("pack/calendar", folder, title).help(Text::new(
        format!("在规则包或上层文件夹的 calendars/ 里放 {name}.toml"),
        format!("put {name}.toml into calendars/ of the pack or of a folder above it"),
    ))
}

pub fn script_outside(name: &str) -> Diagnostic {
    let title = Text::new(format!("脚本 {name} 不在规则包里"), format!("the script {name} lies outside the pack"));
    Diagnostic::general("script/outside", Severity::Error, title).help(Text::new(
        "脚本放在规则包的 checks/ 里，写相对路径",
        "keep scripts in checks/ of the pack and name them relatively",
    ))
}

pub fn no_indicator(name: &str, similar: &[String]) -> Diagnostic {
    let title = Text::new(format!("没有唯一的指标叫 {name}"), format!("no single indicator is called {name}"));
    let found = Diagnostic::general("explain/indicator", Severity::Error, title);
    if similar.is_empty() {
        return found.help(Text::new("heng dump rules 列出所有指标", "heng dump rules lists the indicators"));
    }
    let list = similar.join("、");
    found.help(Text::new(format!("是不是：{list}？"), format!("did you mean: {list}?")))
}

pub fn no_receipt(path: &Path) -> Diagnostic {
    let title = Text::new("文件里没有可以核对的收据", "the file holds no receipt that can be verified");
    general("verify/receipt", path, title)
        .help(Text::new("用 heng score 写下的 scorecard.json", "name the scorecard.json that heng score wrote"))
}

fn part(kind: InputKind) -> Text {
    match kind {
        InputKind::Case => Text::new("运行文件", "case"),
        InputKind::Pack => Text::new("规则包", "pack"),
        InputKind::Rules => Text::new("规则", "rules"),
        InputKind::Script => Text::new("脚本", "script"),
        InputKind::Calendar => Text::new("日历", "calendar"),
        InputKind::Facts => Text::new("数据", "facts"),
    }
}

/// One line of a verification.
pub fn compared(compared: &Compared, lang: Lang) -> String {
    let what = match &compared.what {
        What::Program { then, now } if then == now => Text::new(format!("程序 {now}"), format!("program {now}")),
        What::Program { then, now } => {
            Text::new(format!("程序：当时 {then}，现在 {now}"), format!("program: then {then}, now {now}"))
        }
        What::Input { kind, name } => {
            let part = part(*kind);
            Text::new(format!("{} {name}", part.get(Lang::Zh)), format!("{} {name}", part.get(Lang::En)))
        }
        What::Scores => Text::new("全部得分和等级", "all scores and the grade"),
        What::Score { key, then, now } => Text::new(
            format!("得分 {key}：记分卡上 {then}，现在 {now}"),
            format!("score of {key}: {then} on the scorecard, {now} now"),
        ),
    };
    let found = match compared.found {
        Agreement::Same => Text::new("一致", "same"),
        Agreement::Differs => Text::new("不同", "differs"),
        Agreement::Gone => Text::new("现在没有", "gone"),
        Agreement::New => Text::new("收据上没有", "new"),
    };
    format!("{:<7} {}", found.get(lang), what.get(lang))
}

pub fn verified(differences: usize) -> Text {
    match differences {
        0 => Text::new("核对相符", "everything agrees"),
        _ => Text::new(format!("核对不符：{differences} 处"), format!("does not agree: {differences} differences")),
    }
}

/// So many of them, in English.
fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

pub fn checked(path: &str, warnings: usize) -> Text {
    match warnings {
        0 => Text::new(format!("{path}：没有问题"), format!("{path}: nothing wrong")),
        _ => Text::new(
            format!("{path}：可以用，有 {warnings} 处提醒"),
            format!("{path}: usable, {} to look at", counted(warnings, "finding")),
        ),
    }
}

pub fn no_witness(place: &str, title: &Text) -> Text {
    Text::new(
        format!("{place} 没有找到能说明它的数据：{}", title.zh),
        format!("{place} no data were found that show it: {}", title.en),
    )
}

pub fn no_witnesses(sought: usize) -> Text {
    match sought {
        0 => Text::new("没有要用数据说明的问题，没有写文件", "no finding asks for data; no file was written"),
        _ => Text::new("没有写文件", "no file was written"),
    }
}

pub fn witnesses_saved(path: &str, found: usize, sought: usize) -> Text {
    Text::new(
        format!("{sought} 处问题，{found} 个用例写在 {path}；改好规则后填上得分"),
        format!("{sought} findings, {found} cases in {path}; mend the rules and fill in the scores"),
    )
}

/// The first lines of a file of witnesses.
pub fn witness_head(rules: &str) -> String {
    format!(
        "规则：{rules}\n\n# heng check --save-witness 写出，每个用例说明一处问题；改好规则后，把“{fill}”换成应得的分。\n\
         # Each case shows a finding of heng check. When the rules are mended, write the due score for {fill}.\n",
        fill = to_be_filled_in()
    )
}

/// What stands where a person must write the score.
pub fn to_be_filled_in() -> &'static str {
    "待填"
}

pub fn mended(count: usize) -> Text {
    Text::new(format!("自动改好 {count} 处"), format!("{count} places mended"))
}

pub fn no_rule_files(folder: &Path) -> Diagnostic {
    let title = Text::new("文件夹里没有规则文件", "the folder holds no rule files");
    general("fmt/nothing", folder, title)
        .help(Text::new("规则文件的名称以 .heng 结尾", "the names of rule files end with .heng"))
}

pub fn formatted(path: &str, places: usize) -> Text {
    let many = if places == 1 { "place" } else { "places" };
    Text::new(format!("{path}：排好了，改了 {places} 处"), format!("{path}: formatted, {places} {many} changed"))
}

pub fn not_formatted(path: &str, places: usize) -> Text {
    let many = if places == 1 { "place differs" } else { "places differ" };
    Text::new(
        format!("{path}：没有排好，有 {places} 处（heng fmt {path} 可以排好）"),
        format!("{path}: not formatted, {places} {many} (heng fmt {path} formats it)"),
    )
}

pub fn all_formatted(files: usize) -> Text {
    let many = if files == 1 { "file is" } else { "files are" };
    Text::new(format!("{files} 个文件都排好了"), format!("{files} {many} formatted"))
}

pub fn exists(path: &Path) -> Diagnostic {
    let title = Text::new("这个文件已经有了", "the file exists already");
    general("file/exists", path, title)
        .help(Text::new("换一个名称，或加 --force 覆盖它", "choose another name, or replace it with --force"))
}

pub fn not_points(text: &str) -> Diagnostic {
    let title = Text::new(format!("“{text}”不是分数"), format!("“{text}” is no number of points"));
    Diagnostic::general("impact/points", Severity::Error, title)
        .help(Text::new("写一个数，如 --near 0.5", "write a number, such as --near 0.5"))
}

pub fn page_written(path: &str) -> Text {
    Text::new(format!("写好了：{path}"), format!("written: {path}"))
}

pub fn no_workbooks(path: &Path) -> Diagnostic {
    let title = Text::new("文件夹里没有数据表（.xlsx）", "there is no workbook (.xlsx) in the folder");
    general("batch/no-workbooks", path, title).help(Text::new(
        "每个部门一个数据表，用 heng template 生成",
        "a workbook a department, as heng template makes it",
    ))
}

pub fn no_parquet(path: &Path) -> Diagnostic {
    let title = Text::new("这个 heng 不读写 Parquet、Arrow", "this heng has neither Parquet nor Arrow");
    general("batch/no-parquet", path, title).help(Text::new(
        "编译时加 --features parquet；或者读写都用 CSV",
        "build it with --features parquet, or use CSV on either side",
    ))
}

pub fn no_such_output(path: &Path) -> Diagnostic {
    let title = Text::new(
        "--out 不写这种文件，得分写成 CSV 或 Parquet",
        "--out writes scores as CSV or Parquet, not in this form",
    );
    general("batch/output", path, title).help(Text::new(
        "文件名改成 .csv 或 .parquet；要工作簿用 --xlsx，要网页用 --html",
        "let the name end in .csv or .parquet; --xlsx writes a workbook, --html a page",
    ))
}

pub fn no_table(table: &str) -> Diagnostic {
    let title = Text::new(format!("规则的数据里没有叫“{table}”的表"), format!("the rules have no table “{table}”"));
    Diagnostic::general("batch/no-table", Severity::Error, title)
        .help(Text::new("等号前写规则“数据”一段里表的名称", "before the equals sign stands a table of the rules' data"))
}

pub fn table_needs_key() -> Diagnostic {
    let title = Text::new("--table 要有 --key：按哪一列连", "--table needs --key: the column to join by");
    Diagnostic::general("batch/table-key", Severity::Error, title)
        .help(Text::new("两个文件都有的列，如 --key 单位编号", "a column that both files have, such as --key unit"))
}

pub fn data_and_department() -> Diagnostic {
    let title = Text::new("--data 和 --department 要一起写", "--data and --department go together");
    Diagnostic::general("batch/no-department", Severity::Error, title)
        .help(Text::new("如 --data 数据.csv --department 甲局", "such as --data data.csv --department NAME"))
}

pub fn no_department(name: &str, keys: &[String]) -> Diagnostic {
    let list = keys.join("、");
    let title = Text::new(format!("数据里没有“{name}”这个部门"), format!("the data have no department “{name}”"));
    Diagnostic::general("batch/no-department", Severity::Error, title).help(Text::new(
        format!("找的是这些列：{list}；别的列用 --key 写"),
        format!("it was looked for in the columns {list}; name others with --key"),
    ))
}

pub fn many_departments(name: &str, lines: &[u64]) -> Diagnostic {
    let lines: Vec<String> = lines.iter().take(5).map(u64::to_string).collect();
    let (zh, en) = (lines.join("、"), lines.join(", "));
    let title =
        Text::new(format!("“{name}”不止一行：第{zh}行"), format!("“{name}” stands in more than one row: lines {en}"));
    Diagnostic::general("batch/two-departments", Severity::Error, title).help(Text::new(
        "用 --key 写几列，--department 里各列的值用空格隔开",
        "name several columns with --key, and put a blank between their values in --department",
    ))
}

pub fn row_refused(line: u64, head: &str, reason: &Text, value: &str) -> Diagnostic {
    let title = Text::new(
        format!("第{line}行读不了：{head} {}：{value}", reason.zh),
        format!("line {line} cannot be read: {head} {}: {value}", reason.en),
    );
    Diagnostic::general("batch/row", Severity::Error, title).help(Text::new(
        "heng batch 会把这一行退到 .rejects.csv；改好数据再说明",
        "heng batch sets this row aside in .rejects.csv; mend the data first",
    ))
}

pub fn no_workbook(path: &Path, reason: &str) -> Diagnostic {
    let title = Text::new(format!("写不成工作簿：{reason}"), format!("no workbook can be made: {reason}"));
    general("file/workbook", path, title).help(Text::new(
        "一张表最多 1048576 行；部门更多的，写成 CSV",
        "a sheet holds 1048576 rows; write more departments as CSV",
    ))
}

pub fn other_run(path: &Path) -> Diagnostic {
    let title = Text::new(
        "留下的半份结果不是这套规则、这份数据和这些选项的",
        "the part that was left is of other rules, data or options",
    );
    general("batch/other-run", path, title).help(Text::new("去掉 --resume，从头做", "start over without --resume"))
}

pub fn batch_progress(percent: u64, summary: &Summary) -> Text {
    let Summary { scored, rejected, .. } = summary;
    Text::new(
        format!("{percent}%，已评 {scored} 个，退出 {rejected} 行"),
        format!("{percent}%, {scored} scored, {rejected} set aside"),
    )
}

pub fn batch_done(summary: &Summary, scores: &str, rejects: &str) -> Text {
    let Summary { scored, open, rejected, by_columns } = summary;
    let (mut zh, mut en) =
        (format!("评了 {scored} 个部门：{scores}"), format!("{scored} departments scored: {scores}"));
    if *by_columns > 0 && by_columns < scored {
        zh.push_str(&format!("\n其中 {by_columns} 个按列算，其余逐个算"));
        en.push_str(&format!("\n{by_columns} of them by columns, the others one by one"));
    }
    if *open > 0 {
        zh.push_str(&format!("\n其中 {open} 个总分未定"));
        en.push_str(&format!("\n{open} of them have no decided total"));
    }
    if *rejected > 0 {
        zh.push_str(&format!("\n退出 {rejected} 行，没有评：{rejects}"));
        en.push_str(&format!(
            "\n{rejected} {} set aside, not scored: {rejects}",
            if *rejected == 1 { "row" } else { "rows" }
        ));
    }
    Text::new(zh, en)
}

pub fn too_different(after: &Path) -> Diagnostic {
    let title = Text::new("两套规则差别太大，写不成修订", "the two sets of rules differ too much for an amendment");
    general("diff/unrelated", after, title).help(Text::new(
        "直接用新的规则文件；heng diff 不加 --as-amendment 可以看差别",
        "use the new rule file itself; heng diff without --as-amendment shows the differences",
    ))
}

pub fn variants_left_aside(names: &[&str], first: &str) -> Text {
    Text::new(
        format!("规则有变体（{}），这里比的是不选变体的规则；要比变体，在两边的规则后面写 #{first}", names.join("、")),
        format!(
            "the rules have variants ({}); compared are the rules without any. To compare a variant, write #{first} behind both",
            names.join(", ")
        ),
    )
}

pub fn no_changes() -> Text {
    Text::new("没有变化", "nothing changed")
}

pub fn written(path: &str) -> Text {
    Text::new(format!("记分卡（含全部计算过程）：{path}"), format!("scorecard with every step: {path}"))
}

/// The lines that a pack wants under every output.
pub fn disclaimers(lines: &[heng_model::Name], lang: Lang) -> String {
    let head = Text::new("声明：", "Please note: ");
    lines.iter().map(|line| format!("{}{line}\n", head.get(lang))).collect()
}

pub fn differs_there(path: &Path) -> Diagnostic {
    let title = Text::new("文件已经有了，内容不同", "the file is there already, and differs");
    general("file/exists", path, title).note(Text::new("什么都没有写下", "nothing was written")).help(Text::new(
        "要覆盖，加 --force；要留着，用 --out 换一个地方",
        "add --force to replace it, or write elsewhere with --out",
    ))
}

pub fn no_pdf(reason: &str) -> Diagnostic {
    let title = Text::new(format!("PDF 转不成：{reason}"), format!("the report cannot be made a PDF: {reason}"));
    Diagnostic::general("docs/pdf", Severity::Error, title)
        .note(Text::new("什么都没有写下", "nothing was written"))
        .help(Text::new(
            "安装 LibreOffice（soffice 要在 PATH 里），或去掉 --pdf，用 Word、WPS 打开报告另存为 PDF",
            "install LibreOffice (soffice on the PATH), or leave out --pdf and save the report as PDF in Word or WPS",
        ))
}

pub fn documents(template: &str, own: bool) -> Text {
    if own {
        Text::new(
            format!("文书写好了（报告按模板 {template}）："),
            format!("documents written (the report by the template {template}):"),
        )
    } else {
        Text::new(
            "文书写好了（规则包没有报告模板，用通用模板）：",
            "documents written (the pack has no report template; the neutral one was used):",
        )
    }
}

/// How to get a PDF, where none was asked for.
pub fn no_pdf_wanted() -> Text {
    if cfg!(feature = "pdf") {
        return Text::new("没有写 PDF：加 --pdf。", "No PDF was written: add --pdf.");
    }
    Text::new(
        "没有写 PDF：加 --pdf（要有 LibreOffice；编译时加 --features pdf 就不用），或用 Word、WPS 打开报告另存为 PDF。",
        "No PDF was written: add --pdf (needs LibreOffice, unless built with --features pdf), or save the report as PDF in Word or WPS.",
    )
}

/// What made the PDF, and the fonts in it that nobody asked for.
#[cfg(not(feature = "pdf"))]
pub fn pdf_converted(program: &str, strange: &[String]) -> Text {
    if strange.is_empty() {
        let (zh, en) = ("字体都是报告要的。", "every font is one the report asks for.");
        return Text::new(format!("PDF 由 {program} 转换；{zh}"), format!("The PDF was made by {program}; {en}"));
    }
    Text::new(
        format!(
            "PDF 由 {program} 转换；有的字体本机没有，里面用了这些代替：{}。装上报告要的字体再转一次。",
            strange.join("、")
        ),
        format!(
            "The PDF was made by {program}; this machine lacks fonts, and these stand in: {}. Install those the report asks for and run it again.",
            strange.join(", ")
        ),
    )
}

/// The fonts of the PDF that stand in for others.
#[cfg(feature = "pdf")]
pub fn pdf_set(substitutions: &[(&str, &str)]) -> Text {
    if substitutions.is_empty() {
        return Text::new("PDF 排好了，字体都是报告要的。", "The PDF is set in the fonts the report asks for.");
    }
    let pairs = |arrow: &str, between: &str| {
        let one = |(asked, used): &(&str, &str)| format!("{asked}{arrow}{used}");
        substitutions.iter().map(one).collect::<Vec<_>>().join(between)
    };
    Text::new(
        format!("PDF 排好了；本机没有的字体用别的代替：{}。装上再运行一次，就用原来的。", pairs(" → ", "；")),
        format!(
            "The PDF is set; fonts this machine lacks are replaced: {}. Install them and run it again to have the real ones.",
            pairs(" by ", "; ")
        ),
    )
}

/// No font that could print Chinese.
#[cfg(feature = "pdf")]
pub fn no_font(asked: &str) -> Diagnostic {
    let title = Text::new(
        format!("本机没有“{asked}”，也没有能代替它的字体"),
        format!("this machine has neither {asked} nor a font that could stand in for it"),
    );
    Diagnostic::general("docs/pdf", Severity::Error, title)
        .note(Text::new("什么都没有写下", "nothing was written"))
        .help(Text::new(
            "装上它，或装思源宋体、Noto Serif CJK SC 之类的中文字体；也可以去掉 --pdf",
            "install it, or a Chinese font such as Noto Serif CJK SC; or leave out --pdf",
        ))
}

pub fn workbook_written(path: &str) -> Text {
    Text::new(format!("数据表：{path}"), format!("data workbook: {path}"))
}

pub fn bad_words(path: &Path, reason: &str) -> Diagnostic {
    let title = Text::new(format!("词表不对：{reason}"), format!("the words are not valid: {reason}"));
    general("audit/words", path, title)
        .help(Text::new("照程序自带的 vocabulary.toml 写", "write it like the program's own vocabulary.toml"))
}

pub fn no_document_checks(pack: &str) -> Diagnostic {
    let title =
        Text::new(format!("规则包 {pack} 没有核对文件的检查"), format!("the pack {pack} has no checks of documents"));
    Diagnostic::general("audit/no-checks", Severity::Error, title).help(Text::new(
        "在 pack.toml 里写 [audit]：函数 = 脚本文件",
        "name them in pack.toml under [audit]: function = script file",
    ))
}

pub fn from_pack(pack: &str, function: &str) -> Text {
    Text::new(format!("规则包 {pack} 的核对“{function}”"), format!("the check “{function}” of the pack {pack}"))
}

pub fn document_check_failed(pack: &str, function: &str, reason: &str) -> Diagnostic {
    let title = Text::new(
        format!("规则包 {pack} 的核对“{function}”没有做完"),
        format!("the check “{function}” of the pack {pack} did not come to an end"),
    );
    Diagnostic::general("audit/check-failed", Severity::Error, title)
        .note(Text::same(reason))
        .help(Text::new("改脚本；别的核对照做", "mend the script; the other checks were made"))
}

pub fn one_copy() -> Diagnostic {
    Diagnostic::general(
        "audit/one-copy",
        Severity::Error,
        Text::new("--annotate 一次只能核对一个文件", "--annotate takes one file at a time"),
    )
    .help(Text::new("一个文件运行一次", "run it once for each file"))
}

pub fn annotated(path: &str) -> Text {
    Text::new(format!("加了批注的副本：{path}"), format!("copy with comments: {path}"))
}

pub fn audited(name: &str, audit: &heng_audit::Audit) -> Text {
    let count = |severity| heng_audit::page::count(audit, severity);
    let (must, should, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Hint));
    let figures = audit.figures.len();
    match must + should + notes {
        0 => Text::new(
            format!("{name}：看了 {figures} 个数，没有发现不一致"),
            format!("{name}: {figures} figures looked at, nothing disagrees"),
        ),
        _ => Text::new(
            format!("{name}：看了 {figures} 个数；必须改 {must} 处，应说明 {should} 处，供参考 {notes} 处"),
            format!("{name}: {figures} figures looked at; {must} to be fixed, {should} to be explained, {notes} notes"),
        ),
    }
}

/// The words of a verification.
pub fn agree(word: &str) -> Text {
    let (zh, en) = match word {
        "title" => ("核对说明", "Statement of verification"),
        "copies" => ("报送与公开", "Submitted and published"),
        "figures" => ("逐项数字", "Figure by figure"),
        "sections" => ("逐节", "Section by section"),
        "head" => ("序号 | 内容 | 前者 | 后者 | 结果", "No. | What | First | Second | Result"),
        "changed" => ("不同", "changed"),
        "missing" => ("后者没有", "missing in the second"),
        "added" => ("前者没有", "added in the second"),
        "moved" => ("换了位置", "moved"),
        "same" => ("一致", "same"),
        "submitted" => ("报送文件：", "Submitted: "),
        "published" => ("公开文件：", "Published: "),
        "result" => ("核对结果：", "Result: "),
        "signed" => ("核对人：【待填】　　核对日期：【待填】", "Verified by: 【to fill in】  on: 【to fill in】"),
        "no-copy" => ("没有对应的报送文件", "no submitted document is like it"),
        "all-same" => ("没有不一致。", "Nothing disagrees."),
        "computed" => ("系统算出的", "computed"),
        _ => ("", ""),
    };
    Text::new(zh, en)
}

/// Disagreements that did not go onto the page.
pub fn more_disagreements(more: usize) -> Text {
    Text::new(
        format!("其余 {more} 处不一致，见 heng verify 打印的全表。"),
        format!("{more} more disagreements: see what heng verify prints."),
    )
}

pub fn disagreements(compared: usize, differences: usize) -> Text {
    Text::new(
        format!("比对 {compared} 项，不一致 {differences} 处"),
        format!("{compared} comparisons, {differences} disagreements"),
    )
}
