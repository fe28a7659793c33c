"""`piket agency reporting`, `deadlines` and `season`: what is owed, until when, and other hours."""

import re

import pytest

from tests.bot.operating import Operator, new_operator
from tests.engines import SqliteMaker

BASIS = ("--basis", "SK Kadis 800/1/2020")


@pytest.fixture
def operator(sqlite_maker: SqliteMaker) -> Operator:
    made = new_operator(sqlite_maker.fresh())
    made.imports_everything()
    return made


def shown(operator: Operator, *words: str) -> list[list[str]]:
    """The rows of the table of deadlines, without its head."""
    said = operator.succeeds("agency", "deadlines", "DINKES", *words)
    return [re.split(r"\s{2,}", line.strip()) for line in said.splitlines()[2:] if line.strip()]


def test_what_is_owed_needs_a_basis_and_can_end(operator: Operator) -> None:
    assert "without a legal basis" in operator.fails("agency", "reporting", "DINKES", "plan,output")
    said = operator.succeeds("agency", "reporting", "DINKES", "output, plan", *BASIS)
    assert "everybody who works owes: plan, output." in said
    rows = {row[0]: row for row in shown(operator, "--show")}
    assert rows["plan"] == ["plan", "mulai-30", "mulai+90", "SK Kadis 800/1/2020"]
    assert rows["health"][3] == "not owed: no basis is recorded"
    assert "asks for no daily report" in operator.succeeds("agency", "reporting", "DINKES", "off")


def test_a_deadline_is_stated_also_for_a_weekday_or_a_season_and_what_is_not_named_stays(
    operator: Operator,
) -> None:
    shown(operator, "health", "07.00", "08.15")
    shown(operator, "plan@jumat", "07.15", "08.45")
    shown(operator, "verification", "2")
    rows = {row[0]: row[1:3] for row in shown(operator, "output", "selesai-60", "selesai+90")}
    assert rows["health"] == ["07.00", "08.15"]
    assert rows["plan"] == ["mulai-30", "mulai+90"]
    assert rows["plan@Jumat"] == ["07.15", "08.45"]
    assert rows["output"] == ["selesai-60", "selesai+90"]
    assert rows["verification"][0] == "24.00, 2 working days later"
    assert "plan@Jumat" not in {row[0] for row in shown(operator, "plan@Jumat")}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Say what is stated"),
        (("plans", "07.00", "08.00"), "nothing that is owed"),
        (("plan@Jumaat", "07.00", "08.00"), "Did you mean `Jumat`?"),
        (("plan", "08.00"), "two moments"),
        (("plan", "08.00", "26.00"), "no moment of a day"),
        (("plan", "09.00", "08.00"), "open at 09.00 and be due at 08.00"),
        (("plan@Jumat",), "Nothing of its own"),
        (("verification", "0"), "from 1 to 14"),
    ],
)
def test_what_cannot_be_a_deadline_is_said_in_a_sentence(
    operator: Operator, words: tuple[str, ...], says: str
) -> None:
    assert says in " ".join(operator.fails("agency", "deadlines", "DINKES", *words).split())


def test_a_season_is_named_with_its_days_and_ended(operator: Operator) -> None:
    days = ("--from", "2026-02-18", "--until", "2026-03-19")
    assert "works the hours of Ramadan" in operator.succeeds(
        "agency", "season", "DINKES", "ramadan", *days
    ).replace("ramadan", "Ramadan")
    assert "not known as a season" in operator.fails("agency", "season", "DINKES", "Natal", *days)
    assert "say its last day" in operator.fails(
        "agency", "season", "DINKES", "Ramadan", "--from", "2026-02-18"
    )
    assert "its usual hours" in operator.succeeds(
        "agency", "season", "DINKES", "--from", "2026-03-10", "--stop"
    )
    assert "nothing has changed" in operator.fails(
        "agency", "season", "DINKES", "--from", "2026-04-10", "--stop"
    )
