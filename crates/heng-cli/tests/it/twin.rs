//! The English twin of the pack gives the same scorecard, names apart.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::kit::heng;

/// Names of both programs side by side, in the order of the program.
fn names() -> BTreeMap<String, String> {
    let program = |pack: &str| -> Value {
        let run = heng(&["dump", "program", &format!("rules/{pack}/2023.heng")]);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err))
    };
    let (zh, en) = (program("guangdong-dept-overall"), program("guangdong-dept-overall-en"));
    let mut pairs = BTreeMap::new();
    collect(&zh, &en, &mut pairs);
    pairs
}

fn collect(zh: &Value, en: &Value, pairs: &mut BTreeMap<String, String>) {
    match (zh, en) {
        (Value::String(a), Value::String(b)) => {
            pairs.insert(b.clone(), a.clone());
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{zh}\n{en}");
            a.iter().zip(b).for_each(|(a, b)| collect(a, b, pairs));
        }
        (Value::Object(a), Value::Object(b)) => {
            assert!(a.keys().eq(b.keys()), "{zh}\n{en}");
            a.iter().zip(b).for_each(|((_, a), (_, b))| collect(a, b, pairs));
        }
        (a, b) => assert!(a == b || (a.is_number() && b.is_number()), "{a} {b}"),
    }
}

/// Every score, value, state, step, line and verdict, without the words.
fn bones(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let words = ["text", "name", "key", "id", "datum", "title", "value", "paper", "reason", "evidence", "source", "basis", "note",
                "region", "disclaimers", "subject", "message", "say", "path", "row", "grade", "remedy", "kind_text"];
            let kept = map.iter().filter(|(key, _)| !words.contains(&key.as_str()));
            Value::Object(kept.map(|(key, value)| (key.clone(), bones(value))).collect())
        }
        Value::Array(values) => Value::Array(values.iter().map(bones).collect()),
        other => other.clone(),
    }
}

#[test]
fn the_twin_scores_the_same_in_every_step() {
    let scorecard = |case: &str| -> Value {
        let run = heng(&["score", case, "--format", "json", "--lang", "zh"]);
        assert_eq!(run.code, 0, "{}", run.err);
        serde_json::from_str(&run.out).unwrap()
    };
    let (zh, en) = (scorecard("examples/potou-2023"), scorecard("examples/potou-2023-en"));
    assert_eq!(bones(&zh), bones(&en));
    let names = names();
    for (a, b) in zh["nodes"].as_array().unwrap().iter().zip(en["nodes"].as_array().unwrap()) {
        assert_eq!(names[b["name"].as_str().unwrap()], a["name"].as_str().unwrap());
        assert_eq!(a["score"], b["score"]);
    }
}
