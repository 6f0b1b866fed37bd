"""polars: expressions over a frame, one thread; doubles, with a little to spare at limits and ties."""
import polars as pl

from common import WHOLE, departments, measure, rules, write

col, lit = pl.col, pl.lit


def half_up(expression):
    return (expression * 100 + 0.500000001).floor() / 100


def mean():
    target, actual = pl.element().struct.field("t"), pl.element().struct.field("a")
    rate = (pl.min_horizontal(actual / target, lit(1.0)) * 10000 + 0.50000001).floor() / 10000
    return half_up(col("sub").list.eval(rate).list.sum() * 12 / col("sub").list.len())


RULES = [(name, eval(text)) for name, text in rules()]
STAGES = [RULES[:27], RULES[27:35], RULES[35:37], RULES[37:38], RULES[38:]]


def score(frame):
    lazy = frame.lazy()
    for stage in STAGES:
        lazy = lazy.with_columns([expression.alias(name) for name, expression in stage])
    return lazy.select(["dept_id"] + [name for name, _ in RULES]).collect()


frame = departments()
if WHOLE:
    scores = score(frame)
    write(scores["dept_id"], [scores[name].to_numpy() for name, _ in RULES[:-1]], scores["grade"])
else:
    measure(len(frame), lambda: frame, score)
