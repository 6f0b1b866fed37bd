//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use heng_model::Number;

/// 衡：把评分表写成规则文件，逐分说明理由。Performance scoring as code.
#[derive(Debug, Parser)]
#[command(name = "heng", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Args {
    /// 输出语言 / language of messages (default: from LC_ALL, LC_MESSAGES, LANG; otherwise zh)
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    /// 输出格式 / output format
    #[arg(long, global = true, value_enum, default_value = "text")]
    pub format: FormatArg,
    /// 什么时候用颜色 / when to colour
    #[arg(long, global = true, value_enum, default_value = "auto")]
    pub color: ColorArg,
    /// 要做的事 / what to do
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
退出码 / exit codes:
  0  正常 / in order
  1  规则文件有错 / errors in the rule files
  2  命令行有错 / the command line is wrong
  3  数据有错 / errors in the facts
  4  已评分，但总分未定 / scored, but the total is undecided
  5  文件读不了或写不了 / a file cannot be read or written
  6  核对不上 / what was verified does not agree
  7  用例不过 / a test of the rules fails
  8  用例都过，记分卡已钉住 / all tests pass, scorecards were pinned";

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 检查规则文件 / check rule files
    Check {
        /// 规则文件，或规则包文件夹 / a rule file or a pack folder
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// 自动改好能改的地方 / apply the mechanical fixes
        #[arg(long)]
        fix: bool,
        /// 把说明问题的数据写成用例，得分待填 / write data that show the findings as cases, their scores to be filled in
        #[arg(long, value_name = "FILE")]
        save_witness: Option<PathBuf>,
        /// 文件已在也写 / write even where the file exists
        #[arg(long, requires = "save_witness")]
        force: bool,
    },
    /// 排好规则文件 / format rule files
    Fmt {
        /// 规则文件或文件夹；- 是标准输入 / rule files or folders; - is the standard input
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// 只看有没有排好，不改文件 / say which files differ and change nothing
        #[arg(long)]
        check: bool,
        /// 换成这种语言的关键词和标点（名称不变）/ turn keywords and signs into this language; names stay
        #[arg(long, value_enum)]
        to: Option<LangArg>,
    },
    /// 评分，打印评分表 / score a department and print the score sheet
    Score {
        /// 运行文件夹（含 heng.toml）/ a folder with heng.toml
        case: PathBuf,
        /// 记分卡写到哪个文件夹 / where to write the scorecard (default: CASE/out)
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// 写出要报送的文书 / write the documents a department submits
    Report(ReportArgs),
    /// 生成数据表，由填报人填写 / make the data workbook a clerk fills in
    Template {
        /// 规则文件或规则包 / a rule file or pack
        pack: PathBuf,
        /// 写到哪个文件 / where to write it (default: 数据表.xlsx, data-sheet.xlsx)
        #[arg(long)]
        out: Option<PathBuf>,
        /// 覆盖已有的文件 / replace a file that is there
        #[arg(long)]
        force: bool,
    },
    /// 按通知的样子写出规则包：评分表、参数、等级、数据 / print a pack as the notice does
    Doc {
        /// 规则文件或规则包 / a rule file or pack
        pack: PathBuf,
        /// 哪一年的，只对规则包文件夹 / which year of a pack folder (default: the newest)
        #[arg(long)]
        year: Option<u16>,
        /// 写到这个文件（.md、.html、.docx、.xlsx）/ write to this file (.md, .html, .docx, .xlsx; default: the terminal, as Markdown)
        #[arg(long)]
        out: Option<PathBuf>,
        /// 覆盖已有的文件 / replace a file that is there
        #[arg(long)]
        force: bool,
    },
    /// 说明一个指标的得分从何而来 / explain how a score came about
    Explain {
        /// 指标的名称或编号；写“全部”或只写文件夹，说明整张表 / name or id of an indicator, or `all`
        #[arg(default_value = "all")]
        indicator: String,
        /// 运行文件夹；有 --data 时是规则 / a folder with heng.toml; with --data, the rules
        #[arg(default_value = ".")]
        case: PathBuf,
        /// 从一个文件里取一个部门 / one department out of a file of many
        #[command(flatten)]
        department: DepartmentArgs,
        /// 只列断崖：数据差最末一位，得分差这么多分以上 / only list where one unit of a figure is worth so many points
        #[arg(long, value_name = "POINTS", num_args = 0..=1, require_equals = true, default_missing_value = "1", value_parser = points)]
        cliffs: Option<Number>,
    },
    /// 核对文件里的数字和说法 / audit the figures and words of documents
    Audit {
        /// 自评报告、评分表、数据表：docx、xlsx、pdf、html、txt、md / documents
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// 再用这个规则包自己的核对（写在 pack.toml 的 audit 一节）/ also run the pack's own checks of documents
        #[arg(long, value_name = "PACK")]
        pack: Option<PathBuf>,
        /// 加了批注的副本写到这里（只能核对一个文件）/ write a copy with comments here (one file only)
        #[arg(long, value_name = "OUT.docx")]
        annotate: Option<PathBuf>,
        /// 副本已经有了就覆盖 / replace the copy if it is there
        #[arg(long)]
        force: bool,
        /// 行当的词，代替程序自带的 / words of the trade instead of the program's own
        #[arg(long, value_name = "FILE.toml")]
        words: Option<PathBuf>,
    },
    /// 核对报送的、公开的、算出来的是不是一样 / verify that submitted, published and computed agree
    Verify(VerifyArgs),
    /// 给一个文件里的所有部门评分 / score every department of a file
    Batch(BatchArgs),
    /// 新建规则包 / make a rule pack
    New {
        /// 规则包的名称，也是文件夹的名称 / the name of the pack and of its folder
        name: String,
        /// 评价年度 / evaluated year (default: last year)
        #[arg(long, value_parser = clap::value_parser!(u16).range(1990..=2199))]
        year: Option<u16>,
    },
    /// 找、看、查规则包 / find, look at and check rule packs
    Pack {
        /// 做什么 / what to do
        #[command(subcommand)]
        action: PackAction,
    },
    /// 试脚本，看脚本能用什么 / try scripts, and see what they can use
    Script {
        /// 做什么 / what to do
        #[command(subcommand)]
        action: ScriptAction,
    },
    /// 写出一年的整个规则文件（修订都已生效）/ write the whole rule file of a year, amendments applied
    Expand {
        /// 规则文件、修订文件或规则包文件夹 / a rule file, an amendment or a pack folder
        path: PathBuf,
        /// 写到这个文件 / write to this file
        #[arg(long)]
        out: Option<PathBuf>,
        /// 文件已存在也写 / overwrite an existing file
        #[arg(long)]
        force: bool,
    },
    /// 同一批部门，新旧两套规则，差在哪里 / the same departments under two rule sets
    Impact(ImpactArgs),
    /// 分值、界限变一变，名次和等级稳不稳 / which ranks and grades hang on the numbers of the rules
    Sensitivity(SensitivityArgs),
    /// 要多少部门得优，界线定在哪里 / which line gives a stated share of a grade
    Calibrate(CalibrateArgs),
    /// 把评分表（txt、csv、xlsx、docx）变成规则包 / turn a scoring table into a pack
    Import(ImportArgs),
    /// 跑规则的用例 / run the tests of rules
    Test(TestArgs),
    /// 故意改错规则，看用例发现不发现 / make rules wrong on purpose and see whether the tests notice
    Mutate {
        /// 规则包，或用例文件 / packs or files of cases
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// 把能发现问题的用例写到这个文件 / write the cases that would notice to this file
        #[arg(long, value_name = "FILE")]
        save: Option<PathBuf>,
        /// 覆盖已有的文件 / replace the file if it exists
        #[arg(long)]
        force: bool,
        /// 发现的不到百分之几就算不过 / fail below so many per cent noticed
        #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
        at_least: Option<u32>,
    },
    /// 比较两年的规则，说出变化 / say what changed between two sets of rules
    Diff {
        /// 原来的规则文件、修订文件或规则包 / the rules before: a rule file, an amendment or a pack
        before: PathBuf,
        /// 现在的 / the rules after
        after: PathBuf,
        /// 写成修订文件 / as an amendment file
        #[arg(long)]
        as_amendment: bool,
        /// 写到这个文件 / write to this file
        #[arg(long)]
        out: Option<PathBuf>,
        /// 文件已存在也写 / overwrite an existing file
        #[arg(long)]
        force: bool,
    },
    /// 打印内部形式 / print an internal form
    Dump {
        /// 哪一种 / which form
        form: Form,
        /// 规则文件、规则包或运行文件夹 / a rule file, pack or case folder
        path: PathBuf,
    },
}

