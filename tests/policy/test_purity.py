import ast
import pickle
import sys
from pathlib import Path
from timeit import repeat

import policy
from policy.engine import decide
from policy.model import Facts, Verdict
from tests.policy.people import ana

ROOM = Path(policy.__file__).parent
FILES = sorted(ROOM.glob("**/*.py"))
ALLOWED = {"policy", "holidays", "ruamel"} | (set(sys.stdlib_module_names) - {"asyncio", "socket", "sqlite3"})


def test_policy_imports_only_the_standard_library_and_its_two_readers() -> None:
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            assert {name.split(".")[0] for name in names} <= ALLOWED, file.name


def test_policy_waits_for_nothing_and_reads_no_clock() -> None:
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        assert not any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(tree)), (
            file.name
        )
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert called.isdisjoint({"now", "utcnow", "today", "monotonic"}), file.name


def test_facts_and_verdicts_may_travel_to_another_process() -> None:
    facts = ana("merah")
    copy = pickle.loads(pickle.dumps(facts))
    assert isinstance(copy, Facts)
    told = pickle.loads(pickle.dumps(decide(copy)))
    assert isinstance(told, Verdict)
    assert told == decide(facts)


def test_a_verdict_takes_well_under_a_millisecond() -> None:
    """Loose on purpose, since other tests run beside it: the budget itself is 50 microseconds."""
    facts = ana("merah")
    assert min(repeat(lambda: decide(facts), number=200, repeat=5)) / 200 < 0.0005
