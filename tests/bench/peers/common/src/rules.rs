//! The 27 indicators, described once. Each peer's language is said from this description; the programs written by hand
//! are not, and the rule file of heng is not either.

/// What an indicator is computed from.
#[derive(Clone, Debug)]
pub enum Node {
    /// A datum.
    Field(&'static str),
    /// A number, as it is written.
    Number(&'static str),
    /// A word.
    Text(&'static str),
    /// An operator between two: `+ - * / <= >= < > ==`.
    Infix(&'static str, Box<Node>, Box<Node>),
    /// A quotient beside a limit; exact.
    Share(&'static str, &'static str, &'static str, &'static str),
    /// All hold.
    All(Vec<Node>),
    /// One holds.
    Any(Vec<Node>),
    /// Rounded half up to two places.
    Round(Box<Node>),
    /// Not below nought.
    Floor(Box<Node>),
    /// The lesser of two.
    Least(Box<Node>, Box<Node>),
    /// How many answers are yes.
    Count(Vec<&'static str>),
    /// Twelve times the mean of `a/t` over the table, each at most 1 and rounded to four places; two places.
    Mean,
    /// Points by type and social effect.
    Lookup,
    /// The first case that holds.
    Cases(Vec<(Node, Node)>, Box<Node>),
}

use Node::{All, Any, Cases, Count, Field, Floor, Infix, Least, Lookup, Mean, Number, Round, Share, Text};

/// The points of the lookup by type and social effect.
pub const LOOKUP: [[&str; 4]; 4] =
    [["8", "6.4", "4.8", "2"], ["8", "6.8", "5.2", "2.4"], ["8", "7", "5.6", "3"], ["8", "6", "4", "1"]];

fn infix(sign: &'static str, left: Node, right: Node) -> Node {
    Infix(sign, Box::new(left), Box::new(right))
}

fn times(number: &'static str, node: Node) -> Node {
    infix("*", Number(number), node)
}

fn minus(left: Node, right: Node) -> Node {
    infix("-", left, right)
}

fn over(left: Node, right: &'static str) -> Node {
    infix("/", left, Field(right))
}

fn beside(left: &'static str, sign: &'static str, right: &'static str) -> Node {
    infix(sign, Field(left), Field(right))
}

fn at(left: &'static str, sign: &'static str, number: &'static str) -> Node {
    infix(sign, Field(left), Number(number))
}

fn round(node: Node) -> Node {
    Round(Box::new(node))
}

fn floor(node: Node) -> Node {
    Floor(Box::new(node))
}

fn first(cases: Vec<(Node, Node)>, other: Node) -> Node {
    Cases(cases, Box::new(other))
}

fn fields(names: &[&'static str]) -> Vec<Node> {
    names.iter().map(|name| Field(name)).collect()
}

/// Steps of a quotient: the limit and the points of each, in turn.
fn steps(
    left: &'static str,
    right: &'static str,
    sign: &'static str,
    steps: &[(&'static str, &'static str)],
) -> Vec<(Node, Node)> {
    steps.iter().map(|(limit, points)| (Share(left, right, sign, limit), Number(points))).collect()
}

/// `full × (many × base − few × spent) ÷ base`, not below nought, two places.
fn falling(full: &'static str, many: &'static str, base: &'static str, few: &'static str, spent: &'static str) -> Node {
    round(floor(over(times(full, minus(times(many, Field(base)), times(few, Field(spent)))), base)))
}

/// `full × part ÷ whole`, two places.
fn rising(full: &'static str, part: &'static str, whole: &'static str) -> Node {
    round(over(times(full, Field(part)), whole))
}

/// `full − each × data`, not below nought.
fn deducted(full: &'static str, each: &'static str, data: Node) -> Node {
    floor(minus(Number(full), times(each, data)))
}

fn all_and_some(names: [&'static str; 4]) -> [Node; 2] {
    let [first, second, third, fourth] = names;
    let both = All(fields(&[first, second]));
    [All(vec![Field(first), Field(second), Any(fields(&[third, fourth]))]), both]
}

/// The indicators in turn.
pub fn indicators() -> Vec<Node> {
    let mut all = inputs();
    all.extend(spending());
    all.extend(management());
    all.extend(results());
    all
}

fn inputs() -> Vec<Node> {
    let goals = ["ind_f1", "ind_f2", "ind_f3", "ind_f4"];
    let [most, _] = all_and_some(goals);
    vec![
        Count(vec!["goal_f1", "goal_f2", "goal_f3", "goal_f4"]),
        first(
            vec![(All(fields(&goals)), Number("4")), (most, Number("2.5")), (Any(fields(&goals)), Number("1"))],
            Number("0"),
        ),
        first(
            vec![(beside("staff_actual", "<=", "staff_quota"), Number("3"))],
            falling("3", "6", "staff_quota", "5", "staff_actual"),
        ),
        first(
            vec![
                (beside("sangong_actual", "<=", "sangong_prev"), Number("3")),
                (at("sangong_prev", "==", "0"), Number("0")),
            ],
            falling("3", "3", "sangong_prev", "2", "sangong_actual"),
        ),
        first(
            vec![(beside("key_spend", ">=", "project_spend"), Number("3"))],
            rising("3", "key_spend", "project_spend"),
        ),
    ]
}

fn spending() -> Vec<Node> {
    let mut travel = vec![
        (beside("sangong_actual", "<=", "sangong_budget"), Number("2")),
        (at("sangong_budget", "==", "0"), Number("0")),
    ];
    travel.extend(steps("sangong_actual", "sangong_budget", "<=", &[("1.05", "1"), ("1.1", "0.5")]));
    let carried = minus(times("3", Field("budget_total")), times("10", Field("carry_over")));
    vec![
        first(
            vec![(beside("exec_total", ">=", "budget_total"), Number("4"))],
            rising("4", "exec_total", "budget_total"),
        ),
        first(
            steps("budget_adj", "budget_total", "<=", &[("0.05", "2"), ("0.1", "1.6"), ("0.2", "1"), ("0.3", "0.5")]),
            Number("0"),
        ),
        first(
            steps("pay_actual", "pay_plan", ">=", &[("0.95", "2"), ("0.9", "1.6"), ("0.8", "1.2"), ("0.6", "0.6")]),
            Number("0"),
        ),
        first(
            vec![
                (Share("carry_over", "budget_total", "<=", "0.1"), Number("2")),
                (Share("carry_over", "budget_total", ">=", "0.3"), Number("0")),
            ],
            round(over(carried, "budget_total")),
        ),
        first(
            vec![(beside("public_actual", "<=", "public_budget"), Number("2"))],
            falling("2", "5", "public_budget", "4", "public_actual"),
        ),
        first(travel, Number("0")),
    ]
}

fn management() -> Vec<Node> {
    let late = || minus(minus(Field("publish_date"), Field("approve_date")), Number("20"));
    let waited = || minus(Field("filing_date"), Field("contract_date"));
    let within = |sign, node, limit| infix(sign, node, Number(limit));
    let [most, both] = all_and_some(["asset_f1", "asset_f2", "asset_f3", "asset_f4"]);
    let assets = || deducted("3", "0.5", Field("violations_asset"));
    let openness = |grade| infix("==", Field("info_grade"), Text(grade));
    vec![
        times("0.4", Count(vec!["sys_f1", "sys_f2", "sys_f3", "sys_f4", "sys_f5"])),
        deducted("4", "0.5", Field("violations_fund")),
        first(
            vec![(at("publish_date", "==", "0"), Number("0")), (within("<=", late(), "0"), Number("3"))],
            deducted("3", "0.1", late()),
        ),
        first(
            vec![(openness("A"), Number("2")), (openness("B"), Number("1.6")), (openness("C"), Number("1"))],
            Number("0"),
        ),
        first(
            vec![(most, Number("2")), (Any(vec![both, Field("asset_f3"), Field("asset_f4")]), Number("1"))],
            Number("0"),
        ),
        first(vec![(at("complaints", ">", "5"), Least(Box::new(Number("1.5")), Box::new(assets())))], assets()),
        first(
            steps(
                "asset_in_use",
                "asset_total",
                ">=",
                &[("0.95", "3"), ("0.9", "2.4"), ("0.8", "1.8"), ("0.6", "0.9")],
            ),
            Number("0"),
        ),
        first(
            vec![(beside("proc_actual", ">=", "proc_budget"), Number("3"))],
            rising("3", "proc_actual", "proc_budget"),
        ),
        first(
            vec![
                (at("filing_date", "==", "0"), Number("0")),
                (within("<=", waited(), "7"), Number("4")),
                (within("<=", waited(), "15"), Number("3")),
                (within("<=", waited(), "30"), Number("2")),
            ],
            deducted("2", "0.05", minus(waited(), Number("30"))),
        ),
        floor(minus(minus(Number("3"), times("0.5", Field("violations_proc"))), times("0.2", Field("complaints")))),
    ]
}

fn results() -> Vec<Node> {
    let late = || minus(Field("actual_finish"), Field("plan_finish"));
    let within = |limit| infix("<=", late(), Number(limit));
    let mut quality = vec![(at("quality_total", "==", "0"), Number("4"))];
    quality.extend(steps(
        "quality_pass",
        "quality_total",
        ">=",
        &[("0.98", "4"), ("0.95", "3.2"), ("0.9", "2.4"), ("0.8", "1.2")],
    ));
    let linear = round(infix("/", minus(Number("240"), times("4", late())), Number("60")));
    let satisfied = round(infix("/", times("8", Field("survey_score")), Number("90")));
    vec![
        Mean,
        first(quality, Number("0")),
        first(
            vec![
                (at("actual_finish", "==", "0"), Number("0")),
                (within("0"), Number("4")),
                (within("30"), linear),
                (within("90"), Number("1")),
            ],
            Number("0"),
        ),
        Lookup,
        first(
            vec![(beside("cost_actual", "<=", "cost_plan"), Number("4"))],
            falling("4", "3", "cost_plan", "2", "cost_actual"),
        ),
        first(
            vec![(at("survey_score", ">=", "90"), Number("8")), (at("survey_score", ">=", "60"), satisfied)],
            Number("0"),
        ),
    ]
}

/// The names of the indicators, `i01` to `i27`.
pub fn names() -> Vec<String> {
    (1..=27).map(|number| format!("i{number:02}")).collect()
}

/// The sums, in the order of their columns: eight groups, the two top ones, the total.
pub fn sums() -> Vec<(String, Vec<String>)> {
    let names = names();
    let group =
        |(number, (from, to)): (usize, &(usize, usize))| (format!("g{}", number + 1), names[*from..*to].to_vec());
    let mut sums: Vec<_> = crate::marks::GROUPS.iter().enumerate().map(group).collect();
    let of = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    sums.push(("a1".to_owned(), of(&["g1", "g2", "g3", "g4", "g5", "g6"])));
    sums.push(("a2".to_owned(), of(&["g7", "g8"])));
    sums.push(("total".to_owned(), of(&["a1", "a2"])));
    sums
}
