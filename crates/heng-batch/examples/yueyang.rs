//! Departments for the three tables in `rules/hunan-yueyang`, drawn from a seed: the same seed gives the
//! same file. `cargo run -p heng-batch --example yueyang -- 60 1 > departments.csv`

#![expect(clippy::print_stdout, reason = "what it writes goes to the terminal or a file")]

use heng_batch::impact::shares::Source;

const HEADS: &str = "部门,在职人数,编制数,本年三公（万元）,上年三公（万元）,本年招待费（万元）,上年招待费（万元）,\
三公管理.执行接待标准,三公管理.定点维修加油,三公管理.制度健全,本年三公预算（万元）,上年三公预算（万元）,\
重点支出（万元）,项目支出（万元）";

const NAMES: &[&str] = &[
    "教育局",
    "财政局",
    "公路局",
    "水利局",
    "林业局",
    "民政局",
    "卫健委",
    "统计局",
    "审计局",
    "司法局",
    "文旅局",
    "住建局",
    "商务局",
    "应急局",
    "信访局",
    "档案馆",
    "图书馆",
    "园林局",
    "环卫处",
    "渔政站",
];

const PLACES: &[&str] = &["市", "东区", "西区", "南县", "北县", "湖区", "江县", "山区"];

fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>().unwrap_or(1));
    let (count, seed) = (arguments.next().unwrap_or(60), arguments.next().unwrap_or(1));
    let mut source = Source(seed);
    println!("{HEADS}");
    for at in 0..count {
        println!("{}", department(at, &mut source));
    }
}

/// A share of a number, between two per cents.
fn share(source: &mut Source, of: u64, low: u64, high: u64) -> u64 {
    of * (low + source.below(high - low + 1)) / 100
}

fn yes(source: &mut Source, per_cent: u64) -> &'static str {
    if source.below(100) < per_cent { "是" } else { "否" }
}

/// Hundredths as a number with two decimals.
fn money(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn department(at: u64, source: &mut Source) -> String {
    let pick = |list: &[&'static str], at: u64| {
        let place = usize::try_from(at % list.len() as u64).unwrap_or(0);
        list.get(place).copied().unwrap_or_default()
    };
    let names = NAMES.len() as u64;
    let again = at / (names * PLACES.len() as u64);
    let number = if again == 0 { String::new() } else { again.to_string() };
    let name = format!("{}{}{number}", pick(PLACES, at / names), pick(NAMES, at));
    let posts = 20 + source.below(180);
    let staff = share(source, posts, 88, 108);
    // A few have never spent anything of the kind: what then, the tables do not say.
    let last = if source.below(25) == 0 { 0 } else { 300 + source.below(6000) };
    let this = share(source, last, 70, 115);
    let (last_hosting, this_hosting) = (last / 4, share(source, this, 18, 32));
    let last_budget = share(source, last, 100, 130);
    let this_budget = share(source, last_budget, 80, 104);
    let projects = 20_000 + source.below(400_000);
    let key = share(source, projects, 55, 99);
    let [hosting, repairs, rules] = [85, 70, 90].map(|per_cent| yes(source, per_cent));
    let [this, last, this_hosting, last_hosting, this_budget, last_budget, key, projects] =
        [this, last, this_hosting, last_hosting, this_budget, last_budget, key, projects].map(money);
    format!(
        "{name},{staff},{posts},{this},{last},{this_hosting},{last_hosting},{hosting},{repairs},{rules},\
         {this_budget},{last_budget},{key},{projects}"
    )
}
