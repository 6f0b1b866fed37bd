//! `heng impact`: the same departments under two rule sets.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use heng_model::{Number, Rounding};

use crate::kit::{Desk, Run, heng, root};

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
    当 预算 = 0元：0分
    得分 = 6分 × 支出 ÷ 预算，不超过 满分，保留2位
}
一级指标 合规 4分 {
    扣分 { 违规，每 1项：1分 }
}
数据 {
    预算：金额 ≥ 0元
    支出：金额 ≥ 0元
    违规：个数
}
";

const DATA: &str = "部门,预算(万元),支出(万元),违规
甲局,100,90,1
乙局,100,50,0
丙局,0,0,0
丁局,x,1,0
戊局,100,,0
";

fn desk(new: &str, data: &str) -> Desk {
    Desk::with(&[("old.heng", RULES.as_bytes()), ("new.heng", new.as_bytes()), ("data.csv", data.as_bytes())])
}

fn impact(desk: &Desk, more: &[&str]) -> Run {
    desk.heng("impact", &["old.heng", "new.heng", "data.csv"], more)
}

fn harder() -> String {
    RULES.replace("每 1项：1分", "每 1项：2分").replace("当 预算 = 0元：0分", "当 预算 = 0元：满分")
}

#[test]
fn each_change_has_its_share_and_each_department_its_place() {
    let run = impact(&desk(&harder(), DATA), &[]);
    // One row cannot be read, one is open.
    assert_eq!(run.code, 3, "{}", run.err);
    for line in [
        "增加 1 个部门，减少 1 个，不变 1 个；平均 +1.67分（6.47 → 8.13）",
        "1 个部门有一边得分未定，没有比较：戊局",
        "执行 评分标准  平均 +2.00分（1 个部门增加，0 个减少；只改这一项 +2.00）",
        "合规 得分 1分 → 2分  平均 -0.33分（0 个部门增加，1 个减少；只改这一项 -0.33）",
        "2 处修改，按沙普利值分摊（各种先后次序的平均，精确）",
        "丙局  +6.00  4.00 → 10.00  第 3 名 → 第 1 名  差 → 优",
        "差 → 优  1",
        "≥ 9.00：0 → 1",
        "新规则下离界线不到 1分的：2 个",
        "5  预算(万元)",
    ] {
        assert!(run.out.contains(line), "{line} is not in\n{}", run.out);
    }
}