/// `heng report`.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// 运行文件夹（含 heng.toml）/ a folder with heng.toml
    pub case: PathBuf,
    /// 文书写到哪个文件夹 / where to write the documents (default: CASE/out)
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// 覆盖已有的文件 / replace files that are there
    #[arg(long)]
    pub force: bool,
    /// 上年的整改台账（填过完成情况的 .xlsx），报告写明整改到哪一步 / last year's register, filled in (default: as heng.toml says)
    #[arg(long, value_name = "FILE.xlsx")]
    pub last_register: Option<PathBuf>,
    /// 再用 LibreOffice 把报告转成 PDF / also convert the report to PDF with LibreOffice
    #[arg(long)]
    pub pdf: bool,
}

/// `heng import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// 评分表 / the scoring table
    pub table: PathBuf,
    /// 规则包写到哪个文件夹 / where the pack goes (default: the table's name)
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// 评价年度 / the year that is scored (default: as the table says)
    #[arg(long)]
    pub year: Option<u16>,
    /// 规则包的名称 / the pack's title (default: as the table says)
    #[arg(long)]
    pub title: Option<String>,
    /// 表是哪种语言的 / the language of the table
    #[arg(long, value_enum, default_value = "zh")]
    pub from: LangArg,
    /// 覆盖已有的文件 / replace files that exist
    #[arg(long)]
    pub force: bool,
    /// 把 heng doc 写出、改过的表合并回这个规则包 / merge a table that heng doc wrote, and someone edited, back into this pack
    #[arg(long, value_name = "PACK")]
    pub onto: Option<PathBuf>,
    /// 只看会改什么，什么都不写 / say what would change and write nothing
    #[arg(long, requires = "onto")]
    pub dry_run: bool,
    /// 两边都改了、或没有读懂的：都不合并，留规则包的，还是用表上的 / where both sides changed, or a sentence is not understood
    #[arg(long, value_enum, default_value = "refuse", requires = "onto")]
    pub conflicts: ConflictsArg,
    /// 表上删了的行，规则包里也删 / take away the indicators whose rows are gone
    #[arg(long, requires = "onto")]
    pub remove: bool,
    /// 送出去的那个文件，表里的记录丢了时用 / the file as it was sent, where the table lost its record
    #[arg(long, value_name = "FILE", requires = "onto")]
    pub base: Option<PathBuf>,
    /// 写成修订文件（--out），不动规则包 / write an amendment (to --out) and leave the pack as it is
    #[arg(long, requires_all = ["onto", "out"])]
    pub as_amendment: bool,
}

