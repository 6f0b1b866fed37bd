//! The English twin of the pack gives the same scorecard, names apart: the two are walked side by
//! side, and where texts differ they differ in words, never in a number, and one word always stands
//! for the same word.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::kit::heng;

/// What a person wrote in their own words about the case; it is not computed.
const FREE: [&str; 9] = ["reason", "evidence", "paper", "meaning", "note", "source", "basis", "disclaimers", "file"];

#[derive(Default)]
struct Walk {
    names: BTreeMap<String, String>,
    wrong: Vec<String>,
}

impl Walk {
    fn walk(&mut self, path: &str, zh: &Value, en: &Value) {
        match (zh, en) {
            (Value::Object(a), Value::Object(b)) => {
                if !a.keys().eq(b.keys()) {
                    self.wrong.push(format!("{path}: other keys"));
                }
                for ((key, a), (_, b)) in a.iter().zip(b).filter(|((key, _), _)| !FREE.contains(&key.as_str())) {
                    self.walk(&format!("{path}/{key}"), a, b);
                }
            }
            (Value::Array(a), Value::Array(b)) => {
                if a.len() != b.len() {
                    self.wrong.push(format!("{path}: {} and {} entries", a.len(), b.len()));
                }
                for (index, (a, b)) in a.iter().zip(b).enumerate() {
                    self.walk(&format!("{path}/{index}"), a, b);
                }
            }
            (Value::String(a), Value::String(b)) => self.text(path, a, b),
            (a, b) if a == b => {}
            (a, b) => self.wrong.push(format!("{path}: {a} and {b}")),
        }
    }

    fn text(&mut self, path: &str, a: &str, b: &str) {
        // The example counts its assumed projects and contracts 一, 二, 三, 四.
        let counted = "一二三四".chars().zip("1234".chars()).fold(a.to_owned(), |text, (zh, digit)| {
            text.replace(&format!("项目{zh}"), &format!("项目{digit}"))
                .replace(&format!("合同{zh}"), &format!("合同{digit}"))
        });
        if digits(&counted) != digits(b) {
            self.wrong.push(format!("{path}: {a} and {b}"));
        }
        let name = ["/name", "/key", "/datum", "/parent"].iter().any(|end| path.ends_with(end));
        if name && *self.names.entry(b.to_owned()).or_insert_with(|| a.to_owned()) != a {
            self.wrong.push(format!("{path}: {b} stands for {} and for {a}", self.names[b]));
        }
    }
}

fn digits(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .collect()
}

#[test]
fn the_twin_scores_the_same_in_every_step() {
    let scorecard = |case: &str| -> Value {
        let run = heng(&["score", case, "--format", "json", "--lang", "zh"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let mut card: Value = serde_json::from_str(&run.out).unwrap();
        card.as_object_mut().unwrap().remove("receipt");
        card
    };
    let (zh, en) = (scorecard("examples/potou-2023"), scorecard("examples/potou-2023-en"));
    let mut walk = Walk::default();
    walk.walk("", &zh, &en);
    walk.wrong.truncate(20);
    assert!(walk.wrong.is_empty(), "{}", walk.wrong.join("\n"));
    assert!(walk.names.len() > 50, "names were compared");
    assert_eq!(zh["total"]["score"]["exact"], "97.5");
}
