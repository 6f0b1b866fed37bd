//! Names and texts are cut from the file as they were written, whatever signs stand in them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what they expect by failing")]

use heng_dsl::compile;
use heng_model::{Node, Program};

fn program(text: &str) -> Program {
    let compiled = compile(&[("test.heng".to_owned(), text.to_owned())]);
    assert_eq!(compiled.diagnostics, []);
    compiled.program.unwrap()
}

fn indicator(head: &str, lines: &str) -> Node {
    program(&format!("规则包 例子 ｛ 评价年度：2023 ｝\n{head} {{\n{lines}\n待编\n}}\n")).nodes.pop().unwrap()
}

#[test]
fn names_in_headlines() {
    for (head, name) in [
        ("一级指标 “三公”经费控制情况 100分", "“三公”经费控制情况"),
        ("一级指标 “三公”经费和“一般”经费 100分", "“三公”经费和“一般”经费"),
        ("一级指标 “三公” 100分", "三公"),
        ("一级指标 「带 引号」 100分", "带 引号"),
        ("一级指标 新增预算（入库）项目　100分", "新增预算（入库）项目"),
        ("一级指标　C#：第 3 项、90%以上 １００分", "C#：第 3 项、90%以上"),
        ("一级指标 得5分 100 分", "得5分"),
        ("一级指标 得分率≥90％；不足的 100分", "得分率≥90％；不足的"),
    ] {
        let node = indicator(head, "");
        assert_eq!((&*node.name, node.full.to_string().as_str()), (name, "100"), "{head}");
    }
}

#[test]
fn texts_of_fields() {
    for (line, text) in [
        ("说明：一句话", "一句话"),
        ("说明 ：  一句话  ", "一句话"),
        ("说明：第一句。第二句；第三句", "第一句。第二句；第三句"),
        ("说明：“带引号的”", "带引号的"),
        ("说明：\"带引号的\"", "带引号的"),
        ("说明：“甲”和“乙”", "“甲”和“乙”"),
        ("说明：一句话 # 注释", "一句话"),
        ("说明：一句话 // 注释", "一句话"),
        ("说明：“有 # 的” # 注释", "有 # 的"),
        ("说明：http://a.b/#c", "http://a.b/#c"),
        ("说明：附件{1}、{ 和 “}”", "附件{1}、{ 和 “}”"),
        ("说明：5“管", "5“管"),
        ("说明：（１０％，２０％］", "（１０％，２０％］"),
        ("说明：当 甲 = 0元：满分", "当 甲 = 0元：满分"),
    ] {
        let node = indicator("一级指标 甲 100分", line);
        assert_eq!(node.note.as_deref(), Some(text), "{line}");
    }
    let node = indicator("一级指标 甲 100分", "说明：一\n说明：二");
    assert_eq!(node.note.as_deref(), Some("一；二"));
}

#[test]
fn names_and_texts_in_formulas() {
    let text = "规则包 例子 {
    评价年度：2023
    缺报：停止
    无佐证：0分
    迟报：照计
    有争议：待核
}
一级指标 甲 100分 {
    须 「Ａ 项：｛一｝」 ≠ “要 # “ }”：“说 ‘#’、；。”
    得分 = 满分
}
数据 {
    「Ａ 项：｛一｝」：文本，说明“甲；乙。丙 { # }”
}
";
    let program = program(text);
    let field = program.schema.fields.first().unwrap();
    assert_eq!(field.dotted(), "Ａ 项：｛一｝");
    assert_eq!(field.traits.note.as_deref(), Some("甲；乙。丙 { # }"));
    let demand = program.bodies.iter().find_map(|body| body.demands.first()).unwrap();
    assert_eq!(demand.message.as_deref(), Some("说 ‘#’、；。"));
}

/// The files of a pack are read together, in whatever order, and a finding names its file.
#[test]
fn a_pack_of_several_files() {
    let pack =
        ("pack.heng".to_owned(), "规则包 例子 { 评价年度：2023 }\n一级指标 甲 100分 { 得分 = 满分 × 限 }\n".to_owned());
    let params = |line: &str| ("params.heng".to_owned(), format!("# 参数\n参数 {{ {line} }}\n"));
    for files in [[pack.clone(), params("限 = 50%")], [params("限 = 50%"), pack.clone()]] {
        let compiled = compile(&files);
        assert_eq!(compiled.diagnostics, []);
        assert_eq!(compiled.program.unwrap().files.len(), 2);
    }
    let compiled = compile(&[pack, params("限 = 50元")]);
    let [finding] = compiled.diagnostics.as_slice() else { panic!("{:?}", compiled.diagnostics) };
    let place = finding.primary.as_ref().unwrap().span;
    let file = compiled.sources.get(place.file).unwrap();
    assert_eq!((finding.code, file.name.as_str(), file.line(place.start)), ("unit/mismatch", "pack.heng", 2));
}