/// What is done where a table and its pack both changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ConflictsArg {
    /// 列出来，什么都不写 / list them and write nothing
    Refuse,
    /// 留规则包的 / keep what the pack says
    Keep,
    /// 用表上的 / take what the table says
    Take,
}

/// One department out of a file of many.
#[derive(Debug, clap::Args)]
pub struct DepartmentArgs {
    /// 多个部门的数据文件，heng batch 读的那种 / a file of departments, as heng batch reads it
    #[arg(long, requires = "department")]
    pub data: Option<PathBuf>,
    /// 哪个部门：键列里写的 / which department, as its key column has it
    #[arg(long, requires = "data", value_name = "KEY")]
    pub department: Option<String>,
    /// 部门的列名，可以写几次 / the column that names a department; may be given several times
    #[arg(long, requires = "data", value_name = "COLUMN")]
    pub key: Vec<String>,
    /// 另一个文件里的表，按 --key 的列连上 / a table in a file of its own, joined by the column of --key
    #[arg(long, requires = "data", value_name = "TABLE=FILE", value_parser = table_file)]
    pub table: Vec<(String, PathBuf)>,
    /// 数据文件的编码 / encoding of the data (default: found out)
    #[arg(long, requires = "data", value_enum)]
    pub encoding: Option<EncodingArg>,
}

