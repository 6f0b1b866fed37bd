//! Programs and scorecards on the wire: written, read back, tampered with.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests say what they expect by failing"
)]

#[path = "support/schema_check.rs"]
mod schema_check;

use std::path::Path;

use heng_data::{FactsFile, Reading, read_calendar, read_facts, wire::*};
use heng_diag::Lang;
use heng_eval::{Context, NoScripts, evaluate};
use heng_model::{Program, Scorecard};
use serde_json::Value as Json;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The program of a rule file.
fn program(path: &str) -> Program {
    let compiled = heng_dsl::compile(&[(path.to_owned(), text(path))]);
    compiled.program.unwrap_or_else(|| panic!("{path} does not compile: {:?}", compiled.diagnostics))
}

const RULES: &str = "rules/guangdong-dept-overall/2023.heng";

fn potou() -> (Program, Reading, Scorecard) {
    let program = program(RULES);
    let file = |name: &str| FactsFile { name: name.into(), bytes: text(&format!("examples/potou-2023/{name}")).into() };
    let reading = read_facts(&program.schema, &[file("facts.toml"), file("assumptions.toml")]);
    let (calendar, _) = read_calendar("cn.toml", text("rules/calendars/cn.toml").as_bytes());
    let context = Context { calendar: calendar.as_ref(), scripts: &NoScripts };
    let scorecard = evaluate(&program, &reading.facts, &context);
    (program, reading, scorecard)
}

#[test]
fn the_facts_of_the_first_department_are_read_without_a_finding() {
    let (_, reading, _) = potou();
    assert_eq!(reading.diagnostics, []);
    assert_eq!(&*reading.subject.name, "中共湛江市坡头区委组织部");
}

#[test]
fn a_program_comes_back_the_same() {
    let program = program(RULES);
    let json = program_to_json(&program);
    assert!(json.starts_with("{\"heng\":\"program/1\",\"program\":{"));
    let again = program_from_json(&json).unwrap();
    assert!(again == program);
    assert_eq!(program_to_json(&again), json);
}

#[test]
fn a_stored_program_gives_the_same_scorecard() {
    let (program, reading, scorecard) = potou();
    let stored = program_from_json(&program_to_json(&program)).unwrap();
    let (calendar, _) = read_calendar("cn.toml", text("rules/calendars/cn.toml").as_bytes());
    let context = Context { calendar: calendar.as_ref(), scripts: &NoScripts };
    assert!(evaluate(&stored, &reading.facts, &context) == scorecard);
}

/// The code with which a text is refused.
fn refused(json: &str) -> &'static str {
    program_from_json(json).map_or_else(|refusal| refusal.code, |_| "read")
}

#[test]
fn other_kinds_and_versions_are_refused() {
    let json = program_to_json(&program(RULES));
    assert_eq!(program_from_json(&json).map(drop), Ok(()));
    assert_eq!(refused(&json.replacen("program/1", "program/2", 1)), "wire/version");
    assert_eq!(refused(&json.replacen("program/1", "scorecard/1", 1)), "wire/version");
    assert_eq!(refused("{}"), "wire/shape");
    assert_eq!(refused(""), "wire/shape");
    assert_eq!(refused("{\"heng\":\"program/1\"}"), "wire/shape");
    assert_eq!(refused("{\"heng\":\"program/1\",\"program\":{},\"more\":1}"), "wire/shape");
    let refusal = program_from_json("{\"heng\":\"program/9\"}").unwrap_err();
    insta::assert_snapshot!(refusal.title.zh, @"存储的规则是“program/9”，这里只认“program/1”");
}

/// Every number in a stored program, one after the other, replaced by a wild one.
#[test]
fn a_tampered_program_is_refused_or_harmless() {
    let (program, reading, _) = potou();
    let whole: Json = serde_json::from_str(&program_to_json(&program)).unwrap();
    let mut paths = Vec::new();
    numbers(&whole, String::new(), &mut paths);
    assert!(paths.len() > 1000);
    let context = Context { calendar: None, scripts: &NoScripts };
    let mut refusals = 0;
    for (position, path) in paths.iter().enumerate() {
        let id = !(path.ends_with("/line") || path.ends_with("/start") || path.ends_with("/end"));
        if position % 97 != 0 || !id {
            continue;
        }
        for wild in [0u32, 1, 65_000] {
            let mut tampered = whole.clone();
            *tampered.pointer_mut(path).unwrap() = wild.into();
            match program_from_json(&tampered.to_string()) {
                Err(_) => refusals += 1,
                Ok(loaded) if position % 8 == 0 => {
                    let scorecard = evaluate(&loaded, &reading.facts, &context);
                    let _ = scorecard_json(&loaded, &reading.facts, &reading.subject, &scorecard, Lang::Zh);
                }
                Ok(_) => {}
            }
        }
    }
    assert!(refusals > 10, "{refusals}");
}

