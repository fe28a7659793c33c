"""The messages of periodic reports in both languages: complete, and never a threat."""

from typing import Any

import pytest

from bot.cutting import units
from bot.templating import FOLDER, Templates
from handlers.periodic.head import MOST_REMARK
from handlers.periodic.reply import MOST
from tests.bot.messages import MANNERS

TEMPLATES = Templates()
NARROWEST = 1024  # units of a message that carries choices on the narrowest platform
WITH_CHOICES = (
    "may_answer",
    "asked",
    "arrived",
    "what_next",
    "list",
    "who_out",
    "sure",
    "answer_sure",
    "answered",
    "remarked",
)
ABOUT = {"number": "LAP-001/X/VII/2020", "unit": "Dinas X", "first": "2020-06-01", "last": "2020-06-30"}
DAYS = [{"day": "2020-06-16", "kinds": ["plan", "output"]}, {"day": "2020-06-18", "kinds": ["output"]}]
TALLY = {"owed": 12, "in_time": 7, "late": 1, "excused": 1, "missed": 2, "outage": 1}
ROW = {"number": 1, "name": "Ana", "days": DAYS, "answer": "", "no_chance": "", "left_out": ""}
SENT = {"by": "Boris", "capacity": "plt", "at": "2020-07-07T02:00:00+00:00"}
REPORT: dict[str, Any] = {
    "state": "ready",
    "until": "2020-07-06",
    "timezone": "Asia/Jakarta",
    "recap": {
        "people": 3,
        "places": [{"place": "WFH", "days": 9}, {"place": "travel", "days": 2}],
        "tallies": [{"kind": "plan", **TALLY}, {"kind": "output", **TALLY}],
        "as_of": "2020-07-07T01:00:00+00:00",
    },
    "rule": {"missed": 3, "within": "month", "of": ["plan", "output"]},
    "rows": [ROW],
    "count": 1,
    "page": 1,
    "pages": 1,
    "reasons": [],
    "note": "",
    "remarks": [],
    "sent": None,
    "received": None,
}
OTHERS: dict[str, Any] = {
    "state": "ready",
    "days": DAYS,
    "missed": 3,
    "within": "week",
    "until": "2020-07-06",
    "head": "Boris",
    "named": 2,
    "answered": 1,
    "times": 1,
    "stands_in": True,
    "since": "2020-07-07",
    "missing": "head",
    "is_named": True,
    "has_answer": True,
    "by": "Dewi",
    "text": "x_y *z*",
    "rows": [
        {
            **ROW,
            "report": "LAP-1",
            "unit": "X",
            "first": "2020-06-15",
            "last": "2020-06-21",
            "state": "sent",
            "is_out": True,
        }
    ],
    "count": 1,
    "waiting": 1,
    "most": 300,
    "name": "Ana",
    "out": 1,
    "has_note": True,
    "has_receiver": False,
    "before_said": "Dulu.",
    "is_settled": True,
    "is_told": True,
    "at": "2020-07-07T01:00:00+00:00",
    "timezone": "Asia/Jakarta",
}
NAMES = sorted(path.stem for path in (FOLDER / "id/periodic").glob("*.j2") if not path.stem.startswith("_"))


def _worded(name: str, locale: str, markup: str = "plain", **more: Any) -> str:
    usual = {**OTHERS, **ABOUT, **(REPORT if name == "report" else {}), **more}
    params = {key: usual[key] for key in TEMPLATES.declared(f"periodic/{name}", locale=locale)}
    return TEMPLATES.word(f"periodic/{name}", params, locale=locale, markup=markup)


@pytest.mark.parametrize("name", NAMES)
def test_every_message_is_worded_with_no_gap(name: str) -> None:
    for locale, markup in MANNERS:
        words = _worded(name, locale, markup)
        assert words
        assert "None" not in words
        assert "\n\n\n" not in words
        assert not any(line != line.rstrip() for line in words.splitlines())


@pytest.mark.parametrize("name", WITH_CHOICES)
def test_a_message_with_choices_is_short_however_much_was_written(name: str) -> None:
    long = {
        "unit": "Unit Pelaksana Teknis Daerah Balai Pelatihan dan Pengembangan Kerja",
        "text": "x" * (MOST_REMARK if name == "remarked" else MOST),
        "rows": [{**OTHERS["rows"][0], "name": "Muhammad Fadhlurrahman Siregar Harahap", "unit": "U" * 30}]
        * 8,
    }
    for locale, markup in MANNERS:
        assert units(_worded(name, locale, markup, **long)) <= NARROWEST


@pytest.mark.parametrize(("locale", "says"), [("id", "bukan sanksi"), ("en", "no sanction")])
@pytest.mark.parametrize("name", ["named", "report", "sent_named"])
def test_whoever_is_named_or_reads_names_is_told_that_it_is_no_sanction(
    name: str, locale: str, says: str
) -> None:
    assert says in _worded(name, locale)
    assert "58/2020" in _worded(name, locale)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"state": "answering"}, "boleh menjawab s.d. Senin, 6 Juli 2020"),
        ({"rows": [{**ROW, "no_chance": "away"}]}, "jadi belum sempat"),
        ({"rows": [{**ROW, "no_chance": "untold"}]}, "belum diberi tahu"),
        ({"rows": [{**ROW, "answer": "Ada."}]}, "Jawaban: Ada."),
        ({"count": 0, "rows": []}, "Tidak ada nama yang tercantum."),
        ({"reasons": ["Posko."]}, "Tidak dicantumkan oleh pimpinan unit: 1 orang"),
        ({"sent": SENT}, "Dikirim Boris (Plt. pimpinan unit) 7 Juli 2020; belum ditandai diterima."),
        ({"sent": SENT, "received": SENT["at"]}, "diterima PyB 7 Juli 2020."),
        (
            {"remarks": [{"by": "Dewi", "text": "Apa?"}], "note": "Mohon arahan."},
            "Catatan pimpinan: Mohon arahan.",
        ),
    ],
)
def test_a_report_says_how_it_stands(more: dict[str, Any], says: str) -> None:
    assert says in _worded("report", "id", **more)
    assert _worded("report", "en", **more)


def test_a_week_is_named_by_its_days_and_a_month_by_its_name() -> None:
    assert "Juni 2020" in _worded("asked", "id")
    week = _worded("asked", "id", first="2020-06-15", last="2020-06-21")
    assert "15 Juni 2020 s.d. 21 Juni 2020" in week
    assert "1 Juni 2020 s.d. 7 Juni 2020" in _worded("asked", "id", first="2020-06-01", last="2020-06-07")