/// `heng batch`.
#[derive(Debug, clap::Args)]
pub struct BatchArgs {
    /// 规则文件或规则包 / a rule file or pack
    pub rules: PathBuf,
    /// 数据：CSV、NDJSON、XLSX 一行一个部门，或一个文件夹的数据表 / the data: a department a row, or a folder of workbooks
    pub data: PathBuf,
    /// 另一个文件里的表，按 --key 的列连上，可以写几次 / a table in a file of its own, joined by the column of --key
    #[arg(long, value_name = "TABLE=FILE", value_parser = table_file)]
    pub table: Vec<(String, PathBuf)>,
    /// 得分写到哪个文件 / where the scores go
    #[arg(long)]
    pub out: PathBuf,
    /// 排名、分组、各部门写成工作簿 / ranking, groups and a row a department as a workbook
    #[arg(long, value_name = "FILE.xlsx")]
    pub xlsx: Option<PathBuf>,
    /// 总览写成带图的一页 / an overview as a page with pictures
    #[arg(long, value_name = "FILE.html")]
    pub html: Option<PathBuf>,
    /// 总览按这一列分开看，如 地区 / the column by which the overview puts departments together
    #[arg(long, value_name = "COLUMN")]
    pub by: Option<String>,
    /// 自评分的列名：与重算的比，列出不一致的 / the column of self-scores, held against what is computed
    #[arg(long, value_name = "COLUMN")]
    pub self_score: Option<String>,
    /// 退出来的行写到哪个文件 / where rows set aside go (default: OUT.rejects.csv)
    #[arg(long)]
    pub rejects: Option<PathBuf>,
    /// 部门的列名，可以写几次 / the column that names a department; may be given several times
    #[arg(long)]
    pub key: Vec<String>,
    /// 数据文件的编码 / encoding of the data (default: found out)
    #[arg(long, value_enum)]
    pub encoding: Option<EncodingArg>,
    /// 得分至少写几位小数 / write scores with at least so many decimals
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(0..=12))]
    pub places: u32,
    /// 几个线程 / how many threads
    #[arg(long)]
    pub threads: Option<usize>,
    /// 一个部门一个部门地算，不按列算；结果一样，慢 / score one by one, not by columns; the same, and slower
    #[arg(long)]
    pub scalar: bool,
    /// 把同组各单位的数写到这个文件，评一个单位时用 / write what the peers gave, to score one unit with
    #[arg(long, value_name = "FILE")]
    pub peers: Option<PathBuf>,
    /// 从中断的地方接着做 / go on where an interrupted run stopped
    #[arg(long)]
    pub resume: bool,
    /// 覆盖已有的文件 / replace files that exist
    #[arg(long)]
    pub force: bool,
}

/// `heng impact`.
#[derive(Debug, clap::Args)]
pub struct ImpactArgs {
    /// 旧规则 / the old rules
    pub old: PathBuf,
    /// 新规则 / the new rules
    pub new: PathBuf,
    /// 数据文件，一行一个部门 / the data, a department a row
    pub data: PathBuf,
    /// 部门的列名，可以写几次 / the column that names a department; may be given several times
    #[arg(long)]
    pub key: Vec<String>,
    /// 数据文件的编码 / encoding of the data (default: found out)
    #[arg(long, value_enum)]
    pub encoding: Option<EncodingArg>,
    /// 比哪个指标或哪一组（默认总分）/ which indicator or group is compared (default: the total)
    #[arg(long, value_name = "INDICATOR")]
    pub of: Option<String>,
    /// 离界线多近算近，如 0.5分 / how near a line is near, such as 0.5
    #[arg(long, default_value = "1", value_name = "POINTS")]
    pub near: String,
    /// 等级之外再看的界线，可以写几次 / further lines to look at; may be given several times
    #[arg(long, value_name = "POINTS", value_parser = points)]
    pub line: Vec<Number>,
    /// 修改多于十处时，抽样的种子 / what orders are drawn from where there are more than ten changes
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// 工作簿写到哪个文件 / where a workbook goes
    #[arg(long, value_name = "FILE.xlsx")]
    pub out: Option<PathBuf>,
    /// 几个线程 / how many threads
    #[arg(long)]
    pub threads: Option<usize>,
    /// 带图的一页写到哪个文件 / where a page with pictures goes
    #[arg(long)]
    pub html: Option<PathBuf>,
    /// 覆盖已有的文件 / replace files that exist
    #[arg(long)]
    pub force: bool,
}

