//! As much of JSON Schema as our schemas use: type, const, enum, properties, required,
//! additionalProperties, items, anyOf, $ref, pattern-free. An unknown word is a fault, so that a
//! schema never promises what is not checked.

use serde_json::Value as Json;

/// What in `value` does not fit `schema`, each with its path.
pub fn faults(schema: &Json, value: &Json) -> Vec<String> {
    let mut faults = Vec::new();
    Check { root: schema }.check(schema, value, "", &mut faults);
    faults
}

struct Check<'s> {
    root: &'s Json,
}

impl Check<'_> {
    fn check(&self, schema: &Json, value: &Json, at: &str, faults: &mut Vec<String>) {
        let Some(words) = schema.as_object() else { return faults.push(format!("{at}: the schema is no object")) };
        for (word, says) in words {
            match word.as_str() {
                "$schema" | "$id" | "$defs" | "title" | "description" => {}
                "$ref" => match says.as_str().and_then(|path| self.root.pointer(path.trim_start_matches('#'))) {
                    Some(target) => self.check(target, value, at, faults),
                    None => faults.push(format!("{at}: {says} leads nowhere")),
                },
                "type" if !types(says).iter().any(|name| is(value, name)) => {
                    faults.push(format!("{at}: {value} is not {says}"));
                }
                "const" if value != says => faults.push(format!("{at}: {value} is not {says}")),
                "enum" if !says.as_array().is_some_and(|all| all.contains(value)) => {
                    faults.push(format!("{at}: {value} is none of {says}"));
                }
                "type" | "const" | "enum" => {}
                "anyOf" => self.any(says, value, at, faults),
                "properties" | "required" | "additionalProperties" => {}
                "items" => {
                    for (position, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(says, item, &format!("{at}/{position}"), faults);
                    }
                }
                other => faults.push(format!("{at}: the schema says {other}, which is not checked")),
            }
        }
        if let Some(members) = value.as_object() {
            self.members(schema, members, at, faults);
        }
    }

    fn any(&self, choices: &Json, value: &Json, at: &str, faults: &mut Vec<String>) {
        let mut all = Vec::new();
        for choice in choices.as_array().into_iter().flatten() {
            let mut found = Vec::new();
            self.check(choice, value, at, &mut found);
            if found.is_empty() {
                return;
            }
            all.extend(found);
        }
        faults.push(format!("{at}: no choice fits: {}", all.join("; ")));
    }

    fn members(&self, schema: &Json, members: &serde_json::Map<String, Json>, at: &str, faults: &mut Vec<String>) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str) {
            if !members.contains_key(name) {
                faults.push(format!("{at}: no {name}"));
            }
        }
        for (name, member) in members {
            let at = format!("{at}/{name}");
            match schema["properties"].get(name) {
                Some(known) => self.check(known, member, &at, faults),
                None if schema["additionalProperties"] == Json::Bool(false) => faults.push(format!("{at}: not known")),
                None => {}
            }
        }
    }
}

fn types(says: &Json) -> Vec<&str> {
    match says {
        Json::String(name) => vec![name],
        Json::Array(names) => names.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is(value: &Json, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
