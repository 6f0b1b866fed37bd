//! regorus: one policy, compiled for its virtual machine; numbers are doubles, with a little to spare at limits and ties.

use peer::{
    Department, Marks,
    department::{AMOUNTS, COUNTS, DATES, FLAGS, INFO, SOCIAL, TYPES},
    stage::{Engine, run},
    tongue,
};
use regorus::{Rc, Value, languages::rego::compiler::Compiler, rvm::vm::RegoVM};
use serde_json::{Map, json};

struct Policy(RegoVM);

const RESULT: &str = "data.score.result";

impl Engine for Policy {
    type Facts = Value;

    fn new() -> Policy {
        let mut engine = regorus::Engine::new();
        engine.add_policy("score.rego".to_owned(), tongue::rego()).expect("the policy");
        let entry: Rc<str> = RESULT.into();
        let compiled = engine.compile_with_entrypoint(&entry).expect("the policy");
        let mut machine = RegoVM::new();
        machine.load_program(Compiler::compile_from_policy(&compiled, &[RESULT]).expect("the policy"));
        Policy(machine)
    }

    fn facts(&self, department: &Department) -> Value {
        let cents = |amount: i64| json!(amount as f64 / 100.0);
        let [kind, _, openness, effect] = department.words;
        let mut map = Map::new();
        for (name, word) in
            [("dept_type", TYPES[kind]), ("info_grade", INFO[openness]), ("social_grade", SOCIAL[effect])]
        {
            map.insert(name.to_owned(), word.into());
        }
        map.extend(AMOUNTS.iter().zip(department.amounts).map(|(name, amount)| ((*name).to_owned(), cents(amount))));
        map.extend(COUNTS.iter().zip(department.counts).map(|(name, count)| ((*name).to_owned(), count.into())));
        map.extend(DATES.iter().zip(department.dates).map(|(name, day)| ((*name).to_owned(), day.into())));
        map.extend(FLAGS.iter().zip(department.flags).map(|(name, flag)| ((*name).to_owned(), flag.into())));
        let row = |[target, actual]: &[i64; 2]| json!({"t": cents(*target), "a": cents(*actual)});
        map.insert("sub".to_owned(), department.sub.iter().map(row).collect());
        Value::from(serde_json::Value::Object(map))
    }

    fn score(&mut self, facts: &Value) -> Marks {
        self.0.set_input(facts.clone());
        let result = self.0.execute().unwrap_or_else(|error| panic!("{error}"));
        let all = result.as_array().expect("a list");
        let mut marks = Marks::default();
        for (points, value) in marks.points.iter_mut().zip(all.iter()) {
            *points = (value.as_f64().expect("a number") * 100.0).round() as i64;
        }
        marks.graded(all[38].as_string().expect("a grade"));
        marks
    }
}

fn main() -> std::io::Result<()> {
    run::<Policy>()
}