#[test]
fn what_leads_nowhere_or_in_a_circle_is_refused() {
    use heng_model::{
        ExprId, ExprKind, FieldId, NodeId, State, Type, Value,
        program::{BodyId, LetId, MethodCode},
        schema::ChoiceId,
        value::DatumRef,
    };
    type Tamper = fn(&mut Program);
    let whole = program(RULES);
    let tampered: [(&str, Tamper); 15] = [
        ("an expression in itself", |p| p.exprs[7].kind = ExprKind::Negate(ExprId(7))),
        ("two in each other", |p| {
            p.exprs[7].kind = ExprKind::Negate(ExprId(8));
            p.exprs[8].kind = ExprKind::Not(ExprId(7));
        }),
        ("three hundred in each other", |p| {
            let first = u32::try_from(p.exprs.len()).unwrap();
            let last = p.exprs[7].clone();
            for id in first..first + 300 {
                let mut expr = last.clone();
                expr.kind = if id == first { ExprKind::Children } else { ExprKind::Negate(ExprId(id - 1)) };
                p.exprs.push(expr);
            }
        }),
        ("no nodes", |p| p.nodes.clear()),
        ("a node that is its own parent", |p| p.nodes[2].parent = Some(NodeId(2))),
        ("a parent that does not know its child", |p| p.nodes[0].children.clear()),
        ("a child with another parent", |p| p.nodes[3].children.push(NodeId(1))),
        ("a level that is not one more", |p| p.nodes[2].level = 7),
        ("a definition in no body", |p| p.lets[0].body = BodyId(9999)),
        ("a body with a definition that is not there", |p| p.bodies[0].lets.push(LetId(9999))),
        ("a method without code", |p| p.methods[0].code = MethodCode::Body(BodyId(9999))),
        ("a grade that is not there", |p| p.grade = Some(ExprId(9999))),
        ("a list of choices that is not there", |p| p.exprs[7].ty = Type::Word(Some(ChoiceId(9999)))),
        ("a datum that is not there", |p| {
            p.exprs[7].kind = ExprKind::Literal(Value::State(State::Late, DatumRef::field(FieldId(9999))));
        }),
        ("a file that is not there", |p| p.nodes[1].at.file = 99),
    ];
    for (what, tamper) in tampered {
        let mut program = whole.clone();
        tamper(&mut program);
        assert_eq!(refused(&program_to_json(&program)), "wire/reference", "{what}");
    }
}

fn numbers(json: &Json, path: String, out: &mut Vec<String>) {
    match json {
        Json::Number(_) => out.push(path),
        Json::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                numbers(item, format!("{path}/{position}"), out);
            }
        }
        Json::Object(members) => {
            for (name, member) in members {
                numbers(member, format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), out);
            }
        }
        _ => {}
    }
}

fn card(lang: Lang) -> Json {
    let (program, reading, scorecard) = potou();
    scorecard_json(&program, &reading.facts, &reading.subject, &scorecard, lang)
}