/// `heng sensitivity`.
#[derive(Debug, clap::Args)]
pub struct SensitivityArgs {
    /// 规则文件或规则包 / a rule file or pack
    pub rules: PathBuf,
    /// 数据，与 heng batch 相同 / the data, as for heng batch
    pub data: PathBuf,
    /// 部门的列名，可以写几次 / the column that names a department; may be given several times
    #[arg(long)]
    pub key: Vec<String>,
    /// 数据文件的编码 / encoding of the data (default: found out)
    #[arg(long, value_enum)]
    pub encoding: Option<EncodingArg>,
    /// 分值上下变动的范围 / by how much points vary
    #[arg(long, default_value = "10%", value_parser = per_cent)]
    pub points: Number,
    /// 抽几次 / how often points are drawn
    #[arg(long, default_value_t = 200)]
    pub rounds: usize,
    /// 从哪个种子抽 / what they are drawn from
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// 分档的界限一步移多少 / by how much a threshold is moved
    #[arg(long, default_value = "5%", value_parser = per_cent)]
    pub step: Number,
    /// 各部门的名次范围写到哪个文件 / where the range of each department's rank goes
    #[arg(long, value_name = "FILE.csv")]
    pub out: Option<PathBuf>,
    /// 几个线程 / how many threads
    #[arg(long)]
    pub threads: Option<usize>,
    /// 覆盖已有的文件 / replace files that exist
    #[arg(long)]
    pub force: bool,
}

/// `heng calibrate`.
#[derive(Debug, clap::Args)]
pub struct CalibrateArgs {
    /// 规则文件或规则包 / a rule file or pack
    pub rules: PathBuf,
    /// 数据，与 heng batch 相同 / the data, as for heng batch
    pub data: PathBuf,
    /// 等级和它的比例，从高到低写几次 / a grade and its share, from the best down
    #[arg(long, required = true, value_name = "优=20%", value_parser = grade_share)]
    pub share: Vec<(String, Number)>,
    /// 部门的列名，可以写几次 / the column that names a department; may be given several times
    #[arg(long)]
    pub key: Vec<String>,
    /// 数据文件的编码 / encoding of the data (default: found out)
    #[arg(long, value_enum)]
    pub encoding: Option<EncodingArg>,
    /// 几个线程 / how many threads
    #[arg(long)]
    pub threads: Option<usize>,
}

/// Encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EncodingArg {
    /// UTF-8
    Utf8,
    /// GB18030、GBK、GB2312
    Gb18030,
}

impl From<EncodingArg> for heng_batch::record::Encoding {
    fn from(argument: EncodingArg) -> Self {
        match argument {
            EncodingArg::Utf8 => Self::Utf8,
            EncodingArg::Gb18030 => Self::Gb18030,
        }
    }
}

/// `heng test`.
#[derive(Debug, clap::Args)]
pub struct TestArgs {
    /// 规则包（跑它的 tests/），用例文件，或文件夹 / packs (their tests/), files of cases, or folders
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// 只跑名称里有这段字的 / only cases whose name contains this
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// 只列出来，不跑 / list the cases and run nothing
    #[arg(long)]
    pub list: bool,
    /// 钉住整张记分卡，以后变了就报 / pin whole scorecards; a later change is reported
    #[arg(long)]
    pub accept: bool,
    /// 说哪些规则没有用例 / say which rules no case reaches
    #[arg(long)]
    pub coverage: bool,
    /// 把没有用例的规则写成网页 / write the coverage as a page
    #[arg(long, value_name = "FILE")]
    pub coverage_html: Option<PathBuf>,
    /// 推翻性质的数据写成用例 / keep what breaks a property as cases
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// 覆盖已有的文件 / replace an existing file
    #[arg(long)]
    pub force: bool,
    /// 结果写成 JUnit / write the results as JUnit
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// 文件变了就重跑 / run again whenever a file changes
    #[arg(long)]
    pub watch: bool,
    /// 几个线程 / how many threads
    #[arg(long)]
    pub threads: Option<std::num::NonZeroUsize>,
}

/// What can be done with packs.
#[derive(Debug, Subcommand)]
pub enum PackAction {
    /// 列出找得到的规则包 / list the packs on the search path
    List,
    /// 看一个规则包 / what a pack says about itself
    Info {
        /// 规则包文件夹，或 名称、名称@版本 / a pack folder, or id or id@version
        pack: PathBuf,
    },
    /// 查整个规则包：身份、每一年的规则、脚本 / check the whole pack: manifest, every year, scripts
    Check {
        /// 规则包文件夹，或 名称、名称@版本 / a pack folder, or id or id@version
        #[arg(required = true)]
        packs: Vec<PathBuf>,
    },
    /// 锁定一次评分用的规则包（写 heng.lock）/ pin the pack of a case to its present files
    Lock {
        /// 运行文件夹 / a folder with heng.toml
        case: PathBuf,
    },
}

