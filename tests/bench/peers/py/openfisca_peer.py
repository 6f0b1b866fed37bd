"""OpenFisca: departments of rows of their tables; a variable for every datum and every score. Its amounts are single
precision as shipped, which cannot hold hundredths of 万元; they are made doubles here."""
import numpy as np
import openfisca_core.variables.config as kinds
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from common import DATES, WHOLE, departments, measure, rules, write

kinds.VALUE_TYPES[float]["dtype"] = np.float64
YEAR = period("2025")
Row = Entity("row", "rows", "", "")
Department = GroupEntity("department", "departments", "", "", roles=[{"key": "member", "plural": "members", "label": ""}])
WORDS = {
    "dept_type": Enum("DeptType", {"k0": "党政机关", "k1": "事业单位", "k2": "群团组织", "k3": "执法部门"}),
    "info_grade": Enum("InfoGrade", {"k0": "A", "k1": "B", "k2": "C", "k3": "D"}),
    "social_grade": Enum("SocialGrade", {"k0": "优秀", "k1": "良好", "k2": "一般", "k3": "较差"}),
}
GRADES = ["优", "良", "中", "差"]
LOOKUP = np.array([[8, 6.4, 4.8, 2], [8, 6.8, 5.2, 2.4], [8, 7, 5.6, 3], [8, 6, 4, 1]])
system = TaxBenefitSystem([Row, Department])


def variable(name, kind, entity, formula=None, **more):
    parts = {"value_type": kind, "entity": entity, "definition_period": DateUnit.YEAR, "label": name, **more}
    if formula is not None:
        parts["formula"] = formula
    system.add_variable(type(name, (Variable,), parts))


def half_up(numbers):
    return np.floor(numbers * 100 + 0.500000001) / 100


def formula(text):
    """A formula of OpenFisca of an expression in numpy."""
    code = compile(text, text, "eval")

    def run(people, period, parameters):
        def of(name):
            values = people(name, period)
            return Held(name, values) if name in WORDS else values

        def mean():
            rates = people.sum(people.members("rate", period))
            return half_up(12 * rates / people.nb_persons())

        def lookup():
            return LOOKUP[np.asarray(people("dept_type", period)), np.asarray(people("social_grade", period))]

        return eval(code, {"np": np, "of": of, "word": str, "half_up": half_up, "mean": mean, "lookup": lookup})

    return run


class Held:
    """Words of an enumeration, to be compared with one."""

    def __init__(self, name, values):
        self.name, self.values = name, values

    def __eq__(self, word):
        return np.asarray(self.values) == [item.value for item in WORDS[self.name]].index(word)


frame = departments()
COUNTS = [name for name in frame.columns[6:37]]
FLAGS = [name for name in frame.columns[45:62]]
for name in COUNTS:
    variable(name, float, Department)
for name in DATES:
    variable(name, int, Department)
for name in FLAGS:
    variable(name, bool, Department)
for name, words in WORDS.items():
    variable(name, Enum, Department, possible_values=words, default_value=next(iter(words)))
variable("target", float, Row)
variable("actual", float, Row)
variable("rate", float, Row, lambda rows, period, parameters: np.floor(
    np.minimum(rows("actual", period) / rows("target", period), 1.0) * 10000 + 0.50000001) / 10000)
RULES = rules()
for name, text in RULES[:27]:
    variable(name, float, Department, formula(text))
for name, text in RULES[27:38]:
    parts = text.split(" + ")
    variable(name, float, Department, lambda people, period, parameters, parts=parts:
             sum(people(part, period) for part in parts))
variable("grade", int, Department, lambda people, period, parameters: sum(
    (people("total", period) < limit - 0.005).astype(int) for limit in (90, 80, 60)))

codes = {name: frame[name].replace_strict([item.value for item in words], list(range(len(words)))).to_numpy()
         for name, words in WORDS.items()}
inputs = {name: frame[name].to_numpy() for name in COUNTS + DATES + FLAGS} | codes
rows = frame["sub"].explode()
inputs_of_rows = {"target": rows.struct.field("t").to_numpy(), "actual": rows.struct.field("a").to_numpy()}
owner = np.repeat(np.arange(len(frame)), frame["sub"].list.len().to_numpy())


def build():
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("row", np.arange(len(owner)))
    group = builder.declare_entity("department", np.arange(len(frame)))
    builder.join_with_persons(group, owner, np.full(len(owner), "member"))
    simulation = builder.build(system)
    for name, values in (inputs | inputs_of_rows).items():
        simulation.set_input(name, YEAR, values)
    return simulation


def score(simulation):
    with np.errstate(all="ignore"):
        simulation.calculate("grade", YEAR)
    return simulation


if WHOLE:
    scored = score(build())
    grades = [GRADES[grade] for grade in scored.calculate("grade", YEAR)]
    write(frame["dept_id"], [scored.calculate(name, YEAR) for name, _ in RULES[:38]], grades)
else:
    measure(len(frame), build, score)