#[test]
fn the_scorecard_fits_its_schema() {
    let schema: Json = serde_json::from_str(&text("docs/schema/scorecard-1.json")).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let faults = schema_check::faults(&schema, &card(lang));
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn a_scorecard_with_its_receipt_fits_the_schema() {
    let schema: Json = serde_json::from_str(&text("docs/schema/scorecard-1.json")).unwrap();
    let (program, _, scorecard) = potou();
    let inputs = vec![Input::of(InputKind::Facts, "facts.toml", b"a"), Input::of(InputKind::Rules, "2023.heng", b"b")];
    let receipt = Receipt::of("heng 1", inputs, &program, &scorecard);
    assert_eq!(receipt.inputs[0].kind, InputKind::Rules, "in the order of kinds");
    let mut whole = card(Lang::Zh);
    whole.as_object_mut().unwrap().insert("receipt".into(), serde_json::to_value(&receipt).unwrap());
    assert_eq!(schema_check::faults(&schema, &whole), Vec::<String>::new());
    whole["receipt"]["inputs"][0]["kind"] = Json::from("other");
    assert!(!schema_check::faults(&schema, &whole).is_empty());
}

#[test]
fn the_schema_refuses_what_is_not_a_scorecard() {
    let schema: Json = serde_json::from_str(&text("docs/schema/scorecard-1.json")).unwrap();
    let whole = card(Lang::Zh);
    for (path, wrong) in [
        ("/heng", Json::from("scorecard/2")),
        ("/nodes/3/level", Json::from("3")),
        ("/nodes/3/score", Json::Null),
        ("/nodes/3/score/outcome", Json::from("fine")),
        ("/total/full", Json::from(100)),
        ("/nodes/3/read", Json::Null),
    ] {
        let mut broken = whole.clone();
        *broken.pointer_mut(path).unwrap() = wrong;
        assert!(!schema_check::faults(&schema, &broken).is_empty(), "{path}");
    }
    let mut more = whole;
    more.as_object_mut().unwrap().insert("more".into(), Json::Null);
    assert!(!schema_check::faults(&schema, &more).is_empty());
}

#[test]
fn ids_and_codes_are_the_same_in_every_language_and_ids_are_unique() {
    let ids = |json: &Json| {
        let mut ids = Vec::new();
        collect(json, "id", &mut ids);
        ids
    };
    let (zh, en) = (card(Lang::Zh), card(Lang::En));
    assert_eq!(ids(&zh), ids(&en));
    assert!(ids(&zh).len() > 100);
    let unique: std::collections::BTreeSet<_> = ids(&zh).into_iter().collect();
    assert_eq!(unique.len(), ids(&zh).len());
    assert_eq!(zh["counts"], en["counts"]);
    assert_eq!(card(Lang::Zh).to_string(), zh.to_string());
    assert_ne!(zh["nodes"][3]["criterion"], en["nodes"][3]["criterion"]);
}

fn collect(json: &Json, name: &str, out: &mut Vec<String>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| collect(item, name, out)),
        Json::Object(members) => {
            out.extend(members.get(name).and_then(Json::as_str).map(str::to_owned));
            members.values().for_each(|member| collect(member, name, out));
        }
        _ => {}
    }
}

/// A small pack of its own, so that no other file moves what is pinned here.
const SMALL: &str = "规则包 例子 {
    评价年度：2023
    状态：演示
    声明：本表仅为示例
    缺报：停止
    等级 = 分档 总分 { ≥ 60分：合格；其他：不合格 }
}
一级指标 支出率 60分 {
    依据：《预算法》第五十七条
    状态：未核实
    得分 = 满分 × 支出决算数 ÷ 预算数，不超过 满分
}
一级指标 合同签订 40分 {
    得分 = 满分 × 占比（采购合同 凡 按时）
}
数据 {
    预算数：金额 > 0元
    支出决算数：金额
    采购合同：表 {
        名称：文本，键
        按时：是否
    }
}
";

