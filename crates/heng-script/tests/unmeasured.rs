//! Where nobody says how much memory is taken, no script runs: its indicator is an error, the others are scored.
//!
//! These tests have a process of their own, and run one after the other: a call that is ended among others is tried again, and
//! asks the meter more often than one that is alone.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

use std::sync::{Mutex, PoisonError};

use heng_data::{FactsFile, read_facts};
use heng_eval::{Context, evaluate};
use heng_model::{Number, scorecard::Outcome};
use heng_script::{Meter, ScriptLibrary};

const FILE: &str = "checks/试.rhai";

static ONE_BY_ONE: Mutex<()> = Mutex::new(());

const RULES: &str = "规则包 甲 {\n评价年度：2024\n满分：10分\n缺报：停止\n}\n\
    方法 妥当（数目：个数）：检查，脚本 checks/试.rhai\n\
    一级指标 支出 6分 {\n得分 = 6分\n}\n\
    一级指标 妥当性 4分 {\n须 妥当（数目），否则 待核\n得分 = 满分\n}\n\
    数据 {\n数目：个数 ≥ 0个\n}\n";

const SCRIPT: &str = "fn 妥当(数目) {\n  let n = 0;\n  while n < 100 { n += 1; }\n  n > 数目\n}\n";

/// What the indicator of the script says, and whether the other one is scored.
fn scored_with(meter: Meter) -> (String, bool) {
    let _turn = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let compiled = heng_dsl::compile(&[("甲.heng".to_owned(), RULES.to_owned())]);
    let program = compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
    let files = [(FILE.into(), SCRIPT.to_owned())];
    let (mut library, problems) = ScriptLibrary::load(&files, &program.scripts, &program.methods);
    assert_eq!(problems, []);
    library.use_meter(meter);
    let facts = [FactsFile { name: "facts.toml".to_owned(), bytes: "\"数目\" = \"3个\"\n".as_bytes().to_vec() }];
    let reading = read_facts(&program.schema, &facts);
    assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
    let card = evaluate(&program, &reading.facts, &Context { calendar: None, scripts: &library });
    let others = card.nodes.iter().any(|node| node.outcome == Outcome::Score(Number::from(6)));
    (format!("{:?}", card.nodes.last().unwrap().findings), others)
}

#[test]
fn where_memory_is_not_known_no_script_runs() {
    let (error, others) = scored_with(|| None);
    assert!(error.contains("checks/试.rhai：妥当：这个系统不说进程占了多少内存"), "{error}");
    assert!(error.contains("does not say how much memory a process takes"), "{error}");
    assert!(others);
}

/// A meter that falls silent while a script runs ends it: what cannot be seen is not held.
#[test]
fn a_meter_that_falls_silent_ends_the_call() {
    let (error, others) = scored_with(|| {
        use std::sync::atomic::{AtomicU32, Ordering};
        static ASKED: AtomicU32 = AtomicU32::new(0);
        // Before the call, when it begins, at its first step; silent at the thirty-third, in the loop.
        (ASKED.fetch_add(1, Ordering::SeqCst) < 3).then_some(1 << 20)
    });
    assert!(error.contains("checks/试.rhai：妥当：第3行附近：占用内存超过 64 MB"), "{error}");
    assert!(others);
}
