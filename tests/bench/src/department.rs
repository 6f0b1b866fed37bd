//! The departments of the reference workload. Amounts are hundredths of 万元, dates days since 1970;
//! 15 % of the pairs lie on a threshold or a rounding tie on purpose, some data are absent.

use crate::draw::Draw;

/// The types of departments.
pub const TYPES: [&str; 4] = ["党政机关", "事业单位", "群团组织", "执法部门"];
/// The grades of openness.
pub const INFO: [&str; 4] = ["A", "B", "C", "D"];
/// The grades of social effect.
pub const SOCIAL: [&str; 4] = ["优秀", "良好", "一般", "较差"];

/// The amounts, in the order of the file.
pub const AMOUNTS: [&str; 20] = [
    "budget_total",
    "exec_total",
    "budget_adj",
    "pay_plan",
    "pay_actual",
    "carry_over",
    "public_budget",
    "public_actual",
    "sangong_budget",
    "sangong_actual",
    "sangong_prev",
    "project_spend",
    "key_spend",
    "asset_total",
    "asset_in_use",
    "proc_budget",
    "proc_actual",
    "cost_plan",
    "cost_actual",
    "survey_score",
];
/// The counts.
pub const COUNTS: [&str; 11] = [
    "staff_quota",
    "staff_actual",
    "violations_fund",
    "violations_asset",
    "violations_proc",
    "quality_total",
    "quality_pass",
    "complaints",
    "survey_n",
    "contracts_n",
    "projects_n",
];
/// The dates; nought is absent.
pub const DATES: [&str; 8] = [
    "budget_deadline",
    "budget_submit",
    "approve_date",
    "publish_date",
    "contract_date",
    "filing_date",
    "plan_finish",
    "actual_finish",
];
/// The answers.
pub const FLAGS: [&str; 17] = [
    "goal_f1", "goal_f2", "goal_f3", "goal_f4", "ind_f1", "ind_f2", "ind_f3", "ind_f4", "sys_f1", "sys_f2", "sys_f3",
    "sys_f4", "sys_f5", "asset_f1", "asset_f2", "asset_f3", "asset_f4",
];

/// One department.
#[derive(Clone, Debug, Default)]
pub struct Department {
    /// Its number.
    pub number: u64,
    /// Type, region, openness, social effect, as indices.
    pub words: [usize; 4],
    /// In the order of [`AMOUNTS`].
    pub amounts: [i64; 20],
    /// In the order of [`COUNTS`].
    pub counts: [i64; 11],
    /// In the order of [`DATES`].
    pub dates: [i64; 8],
    /// In the order of [`FLAGS`].
    pub flags: [bool; 17],
    /// Target and actual amounts.
    pub sub: Vec<[i64; 2]>,
}

/// 1 January 2025.
const DAY: i64 = 20089;

impl Department {
    /// The department of this number.
    pub fn new(seed: u64, number: u64) -> Department {
        let mut draw = Draw::new(seed, number);
        let social = [0, 0, 0, 1, 1, 1, 1, 2, 2, 3];
        let openness = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3];
        let words = [
            usize::try_from(draw.within(0, 4)).unwrap_or(0),
            usize::try_from(draw.within(0, 12)).unwrap_or(0),
            draw.one(&openness).unwrap_or(0),
            draw.one(&social).unwrap_or(0),
        ];
        let amounts = amounts(&mut draw);
        let counts = counts(&mut draw);
        let dates = dates(&mut draw);
        let flags = std::array::from_fn(|_| draw.chance(85));
        let sub = (0..draw.within(4, 13)).map(|_| pair(&mut draw)).collect();
        Department { number, words, amounts, counts, dates, flags, sub }
    }
}

fn pair(draw: &mut Draw) -> [i64; 2] {
    let target = draw.spread(100, 10_000_000);
    let actual = if draw.chance(30) { target } else { target * draw.within(300, 1200) / 1000 };
    [target, actual]
}

