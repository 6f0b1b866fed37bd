//! try
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let t = std::time::Instant::now();
    let compiled = heng_dsl::compile(&[(file, text)]);
    println!("{:?}", t.elapsed());
    for d in &compiled.diagnostics {
        let p = d.primary.as_ref().map(|l| compiled.sources.line_column(l.span));
        println!("{:?} {} {} {:?}", d.severity, d.code, d.title.zh, p);
        for h in &d.helps { println!("     {}", h.zh); }
    }
    println!("{}", compiled.program.is_some());
}
