//! What looks at all departments at once: overview, self-scores, sensitivity, calibration.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::kit::{Desk, Run};

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
    扣分 { 违规，每 1项：1分 }
}
数据 {
    支出率：比率 ≥ 0%
    违规：个数
}
";

/// 甲 and 乙 lie close to the threshold of 90 %.
const DATA: &str = "部门,地区,自评,支出率,违规
甲局,东,10,91%,0
乙局,东,9,89%,0
丙局,西,5,70%,2
丁局,西,,x,0
戊局,西,5,70%,2
己局,西,9,,0
";

fn desk() -> Desk {
    Desk::with(&[("rules.heng", RULES.as_bytes()), ("data.csv", DATA.as_bytes())])
}

fn on(desk: &Desk, command: &str, more: &[&str]) -> Run {
    desk.heng(command, &["rules.heng", "data.csv"], more)
}

#[test]
fn an_overview_ranks_with_ties_and_holds_self_scores_against_it() {
    let desk = desk();
    let [out, xlsx, html] =
        ["out.csv", "out.xlsx", "out.html"].map(|name| desk.at(name).to_string_lossy().into_owned());
    let more = ["--out", &out, "--xlsx", &xlsx, "--html", &html, "--by", "地区", "--self-score", "自评"];
    let run = on(&desk, "batch", &more);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(
        run.out.contains("自评分与重算不一致：1 个") && run.out.contains("乙局  9.00 → 7.00  -2.00"),
        "{}",
        run.out
    );
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(std::fs::read(&xlsx).unwrap())).unwrap();
    let ranking = book.worksheet_range("名次").unwrap();
    let row = |at: u32| -> Vec<String> {
        (0..4).map(|column| ranking.get((at as usize, column)).map_or(String::new(), Data::to_string)).collect()
    };
    assert_eq!(row(1), ["1", "甲局", "东", "10"]);
    assert_eq!(row(2), ["2", "乙局", "东", "7"]);
    assert_eq!((row(3)[0].as_str(), row(4)[0].as_str(), row(5)[0].as_str()), ("3", "3", "—"));
    let groups = book.worksheet_range("各组得分").unwrap();
    let wanted = ["试", "西", "5"];
    assert!(groups.rows().any(|row| [0, 1, 4].map(|at| row[at].to_string()) == wanted));
    assert_eq!(book.worksheet_range("退出来的行").unwrap().get((1, 3)).map(Data::to_string).as_deref(), Some("x"));
    let page = std::fs::read_to_string(&html).unwrap();
    assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
    assert!(page.contains("东（2）") && page.contains("西（2）"));
    assert_eq!(on(&desk, "batch", &more).code, 5);
}

#[test]
fn what_a_threshold_decides_is_not_solid() {
    let desk = desk();
    let out = desk.at("ranks.csv").to_string_lossy().into_owned();
    let run = on(&desk, "sensitivity", &["--step", "2%", "--points", "20%", "--rounds", "50", "--out", &out]);
    assert_eq!(run.code, 3, "{}", run.err);
    for line in
        ["4 个部门", "1 个部门总分未定", "执行：界限 0.9 −2%：名次变动 1 个，最远 1 位；等级变动 1 个", "不要 执行"]
    {
        assert!(run.out.contains(line), "{line} is not in\n{}", run.out);
    }
    let ranks = std::fs::read_to_string(&out).unwrap();
    assert!(ranks.contains("乙局,7,2,1,2,良,优"), "{ranks}");
    let again = on(&desk, "sensitivity", &["--step", "2%", "--points", "20%", "--rounds", "50"]);
    assert_eq!(again.out, run.out);
    assert_eq!(on(&desk, "sensitivity", &["--step", "200%"]).code, 2);
}

#[test]
fn a_line_for_a_share() {
    let desk = desk();
    let run = on(&desk, "calibrate", &["--share", "优=25%", "--share", "良=50%"]);
    assert_eq!(run.code, 3, "{}", run.err);
    for line in [
        "4 个部门的总分已定；2 个未定或读不了",
        "优：连同以上各等 25%",
        "够这么多的最高线：≥ 10.00分，1 个（25.0%）",
        "够这么多的最高线：≥ 5.00分，4 个（100.0%）",
        "不超过这么多的最低线：≥ 7.00分，2 个（50.0%）",
    ] {
        assert!(run.out.contains(line), "{line} is not in\n{}", run.out);
    }
    assert_eq!(on(&desk, "calibrate", &["--share", "优"]).code, 2);
}

#[test]
fn where_nothing_is_decided_nothing_is_ranked() {
    let desk = desk();
    std::fs::write(desk.at("data.csv"), "部门,支出率,违规\n甲局,,0\n").unwrap();
    for command in ["sensitivity", "calibrate"] {
        let more: &[&str] = if command == "calibrate" { &["--share", "优=20%"] } else { &[] };
        let run = on(&desk, command, more);
        assert_eq!(run.code, 4);
        assert!(run.err.contains("batch/nothing-decided"), "{}", run.err);
    }
}