/// A base and what was made of it: a share of it in per mille, in 15 % of the cases exactly an edge of a
/// round base.
fn related(draw: &mut Draw, base: i64, low: i64, high: i64, edges: &[i64]) -> [i64; 2] {
    if draw.chance(15) {
        let base = (base / 10_000).max(1) * 10_000;
        return [base, base * draw.one(edges).unwrap_or(1000) / 1000];
    }
    [base, base * draw.within(low, high) / 1000]
}

fn amounts(draw: &mut Draw) -> [i64; 20] {
    let base = draw.spread(100_000, 50_000_000);
    let [budget, executed] = related(draw, base, 550, 1080, &[600, 800, 900, 950, 975, 1000]);
    let adjusted = budget * draw.one(&[30, 50, 100, 150, 200, 300, 400]).unwrap_or(0) / 1000;
    let base = draw.spread(50_000, 40_000_000);
    let [plan, paid] = related(draw, base, 500, 1050, &[600, 800, 900, 950, 1000]);
    let carried = budget * draw.one(&[0, 50, 100, 120, 200, 250, 300, 350]).unwrap_or(0) / 1000 + draw.within(0, 50);
    let base = draw.spread(5_000, 3_000_000);
    let [public, public_spent] = related(draw, base, 700, 1300, &[1000, 1100, 1125, 1250]);
    let base = draw.spread(1_000, 500_000);
    let [travel, travelled] = related(draw, base, 700, 1200, &[1000, 1050, 1100]);
    let travel = if draw.chance(2) { 0 } else { travel };
    let before = if draw.chance(2) { 0 } else { travelled * draw.within(700, 1500) / 1000 };
    let base = draw.spread(10_000, 20_000_000);
    let [projects, key] = related(draw, base, 400, 1100, &[333, 500, 875, 1000]);
    let [projects, key] = if draw.chance(2) { [0, 0] } else { [projects, key] };
    let base = draw.spread(10_000, 30_000_000);
    let [assets, used] = related(draw, base, 550, 1000, &[600, 800, 900, 950, 1000]);
    let base = draw.spread(5_000, 10_000_000);
    let [bought, buying] = related(draw, base, 500, 1050, &[335, 500, 875, 1000]);
    let [bought, buying] = if draw.chance(3) { [0, 0] } else { [bought, buying] };
    let base = draw.spread(10_000, 10_000_000);
    let [cost, spent] = related(draw, base, 750, 1600, &[1000, 1125, 1250, 1500]);
    [
        budget,
        executed,
        adjusted,
        plan,
        paid,
        carried,
        public,
        public_spent,
        travel,
        travelled,
        before,
        projects,
        key,
        assets,
        used,
        bought,
        buying,
        cost,
        spent,
        draw.within(5_000, 10_001),
    ]
}

fn counts(draw: &mut Draw) -> [i64; 11] {
    let quota = draw.within(10, 2000);
    let few = |draw: &mut Draw| draw.one(&[0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 6]).unwrap_or(0);
    let made = draw.within(1, 20) * draw.one(&[1, 5, 10, 20]).unwrap_or(1);
    let made = if draw.chance(1) { 0 } else { made };
    let passed = (made * draw.one(&[700, 800, 850, 900, 950, 980, 990, 1000]).unwrap_or(1000) + 999) / 1000;
    [
        quota,
        quota * draw.within(800, 1220) / 1000,
        few(draw),
        few(draw),
        few(draw),
        made,
        passed,
        draw.within(0, 3) + few(draw),
        draw.within(0, 500),
        draw.within(0, 500),
        draw.within(0, 500),
    ]
}

fn dates(draw: &mut Draw) -> [i64; 8] {
    let approved = DAY + draw.within(30, 120);
    let published = if draw.chance(3) { 0 } else { approved + draw.within(5, 60) };
    let signed = DAY + draw.within(30, 250);
    let filed = if draw.chance(4) { 0 } else { signed + draw.within(0, 80) };
    let due = DAY + draw.within(150, 340);
    let finished = if draw.chance(4) { 0 } else { due + draw.within(-40, 110) };
    [DAY, DAY + draw.within(-30, 30), approved, published, signed, filed, due, finished]
}
