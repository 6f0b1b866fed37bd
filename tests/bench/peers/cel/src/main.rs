//! cel: 39 compiled expressions; numbers are doubles, with a little to spare at limits and ties.

use std::{collections::HashMap, sync::Arc};

use cel::{
    Context, Env, Program, Value,
    objects::{Key, Map},
};
use peer::{
    Department, Marks,
    department::{AMOUNTS, COUNTS, DATES, FLAGS, INFO, SOCIAL, TYPES},
    rules::LOOKUP,
    stage::{Engine, run},
    tongue::{Cel, Tongue},
};

struct Expressions {
    programs: Vec<(String, Program)>,
    root: Context<'static, 'static>,
}

fn key(name: &str) -> Key {
    Key::String(Arc::new(name.to_owned()))
}

fn map(entries: impl Iterator<Item = (Key, Value)>) -> Value {
    Value::Map(Map { map: Arc::new(entries.collect::<HashMap<_, _>>()) })
}

fn cents(amount: i64) -> Value {
    Value::Float(amount as f64 / 100.0)
}

impl Engine for Expressions {
    type Facts = Value;

    fn new() -> Expressions {
        let env = Arc::new(Env::stdlib());
        let compile = |(name, text): (String, String)| {
            let program = env.compile(&text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
            (name, program)
        };
        let programs = Cel.columns(&str::to_owned).into_iter().map(compile).collect();
        let mut root = Context::with_env(env);
        let floats = |list: Arc<Vec<Value>>| -> f64 {
            list.iter().map(|value| if let Value::Float(number) = value { *number } else { f64::NAN }).sum()
        };
        root.add_function("sum", floats).expect("sum");
        root.add_function("max", |left: f64, right: f64| left.max(right)).expect("max");
        root.add_function("min", |left: f64, right: f64| left.min(right)).expect("min");
        let points = |points: &str| Value::Float(points.parse().expect("a number"));
        let row = |row: [&str; 4]| map(SOCIAL.iter().zip(row).map(|(effect, number)| (key(effect), points(number))));
        root.add_variable_from_value(
            "lookup",
            map(TYPES.iter().zip(LOOKUP).map(|(kind, points)| (key(kind), row(points)))),
        );
        Expressions { programs, root }
    }

    fn facts(&self, department: &Department) -> Value {
        let [kind, _, openness, effect] = department.words;
        let word = |name: &str, word: &str| (key(name), Value::String(Arc::new(word.to_owned())));
        let words =
            [word("dept_type", TYPES[kind]), word("info_grade", INFO[openness]), word("social_grade", SOCIAL[effect])];
        let amounts = AMOUNTS.iter().zip(department.amounts).map(|(name, amount)| (key(name), cents(amount)));
        let counts = COUNTS.iter().zip(department.counts).map(|(name, count)| (key(name), Value::Float(count as f64)));
        let dates = DATES.iter().zip(department.dates).map(|(name, day)| (key(name), Value::Float(day as f64)));
        let flags = FLAGS.iter().zip(department.flags).map(|(name, flag)| (key(name), Value::Bool(flag)));
        let row =
            |[target, actual]: &[i64; 2]| map([(key("t"), cents(*target)), (key("a"), cents(*actual))].into_iter());
        let sub = (key("sub"), Value::List(Arc::new(department.sub.iter().map(row).collect())));
        map(words.into_iter().chain(amounts).chain(counts).chain(dates).chain(flags).chain([sub]))
    }

    fn score(&mut self, facts: &Value) -> Marks {
        let mut scope = self.root.new_inner_scope();
        scope.add_variable_from_value("d", facts.clone());
        let mut marks = Marks::default();
        for (place, (name, program)) in self.programs.iter().enumerate() {
            let value = program.execute(&scope).unwrap_or_else(|error| panic!("{name}: {error}"));
            match &value {
                Value::Float(points) => marks.points[place] = (points * 100.0).round() as i64,
                Value::String(grade) => marks.graded(grade),
                other => panic!("{name}: {other:?}"),
            }
            scope.add_variable_from_value(name.as_str(), value);
        }
        marks
    }
}

fn main() -> std::io::Result<()> {
    run::<Expressions>()
}
