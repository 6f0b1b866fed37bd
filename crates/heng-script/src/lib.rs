//! Custom checks and scoring methods: what a rule cannot say, said in a script of the pack. This is
//! the only crate that knows the script language (rhai).
//!
//! A rule file declares the method, the script holds a function of the same name and number of
//! parameters:
//!
//! ```text
//! 方法 采购台账一致（合同：表）：检查，脚本 checks/采购台账.rhai
//!
//! fn 采购台账一致(合同) { … }
//! ```
//!
//! # What a script gets
//!
//! | in the rules | in the script |
//! |---|---|
//! | 个数, 年度, 天 | whole number |
//! | every other number, in the base unit (元, 100 % = 1, 分) | exact decimal of at most 28 digits |
//! | 日期 | date: `日.年` `日.月` `日.日`, comparison, `日 - 日` (days), `日 + 天数` |
//! | 是否 | `true`, `false` |
//! | 文本, 选项 | text |
//! | 列 | array |
//! | 表 | read-only table: `for 行 in 表`, `表[0]`, `行.列名`, `行["列名"]`, `行.行号` |
//! | a datum in a state | a state: `x.缺报`, `是缺报(x)`, `有值(x)`, `状态(x)` |
//!
//! A fraction that never ends, or a number of more than 28 digits, is an error that asks for
//! rounding in the call.
//!
//! # Missing
//!
//! Computing or comparing with a state ends the script, and the state becomes its answer: the
//! effect that the rule file declares for it decides, as for an operator of the rule language.
//! A script that wants to go on asks first (`if 有值(行.公告日期) { … }`).
//!
//! # What a script gives
//!
//! A 检查 answers `true` or `false`; or an array of findings, in which case it passes when the array
//! is empty; or `#{ 通过: true, 说明: ["…"] }` to pass with remarks. A finding is one text and names
//! the row it is about. A scoring method answers a number (or what its declaration says), or
//! `#{ 结果: 0.85, 说明: ["…"] }`. The evaluator holds the number to the declared range.
//!
//! # Operators
//!
//! Numbers are exact: `10 / 4` is 2.5, `1 / 3` is an error. Comparing values of different kinds is an
//! error, not `false`. `+` joins texts with anything, arrays with arrays, maps with maps. Arrays and
//! maps change as a whole: `数组 += [值]`, `映射 += 项(名, 值)`. Tables and rows do not change.
//!
//! # Functions
//!
//! | Chinese | English | gives |
//! |---|---|---|
//! | `合计(数组)`, `合计(表, "列")` | `sum` | exact sum |
//! | `列(表, "列")` | `column` | the cells of a column, an array |
//! | `重复行(表, ["列", …])` | `repeated_rows` | pairs `[earlier row, row]` equal in these columns |
//! | `长度(x)` | `count` | rows, elements, entries or characters |
//! | `商(甲, 乙, 位数)` | `quotient` | quotient, rounded half-up |
//! | `舍入(数, 位数)` | `round` | rounded half-up |
//! | `天数(从, 到)` | `days` | calendar days between two dates |
//! | `日期(年, 月, 日)` | `date` | a date |
//! | `有值(x)`, `状态(x)` | `has_value`, `state_of` | whether there is a value; the word of the state |
//! | `是缺报(x)`, `是无佐证(x)` … | `is_missing` … | whether the datum is in this state |
//! | `含(全体, 部分)`, `部分 in 全体` | `contains` | whether a text, array or map holds it |
//! | `项(名, 值)`, `取(映射, 名, 缺省)` | `entry`, `get` | a map of one entry; an entry or a default |
//! | `最大(数组)`, `最小(数组)` | `largest`, `smallest` | the number; an empty array is an error |
//! | `去重(数组)`, `排序(表, "列")`, `行的(表, "列", 值)` | `distinct`, `sorted`, `rows_where` | arrays of values or rows |
//! | `工作日数(从, 到)` | `working_days` | working days of the pack's calendar |
//! | `大写(元)` | `in_capitals` | the amount as a cheque writes it |
//! | `身份证号有效(x)`, `信用代码有效(x)` | `is_citizen_number`, `is_credit_code` | whether the check digit holds |
//! | `必须改(行, 文字)`, `应说明(行, 文字)`, `供参考(行, 文字)` | `must_fix`, `should_explain`, `worth_noting` | a remark of a check of documents |
//! | `打印(x)` | `show` | nothing; seen by whoever tries the script out |
//!
//! # Documents
//!
//! A function with one parameter can be a check of documents (`heng audit --pack`); the manifest of the pack names
//! it. The parameter is a map of read-only tables: `文件.数字` (figures), `文件.合计` (totals with their parts),
//! `文件.评分表` (rows of score sheets), `文件.单元格` (cells of tables), `文件.段落` (paragraphs), `文件.年度`, `文件.名称`. It answers an array of
//! texts or of `必须改(行, 文字)`, `应说明(行, 文字)`, `供参考(行, 文字)`; an empty array, nothing or `true` means that nothing was found.
//!
//! # What a script cannot do
//!
//! No files, network, clock, chance, output, modules, `eval`, sleeping, function values, `try`. Its
//! steps, depth, texts, arrays, maps and time are limited ([`limits`]); passing a limit fails the
//! call with a text that names script, line and limit. Each call runs on a thread of its own, and
//! no panic leaves it.
//!
//! **Memory.** Sizes count nested parts, no part of a value can be assigned to, and variables are
//! counted over all functions of a call together. Values that no variable holds (parameters, operands that
//! wait) are bounded by measuring: a call by which the process grows too much is ended. A test runs
//! the greediest scripts we know in a process of their own and holds the whole process to 256 MB.

mod answer;
pub mod api;
mod capitals;
mod checksum;
mod document;
mod gate;
mod guard;
mod library;
pub mod limits;
mod operator;
mod problem;
mod sandbox;
mod standard;
mod value;
mod wording;
mod words;

pub use document::{DocumentRemark, DocumentTables, Weight};
pub use gate::Meter;
pub use library::{Observed, ScriptFunction, ScriptLibrary};
pub use problem::ScriptProblem;
