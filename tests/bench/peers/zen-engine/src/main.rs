//! zen-engine: a decision of one expression node, compiled beforehand.

use peer::{
    Department, Marks, rules,
    stage::{Engine, run},
    tongue::{Tongue, Zen},
};
use serde_json::json;
use zen_engine::{Decision, DecisionEngine, EvaluationOptions, model::DecisionContent};
use zen_expression::variable::Variable;

struct Graph {
    decision: Decision,
    runtime: tokio::runtime::Runtime,
    names: Vec<String>,
}

impl Engine for Graph {
    type Facts = Variable;

    fn new() -> Graph {
        let expression = |(name, text): (String, String)| json!({"id": name, "key": name, "value": text});
        let expressions: Vec<_> = Zen.columns(&|name| format!("$.{name}")).into_iter().map(expression).collect();
        let graph = json!({
            "nodes": [
                {"id": "in", "type": "inputNode", "name": "in"},
                {"id": "score", "type": "expressionNode", "name": "score",
                    "content": {"expressions": expressions, "passThrough": false}},
                {"id": "out", "type": "outputNode", "name": "out"},
            ],
            "edges": [
                {"id": "first", "type": "edge", "sourceId": "in", "targetId": "score"},
                {"id": "second", "type": "edge", "sourceId": "score", "targetId": "out"},
            ],
        });
        let content: DecisionContent = serde_json::from_value(graph).expect("a decision");
        let mut decision = DecisionEngine::default().create_decision(content.into()).expect("a decision");
        decision.compile();
        let mut names = rules::names();
        names.extend(rules::sums().into_iter().map(|(name, _)| name));
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        Graph { decision, runtime, names }
    }

    fn facts(&self, department: &Department) -> Variable {
        peer_zen::facts(department)
    }

    fn score(&mut self, facts: &Variable) -> Marks {
        let options = EvaluationOptions { trace: false, ..EvaluationOptions::default() };
        let run = self.decision.evaluate_with_opts(facts.clone(), options);
        let result = self.runtime.block_on(run).unwrap_or_else(|error| panic!("{error:?}")).result;
        let mut marks = Marks::default();
        for (points, name) in marks.points.iter_mut().zip(&self.names) {
            match result.dot(name) {
                Some(Variable::Number(number)) => *points = peer_zen::cents(number),
                other => panic!("{name}: {other:?}"),
            }
        }
        match result.dot("grade") {
            Some(Variable::String(grade)) => marks.graded(grade.as_str()),
            other => panic!("grade: {other:?}"),
        }
        marks
    }
}

fn main() -> std::io::Result<()> {
    run::<Graph>()
}