const SMALL_FACTS: &str = "\"预算数\" = \"3万元\"
\"支出决算数\" = { \"值\" = \"2万元\", \"出处\" = \"决算报表\" }
\"采购合同\" = [{ \"名称\" = \"甲/乙\", \"按时\" = \"是\" }, { \"名称\" = \"丙\", \"按时\" = \"缺报\" }]
[\"文件\"]
\"性质\" = \"假设\"
\"单位\" = \"某局\"
";

fn small() -> Json {
    let compiled = heng_dsl::compile(&[("例子.heng".to_owned(), SMALL.to_owned())]);
    let program = compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
    let reading = read_facts(&program.schema, &[FactsFile { name: "事实.toml".into(), bytes: SMALL_FACTS.into() }]);
    assert_eq!(reading.diagnostics, []);
    let scorecard = evaluate(&program, &reading.facts, &Context { calendar: None, scripts: &NoScripts });
    scorecard_json(&program, &reading.facts, &reading.subject, &scorecard, Lang::Zh)
}

#[test]
fn a_scorecard_with_its_whole_reason() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&small()).unwrap(), @r#"
    {
      "heng": "scorecard/1",
      "lang": "zh",
      "pack": {
        "title": "例子",
        "region": null,
        "year": 2023,
        "notice": null,
        "due": null,
        "note": null,
        "status": "demo",
        "basis": null,
        "source": null,
        "disclaimers": [
          "本表仅为示例"
        ]
      },
      "subject": {
        "name": "某局",
        "filled": null
      },
      "total": {
        "score": {
          "outcome": "open",
          "text": "40.00至80.00分，停止",
          "least": {
            "exact": "40",
            "shown": "40.00"
          },
          "most": {
            "exact": "80",
            "shown": "80.00"
          },
          "verdict": "stop"
        },
        "full": "100",
        "grade": null,
        "trace": []
      },
      "nodes": [
        {
          "key": "例子",
          "name": "例子",
          "level": 0,
          "kind": "pack",
          "parent": null,
          "full": "100",
          "score": {
            "outcome": "open",
            "text": "40.00至80.00分，停止",
            "least": {
              "exact": "40",
              "shown": "40.00"
            },
            "most": {
              "exact": "80",
              "shown": "80.00"
            },
            "verdict": "stop"
          },
          "vetoed_by": null,
          "assumed": true,
          "criterion": "得分为各下级指标得分之和。",
          "status": "demo",
          "basis": null,
          "source": null,
          "evidence": null,
          "meaning": null,
          "note": null,
          "at": {
            "file": "例子.heng",
            "line": 1
          },
          "read": [],
          "findings": [
            {
              "kind": "child",
              "verdict": "stop",
              "text": "下级指标“合同签订”还没有定分；请先处理该项。",
              "datum": null,
              "at": {
                "file": "例子.heng",
                "line": 1
              }
            }
          ],
          "trace": [
            {
              "id": "例子/得分",
              "role": "result",
              "text": "合计（下级）",
              "value": {
                "verdict": "stop"
              },
              "shown": "停止",
              "numbers": "停止",
              "at": {
                "file": "例子.heng",
                "line": 1
              },
              "parts": [
                {
                  "id": "例子/得分/下级:支出率",
                  "role": "child",
                  "text": "支出率",
                  "value": "40",
                  "shown": "40分",
                  "numbers": null,
                  "at": {
                    "file": "例子.heng",
                    "line": 8
                  },
                  "parts": []
                },
                {
                  "id": "例子/得分/下级:合同签订",
                  "role": "child",
                  "text": "合同签订",
                  "value": {
                    "verdict": "stop"
                  },
                  "shown": "停止",
                  "numbers": null,
                  "at": {
                    "file": "例子.heng",
                    "line": 13
                  },
                  "parts": []
                }
              ]
            }
          ]
        },
        {
          "key": "支出率",
          "name": "支出率",
          "level": 1,
          "kind": "indicator",
          "parent": "例子",
          "full": "60",
          "score": {
            "outcome": "score",
            "text": "40.00分",
            "exact": "40",
            "shown": "40.00"
          },
          "vetoed_by": null,
          "assumed": true,
          "criterion": "得分 = 满分 × 支出决算数 ÷ 预算数，不超过 满分。",
          "status": "unverified",
          "basis": "《预算法》第五十七条",
          "source": null,
          "evidence": null,
          "meaning": null,
          "note": null,
          "at": {
            "file": "例子.heng",
            "line": 8
          },
          "read": [
            {
              "datum": "支出决算数",
              "name": "支出决算数",
              "value": "20000",
              "unit": "yuan",
              "text": "2万元",
              "rows": null,
              "state": null,
              "reason": null,
              "evidence": null,
              "origin": {
                "file": "事实.toml",
                "line": 2,
                "paper": "决算报表",
                "assumed": true
              }
            },
            {
              "datum": "预算数",
              "name": "预算数",
              "value": "30000",
              "unit": "yuan",
              "text": "3万元",
              "rows": null,
              "state": null,
              "reason": null,
              "evidence": null,
              "origin": {
                "file": "事实.toml",
                "line": 1,
                "paper": null,
                "assumed": true
              }
            }
          ],
          "findings": [],
          "trace": [
            {
              "id": "支出率/得分",
              "role": "result",
              "text": "满分 × 支出决算数 ÷ 预算数，不超过 满分",
              "value": "40",
              "shown": "40分",
              "numbers": "60分 × 2万元 ÷ 3万元，不超过 60分 = 40分",
              "at": {
                "file": "例子.heng",
                "line": 11
              },
              "parts": [
                {
                  "id": "支出率/得分/项1",
                  "role": "operand",
                  "text": "满分 × 支出决算数 ÷ 预算数",
                  "value": "40",
                  "shown": "40分",
                  "numbers": "60分 × 2万元 ÷ 3万元 = 40分",
                  "at": {
                    "file": "例子.heng",
                    "line": 11
                  },
                  "parts": [
                    {
                      "id": "支出率/得分/项1/项1",
                      "role": "operand",
                      "text": "满分 × 支出决算数",
                      "value": "1200000",
                      "shown": "1200000元·分",
                      "numbers": "60分 × 2万元 = 1200000元·分",
                      "at": {
                        "file": "例子.heng",
                        "line": 11
                      },
                      "parts": [
                        {
                          "id": "支出率/得分/项1/项1/项1",
                          "role": "operand",
                          "text": "满分",
                          "value": "60",
                          "shown": "60分",
                          "numbers": "60分",
                          "at": {
                            "file": "例子.heng",
                            "line": 11
                          },
                          "parts": []
                        },
                        {
                          "id": "支出率/得分/项1/项1/项2",
                          "role": "operand",
                          "text": "支出决算数",
                          "value": "20000",
                          "shown": "2万元",
                          "numbers": "2万元",
                          "at": {
                            "file": "例子.heng",
                            "line": 11
                          },
                          "parts": [
                            {
                              "id": "支出率/得分/项1/项1/项2/数据:支出决算数",
                              "role": "read",
                              "text": "支出决算数",
                              "value": "20000",
                              "shown": "2万元",
                              "numbers": null,
                              "at": null,
                              "parts": []
                            }
                          ]
                        }
                      ]
                    },
                    {
                      "id": "支出率/得分/项1/项2",
                      "role": "operand",
                      "text": "预算数",
                      "value": "30000",
                      "shown": "3万元",
                      "numbers": "3万元",
                      "at": {
                        "file": "例子.heng",
                        "line": 11
                      },
                      "parts": [
                        {
                          "id": "支出率/得分/项1/项2/数据:预算数",
                          "role": "read",
                          "text": "预算数",
                          "value": "30000",
                          "shown": "3万元",
                          "numbers": null,
                          "at": null,
                          "parts": []
                        }
                      ]
                    }
                  ]
                },
                {
                  "id": "支出率/得分/项2",
                  "role": "operand",
                  "text": "满分",
                  "value": "60",
                  "shown": "60分",
                  "numbers": "60分",
                  "at": {
                    "file": "例子.heng",
                    "line": 11
                  },
                  "parts": []
                }
              ]
            }
          ]
        },
        {
          "key": "合同签订",
          "name": "合同签订",
          "level": 1,
          "kind": "indicator",
          "parent": "例子",
          "full": "40",
          "score": {
            "outcome": "open",
            "text": "0.00至40.00分，停止",
            "least": {
              "exact": "0",
              "shown": "0.00"
            },
            "most": {
              "exact": "40",
              "shown": "40.00"
            },
            "verdict": "stop"
          },
          "vetoed_by": null,
          "assumed": true,
          "criterion": "得分为满分乘以按时的采购合同占全部采购合同的比例。",
          "status": "demo",
          "basis": null,
          "source": null,
          "evidence": null,
          "meaning": null,
          "note": null,
          "at": {
            "file": "例子.heng",
            "line": 13
          },
          "read": [
            {
              "datum": "采购合同",
              "name": "采购合同",
              "value": null,
              "unit": null,
              "text": null,
              "rows": 2,
              "state": null,
              "reason": null,
              "evidence": null,
              "origin": {
                "file": "事实.toml",
                "line": 3,
                "paper": null,
                "assumed": true
              }
            },
            {
              "datum": "采购合同[甲/乙].按时",
              "name": "采购合同 第1行（甲/乙）按时",
              "value": true,
              "unit": null,
              "text": "是",
              "rows": null,
              "state": null,
              "reason": null,
              "evidence": null,
              "origin": {
                "file": "事实.toml",
                "line": 3,
                "paper": null,
                "assumed": true
              }
            },
            {
              "datum": "采购合同[丙].按时",
              "name": "采购合同 第2行（丙）按时",
              "value": null,
              "unit": null,
              "text": null,
              "rows": null,
              "state": "missing",
              "reason": null,
              "evidence": null,
              "origin": {
                "file": "事实.toml",
                "line": 3,
                "paper": null,
                "assumed": true
              }
            }
          ],
          "findings": [
            {
              "kind": "state",
              "verdict": "stop",
              "text": "“采购合同 第2行（丙）按时”缺报，请补报。",
              "datum": "采购合同[丙].按时",
              "at": {
                "file": "例子.heng",
                "line": 14
              }
            }
          ],
          "trace": [
            {
              "id": "合同签订/得分",
              "role": "result",
              "text": "满分 × 占比（采购合同 凡 按时）",
              "value": {
                "state": "missing"
              },
              "shown": "缺报",
              "numbers": "40分 × 缺报 = 缺报",
              "at": {
                "file": "例子.heng",
                "line": 14
              },
              "parts": [
                {
                  "id": "合同签订/得分/项1",
                  "role": "operand",
                  "text": "满分",
                  "value": "40",
                  "shown": "40分",
                  "numbers": "40分",
                  "at": {
                    "file": "例子.heng",
                    "line": 14
                  },
                  "parts": []
                },
                {
                  "id": "合同签订/得分/项2",
                  "role": "operand",
                  "text": "占比（采购合同 凡 按时）",
                  "value": {
                    "state": "missing"
                  },
                  "shown": "缺报",
                  "numbers": "缺报",
                  "at": {
                    "file": "例子.heng",
                    "line": 14
                  },
                  "parts": [
                    {
                      "id": "合同签订/得分/项2/项1",
                      "role": "operand",
                      "text": "采购合同",
                      "value": {
                        "rows": [
                          1,
                          2
                        ]
                      },
                      "shown": "2项",
                      "numbers": "2项",
                      "at": {
                        "file": "例子.heng",
                        "line": 14
                      },
                      "parts": [
                        {
                          "id": "合同签订/得分/项2/项1/数据:采购合同",
                          "role": "read",
                          "text": "采购合同",
                          "value": {
                            "rows": [
                              1,
                              2
                            ]
                          },
                          "shown": "2项",
                          "numbers": null,
                          "at": null,
                          "parts": []
                        }
                      ]
                    },
                    {
                      "id": "合同签订/得分/项2/行:甲／乙",
                      "role": "row",
                      "text": "按时",
                      "value": true,
                      "shown": "是",
                      "numbers": "是",
                      "at": {
                        "file": "例子.heng",
                        "line": 14
                      },
                      "parts": [
                        {
                          "id": "合同签订/得分/项2/行:甲／乙/数据:采购合同[甲／乙].按时",
                          "role": "read",
                          "text": "采购合同 第1行（甲/乙）按时",
                          "value": true,
                          "shown": "是",
                          "numbers": null,
                          "at": null,
                          "parts": []
                        }
                      ]
                    },
                    {
                      "id": "合同签订/得分/项2/行:丙",
                      "role": "row",
                      "text": "按时",
                      "value": {
                        "state": "missing"
                      },
                      "shown": "缺报",
                      "numbers": "缺报",
                      "at": {
                        "file": "例子.heng",
                        "line": 14
                      },
                      "parts": [
                        {
                          "id": "合同签订/得分/项2/行:丙/数据:采购合同[丙].按时",
                          "role": "read",
                          "text": "采购合同 第2行（丙）按时",
                          "value": {
                            "state": "missing"
                          },
                          "shown": "缺报",
                          "numbers": null,
                          "at": null,
                          "parts": []
                        }
                      ]
                    }
                  ]
                }
              ]
            }
          ]
        }
      ],
      "findings": [],
      "counts": {
        "indicators": 2,
        "score": 1,
        "not_applicable": 0,
        "open": 1,
        "unwritten": 0,
        "assumed": 2,
        "findings": 2,
        "status": {
          "verified": 0,
          "secondary": 0,
          "unverified": 1,
          "demo": 1,
          "none": 0
        }
      }
    }
    "#);
}
