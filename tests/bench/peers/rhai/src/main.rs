//! rhai: one function, compiled beforehand; every number is a decimal.

use peer::{
    Department, Marks,
    department::{AMOUNTS, COUNTS, DATES, FLAGS, INFO, SOCIAL, TYPES},
    rules::LOOKUP,
    stage::{Engine, run},
    tongue,
};
use rhai::{AST, Array, Dynamic, Map, Scope};
use rust_decimal::{Decimal, RoundingStrategy::MidpointAwayFromZero};

struct Script {
    engine: rhai::Engine,
    script: AST,
    lookup: Dynamic,
}

fn cents(amount: i64) -> Dynamic {
    Dynamic::from_decimal(Decimal::new(amount, 2))
}

impl Engine for Script {
    type Facts = Map;

    fn new() -> Script {
        let mut engine = rhai::Engine::new();
        engine.set_max_expr_depths(0, 0);
        engine.register_fn("half_up", |number: Decimal, places: rhai::INT| {
            number.round_dp_with_strategy(places as u32, MidpointAwayFromZero)
        });
        engine.register_fn("one", |holds: bool| if holds { Decimal::ONE } else { Decimal::ZERO });
        let script = engine.compile(tongue::rhai()).expect("the script");
        let decimal = |text: &str| Dynamic::from_decimal(text.parse().expect("a number"));
        let row = |row: [&'static str; 4]| SOCIAL.iter().zip(row).map(move |(effect, points)| ((*effect).into(), decimal(points)));
        let lookup: Map = TYPES
            .iter()
            .zip(LOOKUP)
            .map(|(kind, points)| ((*kind).into(), row(points).collect::<Map>().into()))
            .collect();
        Script { engine, script, lookup: Dynamic::from(lookup).into_shared() }
    }

    fn facts(&self, department: &Department) -> Map {
        let mut map = Map::new();
        let [kind, _, openness, effect] = department.words;
        for (name, word) in
            [("dept_type", TYPES[kind]), ("info_grade", INFO[openness]), ("social_grade", SOCIAL[effect])]
        {
            map.insert(name.into(), word.to_owned().into());
        }
        map.extend(AMOUNTS.iter().zip(department.amounts).map(|(name, amount)| ((*name).into(), cents(amount))));
        let whole = |number: i64| Dynamic::from_decimal(Decimal::from(number));
        map.extend(COUNTS.iter().zip(department.counts).map(|(name, count)| ((*name).into(), whole(count))));
        map.extend(DATES.iter().zip(department.dates).map(|(name, day)| ((*name).into(), whole(day))));
        map.extend(FLAGS.iter().zip(department.flags).map(|(name, flag)| ((*name).into(), flag.into())));
        let row = |[target, actual]: &[i64; 2]| {
            Dynamic::from(Map::from([("t".into(), cents(*target)), ("a".into(), cents(*actual))]))
        };
        map.insert("sub".into(), department.sub.iter().map(row).collect::<Array>().into());
        map
    }

    fn score(&mut self, facts: &Map) -> Marks {
        let arguments = (facts.clone(), self.lookup.clone());
        let all: Array = self.engine.call_fn(&mut Scope::new(), &self.script, "score", arguments).expect("a score");
        let mut marks = Marks::default();
        for (points, value) in marks.points.iter_mut().zip(&all) {
            let mut number = value.as_decimal().expect("a decimal");
            number.rescale(2);
            *points = number.mantissa() as i64;
        }
        marks.graded(&all[38].clone().into_immutable_string().expect("a grade"));
        marks
    }
}

fn main() -> std::io::Result<()> {
    run::<Script>()
}
