//! What `heng batch` survives: a disk that fills, a process that is killed, a big file with a broken row in the middle; and that
//! columns and one by one agree on many rows. The long ones run with `just survive`.

use std::{
    io::{BufWriter, Write},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use wait4::Wait4;

use crate::kit::Desk;

const RULES: &str = "规则包 试 {
    评价年度：2025
    满分：10分
    缺报：停止
    取整方式：按整
    等级 = 分档（总分）{
        ≥ 9分：优
        [6分, 9分)：良
        < 6分：差
    }
}
一级指标 执行 6分 {
    分档 支出率 {
        ≥ 90%：6分
        [60%, 90%)：3分
        < 60%：0分
    }
}
一级指标 合规 4分 {
    扣分 { 违规，每 1项：0.5分 }
}
数据 {
    支出率：比率 ≥ 0%
    违规：个数
}
";

/// A desk with so many rows, the one in the middle broken.
fn desk(rows: u64) -> Desk {
    let desk = Desk::with(&[("rules.heng", RULES.as_bytes())]);
    let mut data = BufWriter::new(std::fs::File::create(desk.at("data.csv")).unwrap());
    writeln!(data, "部门,支出率,违规").unwrap();
    for row in 0..rows {
        match row {
            _ if row == rows / 2 => writeln!(data, "坏局,\"x,1").unwrap(),
            _ if row % 1000 == 7 => writeln!(data, "第{row}局,,１").unwrap(),
            _ => writeln!(data, "第{row}局,{}.{}%,{}", row * 37 % 101, row % 10, row % 9).unwrap(),
        }
    }
    data.flush().unwrap();
    desk
}

fn start(desk: &Desk, out: &str, more: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    command.arg("batch").args([desk.at("rules.heng"), desk.at("data.csv")]).arg("--out").arg(desk.at(out));
    command.args(more).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn run(desk: &Desk, out: &str, more: &[&str]) -> i32 {
    start(desk, out, more).wait().unwrap().code().unwrap()
}

fn same(desk: &Desk, one: &str, other: &str) {
    for ending in ["csv", "rejects.csv"] {
        let read = |name: &str| std::fs::read(desk.at(&format!("{name}.{ending}"))).unwrap();
        assert!(read(one) == read(other), "{one}.{ending} is not {other}.{ending}");
    }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_said_and_leaves_nothing() {
    let desk = desk(20_000);
    // Without the trap the system ends the process, as any other signal would.
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" batch \"$1\" \"$2\" --out \"$3\"";
    let paths = [desk.at("rules.heng"), desk.at("data.csv"), desk.at("out.csv")];
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_heng")]).args(&paths);
    let ended = command.stderr(Stdio::piped()).output().unwrap();
    assert_eq!(ended.status.code(), Some(5), "{}", String::from_utf8_lossy(&ended.stderr));
    let left: Vec<String> = names(desk.path());
    assert_eq!(left, ["data.csv", "rules.heng"]);
    assert_eq!(run(&desk, "out.csv", &[]), 3);
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[cfg(unix)]
#[test]
#[ignore = "takes a while: just survive"]
fn a_killed_run_goes_on_and_gives_the_same_bytes() {
    let desk = desk(number("HENG_ROWS", 1_000_000) * 4);
    assert_eq!(run(&desk, "whole.csv", &["--scalar"]), 3);
    let mut child = start(&desk, "cut.csv", &["--scalar"]);
    let begun = Instant::now();
    while !desk.at("cut.csv.part.json").exists() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    assert!(child.wait().unwrap().code().is_none(), "it ended before it was killed");
    assert!(!desk.at("cut.csv").exists());
    assert_eq!(run(&desk, "cut.csv", &["--resume", "--threads", "1"]), 3);
    same(&desk, "cut", "whole");
}

#[cfg(unix)]
#[test]
#[ignore = "takes a while: just survive"]
fn a_big_file_with_a_broken_row_is_read_to_its_end_in_little_memory() {
    // Some 22 bytes a row.
    let rows = number("HENG_MB", 200) * 1_000_000 / 22;
    let desk = desk(rows);
    let size = std::fs::metadata(desk.at("data.csv")).unwrap().len();
    let used = start(&desk, "out.csv", &[]).wait4().unwrap();
    assert_eq!(used.status.code(), Some(3));
    let rejects = std::fs::read_to_string(desk.at("out.rejects.csv")).unwrap();
    assert_eq!(rejects.lines().count(), 2, "{rejects}");
    assert!(rejects.contains(&format!("\n{},", rows / 2 + 2)), "{rejects}");
    let scored =
        std::io::BufRead::lines(std::io::BufReader::new(std::fs::File::open(desk.at("out.csv")).unwrap())).count();
    assert_eq!(scored as u64, rows);
    let memory = used.rusage.maxrss;
    eprintln!("{} MB, {rows} rows: {} MB of memory", size / 1_000_000, memory / 1_000_000);
    assert!(memory < 150_000_000, "{memory} bytes of memory");
}

#[test]
#[ignore = "takes a while: just survive"]
fn columns_and_one_by_one_agree_on_many_rows() {
    let rows = number("HENG_ROWS", 1_000_000);
    let desk = desk(rows);
    assert_eq!(run(&desk, "columns.csv", &[]), 3);
    assert_eq!(run(&desk, "scalar.csv", &["--scalar"]), 3);
    same(&desk, "columns", "scalar");
    eprintln!("{rows} rows: by columns and one by one the bytes are the same");
}