/// What can be done with scripts.
#[derive(Debug, Subcommand)]
pub enum ScriptAction {
    /// 脚本能用的函数，和规则包里的脚本 / what scripts can call, and the scripts of a pack
    Doc {
        /// 规则包 / a pack
        pack: Option<PathBuf>,
    },
    /// 给编辑器的定义文件 / definitions for editors that know rhai
    Defs {
        /// 写到哪个文件夹 / where to write heng.d.rhai
        #[arg(long, default_value = ".")]
        out: PathBuf,
        /// 覆盖已有的文件 / replace an existing file
        #[arg(long)]
        force: bool,
    },
    /// 拿样例试脚本：给了什么，打印了什么，答了什么 / run the scripts of a case: arguments, prints, answers
    Run {
        /// 运行文件夹 / a folder with heng.toml
        case: PathBuf,
        /// 只试这个方法 / this method only
        method: Option<String>,
        /// 每次调用再跑几遍，报平均用时 / run each call so many times more and report the mean time
        #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        time: Option<u32>,
    },
}

/// A share on the command line, between nought and one: `10%`.
fn per_cent(text: &str) -> Result<Number, String> {
    let number = text.trim().strip_suffix(['%', '％']).and_then(Number::parse_decimal);
    let share = number.and_then(|number| number.checked_div(&Number::from(100)));
    let share = share.filter(|share| share.signum() > 0 && *share < Number::ONE);
    share.ok_or_else(|| "写作 10%，在 0 和 100% 之间 / write 10%, between 0 and 100%".to_owned())
}

/// `优=20%`.
fn grade_share(text: &str) -> Result<(String, Number), String> {
    let (grade, share) = text.split_once('=').ok_or("写作 优=20% / write GRADE=20%")?;
    Ok((grade.to_owned(), per_cent(share)?))
}

/// `采购合同=contracts.csv`.
fn table_file(text: &str) -> Result<(String, PathBuf), String> {
    let parts = text.split_once('=').filter(|(table, file)| !table.is_empty() && !file.is_empty());
    let (table, file) = parts.ok_or("写作 表名=文件 / write TABLE=FILE")?;
    Ok((table.to_owned(), PathBuf::from(file)))
}

/// Points on the command line, above nought.
fn points(text: &str) -> Result<Number, String> {
    Number::parse_decimal(text.trim_end_matches('分'))
        .filter(|points| points.signum() > 0)
        .ok_or_else(|| "写作 1 或 0.5 / write 1 or 0.5".to_owned())
}

/// The printable forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// 语法树 / the syntax tree
    Tree,
    /// 指标树和规则句子 / the indicator tree with its rules in words
    Rules,
    /// 编译后的程序（JSON）/ the compiled program
    Program,
    /// 评分的全部步骤（JSON）/ every step of scoring a case
    Trace,
}

/// Languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

/// Formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// 给人看 / for people
    Text,
    /// 给程序读 / for programs
    Json,
    /// 每条一行 / one line each (findings)
    Short,
    /// Markdown（diff、doc）
    Md,
    /// 网页（audit、verify、diff、doc）/ a page (audit, verify, diff, doc)
    Html,
    /// Word 文档（doc）/ a Word document (doc)
    Docx,
    /// Excel 工作簿（doc）/ an Excel workbook (doc)
    Xlsx,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    /// 在终端里用 / in a terminal
    Auto,
    /// 总是 / always
    Always,
    /// 从不 / never
    Never,
}

/// What is verified against what.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// 报送的文件：报告、评分表、数据表 / the documents submitted
    #[arg(required_unless_present = "receipt")]
    pub files: Vec<PathBuf>,
    /// 公开的副本，什么格式都行 / published copies, of any format
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub published: Vec<PathBuf>,
    /// 与这个运行文件夹算出来的比 / hold them against what is computed from the case
    #[arg(long)]
    pub computed: bool,
    /// 核对收据：记分卡是不是由这些文件算出来的 / verify that a scorecard was made of the files at hand
    #[arg(long, value_name = "FILE", conflicts_with_all = ["files", "published", "computed"])]
    pub receipt: Option<PathBuf>,
    /// 运行文件夹 / a folder with heng.toml
    #[arg(long, value_name = "CASE", default_value = ".")]
    pub case: PathBuf,
    /// 存档的说明写到这里：.docx 是一页，.md、.html 列全部 / write the statement here: one page as .docx, everything as .md or .html
    #[arg(long, value_name = "OUT")]
    pub statement: Option<PathBuf>,
    /// 说明已经有了就覆盖 / replace the statement if it is there
    #[arg(long)]
    pub force: bool,
}