#[test]
fn what_only_two_changes_do_together_is_shared_and_a_line_can_be_asked_for() {
    // Twice the points for twice the cases: made alone each costs one point, both cost three.
    let new = RULES.replace("每 1项：1分", "每 1项：2分").replace("违规，每", "违规 + 违规，每");
    let data = "部门,预算(万元),支出(万元),违规\n甲局,100,100,1\n";
    let run = impact(&desk(&new, data), &["--near", "0.5分", "--line", "6.4分"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("平均 -3.00分（9.00 → 6.00）"), "{}", run.out);
    assert!(run.out.contains("≥ 6.40：1 → 0"), "{}", run.out);
    assert!(run.out.contains("新规则下离界线不到 0.5分的：1 个"), "{}", run.out);
}

#[test]
fn the_workbook_adds_up_and_the_page_is_whole() {
    let desk = desk(&harder(), DATA);
    let (page, book) = (desk.at("page.html"), desk.at("book.xlsx"));
    let args = ["--html", page.to_str().unwrap(), "--out", book.to_str().unwrap()];
    assert_eq!(impact(&desk, &args).code, 3);
    let html = std::fs::read_to_string(&page).unwrap();
    assert_eq!(html.matches("<svg").count(), html.matches("</svg>").count());
    assert!(html.matches("<svg").count() == 3 && html.ends_with("</html>\n"));
    // Every heading over figures says their unit.
    assert_eq!(html.matches("（分）</h2>").count(), 6, "{html}");
    let bytes = std::fs::read(&book).unwrap();
    let mut sheets: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let range = sheets.worksheet_range("各部门").unwrap();
    let exact = |cell: &Data| {
        let number = Number::parse_decimal(&cell.to_string()).unwrap_or(Number::ZERO);
        number.round(6, Rounding::HalfUp)
    };
    let mut rows = 0;
    for row in range.rows().skip(1).filter(|row| row[3] != Data::Empty) {
        let shares: Number = row[9..].iter().map(exact).sum();
        assert_eq!(shares, exact(&row[3]), "{row:?}");
        rows += 1;
    }
    assert_eq!(rows, 3);
    let rejects = sheets.worksheet_range("退出来的行").unwrap();
    assert_eq!(rejects.get((1, 3)), Some(&Data::String("x".to_owned())));
    // Nothing is replaced unasked; asked, the same bytes come out.
    assert_eq!(impact(&desk, &args).code, 5);
    assert_eq!(impact(&desk, &[&args[..], &["--force", "--threads", "3"]].concat()).code, 3);
    assert_eq!(std::fs::read(&book).unwrap(), bytes);
    assert_eq!(std::fs::read_to_string(&page).unwrap(), html);
}

#[test]
fn above_ten_changes_orders_are_drawn_and_still_add_up() {
    let mut old =
        String::from("规则包 试 {\n    评价年度：2025\n    满分：24分\n    缺报：停止\n    取整方式：按整\n}\n");
    for at in 0..12 {
        old.push_str(&format!("一级指标 第{at}项 2分 {{\n    扣分 {{ 违规，每 1项：0.1分 }}\n}}\n"));
    }
    old.push_str("数据 {\n    违规：个数\n}\n");
    let desk = desk(&old.replace("0.1分", "0.2分"), "部门,违规\n甲,1\n乙,3\n");
    std::fs::write(desk.at("old.heng"), &old).unwrap();
    let run = impact(&desk, &["--seed", "5"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("12 处修改") && run.out.contains("种子 5"), "{}", run.out);
    assert!(run.out.contains("平均 -0.20分（0 个部门增加，2 个减少，误差 ±0.00；只改这一项 -0.20）"), "{}", run.out);
    assert_eq!(impact(&desk, &["--seed", "5"]).out, run.out);
}

#[test]
fn a_group_can_be_compared_where_the_tables_are_not_whole() {
    let at = |path: &str| root().join(path).to_string_lossy().into_owned();
    let (old, new) = (at("rules/hunan-yueyang/2016.heng"), at("rules/hunan-yueyang/2017.heng"));
    let data = at("examples/yueyang-impact/departments.csv");
    let run = heng(&["impact", &old, &new, &data, "--of", "预算配置"]);
    assert_eq!(run.code, 4, "{}", run.err);
    for line in [
        "比的是：预算配置，满分 9分 → 13分；两边满分不同，比得分率",
        "增加 34 个部门，减少 14 个，不变 11 个；平均 +11.17个百分点（82.20 → 93.38）",
        "财政供养人员控制率 得分 0.1分 → 0.5分  平均 -3.24个百分点",
        "没有改变任何得分的：评价年度 2016 → 2017",
    ] {
        assert!(run.out.contains(line), "{line} is not in\n{}", run.out);
    }
    let run = heng(&["impact", &old, &new, &data, "--of", "没有的"]);
    assert_eq!(run.code, 3);
    assert!(run.err.contains("impact/no-indicator"), "{}", run.err);
}

const AMONG: &str = "规则包 试 {
    评价年度：2025
    满分：10分
    缺报：停止
    取整方式：按整
    等级 = 分档 百分位（总分）{
        ≥ 50%：优
        其他：中
    }
}
指标 执行 6分 {
    得分 = 7分 − 名次（支出，从高到低，并列占位，同组 按 地区） × 1分
}
指标 合规 4分 {
    扣分 { 违规，每 1项：1分 }
}
数据 {
    支出：金额 ≥ 0元
    违规：个数
    地区：选项 {东, 西}
}
";

const AMONG_DATA: &str =
    "部门,支出（元）,违规,地区\n甲,5,0,东\n乙,7,1,东\n丙,8,2,东\n丁,1,1,西\n戊,2,0,西\n己,x,0,西\n";

/// What `heng batch` says of each department: key, total, points.
fn scores(desk: &Desk, rules: &str) -> Vec<Vec<String>> {
    desk.heng("batch", &[rules, "data.csv"], &["--out", desk.at("out.csv").to_str().unwrap(), "--force"]);
    desk.read("out.csv").lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn departments_are_compared_among_each_other_under_either_rule_set() {
    let new = AMONG.replace("，同组 按 地区", "").replace("每 1项：1分", "每 1项：2分");
    let desk = Desk::with(&[
        ("old.heng", AMONG.as_bytes()),
        ("new.heng", new.as_bytes()),
        ("data.csv", AMONG_DATA.as_bytes()),
    ]);
    let run = impact(&desk, &[]);
    assert_eq!(run.code, 3, "{}", run.err);
    let (before, after) = (scores(&desk, "old.heng"), scores(&desk, "new.heng"));
    assert_eq!(before.len(), 5);
    for (before, after) in before.iter().zip(&after) {
        let points = |row: &[String]| Number::parse_decimal(&row[1]).unwrap();
        let change = &points(after) - &points(before);
        let signed = format!("{}{}", if change.is_negative() { "" } else { "+" }, change.fixed(2, Rounding::HalfUp));
        let line = format!("{}  {signed}  {} → {}", before[0], before[1], after[1]);
        assert!(change.is_zero() || run.out.contains(&line), "{line} is not in\n{}", run.out);
    }
    // Both changes have their share, that of the group among all departments.
    for line in ["执行 评分标准", "合规 得分 1分 → 2分"] {
        assert!(run.out.contains(line), "{line} is not in\n{}", run.out);
    }
    assert!(!run.out.contains("单独评不出来"), "{}", run.out);
}

#[test]
fn ranks_are_varied_among_each_other_and_grades_by_rank_are_not_guessed() {
    let desk = Desk::with(&[("old.heng", AMONG.as_bytes()), ("data.csv", AMONG_DATA.as_bytes())]);
    let run = desk.heng("sensitivity", &["old.heng", "data.csv"], &[]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.out.contains("5 个部门"), "{}", run.out);
    assert!(run.out.contains("等级不是按总分的固定界线定的"), "{}", run.out);
    assert!(!run.out.contains("也可能"), "{}", run.out);
    let lines = desk.heng("calibrate", &["old.heng", "data.csv"], &["--share", "优=40%"]);
    assert!(lines.out.contains("5 个部门的总分已定"), "{}{}", lines.out, lines.err);
}

#[test]
fn where_no_total_is_decided_it_is_said_what_can_be_compared() {
    let line = |points: u8| format!("扣分 {{ 违规，每 1项：{points}分 }}");
    let open = |rules: &str| rules.replace(&line(1), "待编").replace(&line(2), "待编");
    let desk = Desk::with(&[
        ("old.heng", open(RULES).as_bytes()),
        ("new.heng", open(&harder()).as_bytes()),
        ("data.csv", "部门,预算(万元),支出(万元)\n甲局,100,90\n乙局,0,0\n".as_bytes()),
    ]);
    let run = impact(&desk, &[]);
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.out.contains("没有一个部门两边的得分都已定"), "{}", run.out);
    assert!(run.out.contains("两边都已定的有：执行；用 --of 比其中一个"), "{}", run.out);
    for wrong in ["0.00", "没有改变任何得分的"] {
        assert!(!run.out.contains(wrong), "{}", run.out);
    }
    let run = impact(&desk, &["--of", "执行"]);
    assert!(run.out.contains("增加 1 个部门"), "{}", run.out);
}
