//! Where nobody says how much memory is taken, no script runs: its indicator is an error, the others are scored.

use heng_eval::{Context, evaluate};
use heng_model::Facts;

use super::*;

const RULES: &str = "规则包 甲 {\n评价年度：2024\n满分：10分\n缺报：停止\n}\n\
    方法 妥当（数目：个数）：检查，脚本 checks/试.rhai\n\
    一级指标 支出 6分 {\n固定：6分\n}\n\
    一级指标 妥当性 4分 {\n若 妥当（数目）：4分\n否则：0分\n}\n\
    数据 {\n数目：个数 ≥ 0个\n}\n";

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
        (ASKED.fetch_add(1, Ordering::SeqCst) < 2).then_some(1 << 20)
    });
    assert!(error.contains("checks/试.rhai：妥当：第3行附近：占用内存超过 96 MB"), "{error}");
    assert!(others);
}
