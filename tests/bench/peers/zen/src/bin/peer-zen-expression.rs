//! zen-expression: 39 compiled expressions, each after those it needs.

use peer::{
    Department, Marks,
    stage::{Engine, run},
    tongue::{Tongue, Zen},
};
use zen_expression::{Expression, Isolate, expression::Standard, scope::Scope, variable::Variable, vm::VM};

struct Expressions {
    expressions: Vec<(String, Expression<Standard>)>,
    machine: VM,
}

impl Engine for Expressions {
    type Facts = Variable;

    fn new() -> Expressions {
        let mut isolate = Isolate::new();
        let compile = |(name, text): (String, String)| {
            let compiled = isolate.compile_standard(&text).unwrap_or_else(|error| panic!("{name}: {error:?}"));
            (name, compiled)
        };
        let expressions = Zen.columns(&|name| format!("$.{name}")).into_iter().map(compile).collect();
        Expressions { expressions, machine: VM::new() }
    }

    fn facts(&self, department: &Department) -> Variable {
        peer_zen::facts(department)
    }

    fn score(&mut self, facts: &Variable) -> Marks {
        let mut scope = Scope::new(facts.clone());
        let earlier = Variable::empty_object();
        scope.set_local(Variable::dollar_key(), earlier.clone());
        let mut marks = Marks::default();
        for (place, (name, expression)) in self.expressions.iter().enumerate() {
            let value = expression
                .evaluate_with_scope(&scope, &mut self.machine)
                .unwrap_or_else(|error| panic!("{name}: {error:?}"));
            match &value {
                Variable::Number(points) => marks.points[place] = peer_zen::cents(*points),
                Variable::String(grade) => marks.graded(grade.as_str()),
                other => panic!("{name}: {other:?}"),
            }
            earlier.dot_insert(name, value);
        }
        marks
    }
}

fn main() -> std::io::Result<()> {
    run::<Expressions>()
}
