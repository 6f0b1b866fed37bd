"""What the peers in Python share: departments read by columns, scores written, the two ways of being run.

`PEER.py whole RULES DATA.csv` reads, scores and writes; `PEER.py time RULES DATA.csv ROUNDS` prints nanoseconds of the
processor a department: converting, scoring. RULES is what `peer-run say` says for the peer: a name, a tab, an expression."""
import sys
import time

import numpy as np
import polars as pl

WHOLE, RULES, DATA = sys.argv[1] == "whole", sys.argv[2], sys.argv[3]
ROUNDS = int(sys.argv[4]) if len(sys.argv) > 4 else 1
DATES = ["budget_deadline", "budget_submit", "approve_date", "publish_date", "contract_date", "filing_date",
         "plan_finish", "actual_finish"]


def rules():
    """Names and expressions, in turn."""
    with open(RULES, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def departments():
    """The file as a frame: amounts and counts are doubles, days whole numbers (0 is absent), `sub` a list of pairs."""
    frame = pl.read_csv(DATA, infer_schema=False)
    frame = frame.rename({name: name.removesuffix("(万元)") for name in frame.columns if not name.startswith("sub[")})
    frame = frame.rename({frame.columns[-1]: "sub"})
    names = frame.columns
    numbers, flags = names[6:37], names[45:62]
    days = [pl.col(name).str.to_date().cast(pl.Int32).fill_null(0) for name in DATES]
    answers = [pl.col(name) == "true" for name in flags]
    pair = pl.element().str.split(":").list.eval(pl.element().cast(pl.Float64))
    pairs = pl.col("sub").str.split("|").list.eval(
        pl.struct(t=pair.list.get(0), a=pair.list.get(1)))
    return frame.with_columns([pl.col(name).cast(pl.Float64) for name in numbers] + days + answers + [pairs])


def write(ids, columns, grades):
    """The lines of all departments; `columns` are 38 arrays of points."""
    cents = [np.rint(np.asarray(column) * 100).astype(np.int64) for column in columns]
    texts = [np.char.mod("%d", cent // 100) + np.char.mod(".%02d", cent % 100) for cent in cents]
    out = sys.stdout
    for row in zip(ids, *[text.tolist() for text in texts], grades):
        out.write(",".join(row))
        out.write("\n")


def measure(count, convert, score):
    """Prints a line a round."""
    for _ in range(ROUNDS):
        start = time.process_time_ns()
        facts = convert()
        between = time.process_time_ns()
        score(facts)
        end = time.process_time_ns()
        print(f"{(between - start) / count:.2f} {(end - between) / count:.2f}")
