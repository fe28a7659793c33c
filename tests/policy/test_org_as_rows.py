"""Where a file once said something else than the same rows: the order of circulars, and since when a fact holds."""

from datetime import UTC, date, datetime
from pathlib import Path

from policy.loader import shipped
from tests.policy.orgs import ANA, MONDAY, loaded, plain

NOW = datetime(2020, 6, 20, tzinfo=UTC)


def test_a_value_that_follows_itself_has_held_since_it_was_said_first(tmp_path: Path) -> None:
    told = plain()
    said = (("kuning", 1), ("hijau", 3), ("hijau", 9), ("merah", 17))
    told["regions"][1]["facts"] = {
        "zone": [{"value": value, "since": f"2020-06-{day:02}", "source": f"SK {day}"} for value, day in said]
    }
    zone = loaded(tmp_path, told).facts(MONDAY, NOW, ())[ANA].region_facts["zone"]
    assert (zone.value, zone.since, zone.source) == ("hijau", date(2020, 6, 3), "SK 9")


def test_circulars_are_looked_at_in_the_order_of_their_dates_however_they_are_given(tmp_path: Path) -> None:
    circulars = list(shipped().values())
    org = loaded(tmp_path, plain())
    forward, backward = (org.facts(MONDAY, NOW, given)[ANA] for given in (circulars, circulars[::-1]))
    signed = [each.signed for each in forward.circulars if each.signed is not None]
    assert forward == backward
    assert len(forward.circulars) == len(circulars)
    assert signed == sorted(signed)
