//! polars and numpy: expressions over whole columns, in Python.

use super::Tongue;

/// polars; `py/polars_peer.py` defines the short names.
pub struct Polars;

impl Tongue for Polars {
    fn field(&self, name: &str) -> String {
        format!("col('{name}')")
    }
    fn number(&self, number: &str) -> String {
        format!("lit({:?})", number.parse::<f64>().unwrap_or(f64::NAN))
    }
    fn text(&self, text: &str) -> String {
        format!("lit('{text}')")
    }
    fn joints(&self) -> [&'static str; 2] {
        [" & ", " | "]
    }
    fn round(&self, inner: &str) -> String {
        format!("half_up({inner})")
    }
    fn floor(&self, inner: &str) -> String {
        format!("{inner}.clip(lower_bound=0.0)")
    }
    fn least(&self, left: &str, right: &str) -> String {
        format!("pl.min_horizontal({left}, {right})")
    }
    fn one(&self, part: &str) -> String {
        format!("{part}.cast(pl.Float64)")
    }
    fn mean(&self) -> String {
        "mean()".to_owned()
    }
    fn cases(&self, cases: &[(String, String)], other: &str) -> String {
        let chain: String = cases.iter().map(|(when, then)| format!("when({when}).then({then}).")).collect();
        format!("{}otherwise({other})", chain.replacen("when", "pl.when", 1))
    }
    fn exact(&self) -> bool {
        false
    }
}

/// numpy, for OpenFisca; `py/openfisca_peer.py` defines the short names.
pub struct Numpy;

impl Tongue for Numpy {
    fn field(&self, name: &str) -> String {
        format!("of('{name}')")
    }
    fn number(&self, number: &str) -> String {
        number.to_owned()
    }
    fn text(&self, text: &str) -> String {
        format!("word('{text}')")
    }
    fn joints(&self) -> [&'static str; 2] {
        [" & ", " | "]
    }
    fn round(&self, inner: &str) -> String {
        format!("half_up({inner})")
    }
    fn floor(&self, inner: &str) -> String {
        format!("np.maximum({inner}, 0.0)")
    }
    fn least(&self, left: &str, right: &str) -> String {
        format!("np.minimum({left}, {right})")
    }
    fn count(&self, parts: &[String]) -> String {
        format!("(0.0 + {})", parts.join(" + "))
    }
    fn mean(&self) -> String {
        "mean()".to_owned()
    }
    fn lookup(&self) -> String {
        "lookup()".to_owned()
    }
    fn cases(&self, cases: &[(String, String)], other: &str) -> String {
        let [whens, thens] = [0, 1].map(|which| {
            let part = |(when, then): &(String, String)| if which == 0 { when.clone() } else { then.clone() };
            cases.iter().map(part).collect::<Vec<_>>()
        });
        format!("np.select([{}], [{}], {other})", whens.join(", "), thens.join(", "))
    }
    fn exact(&self) -> bool {
        false
    }
}
