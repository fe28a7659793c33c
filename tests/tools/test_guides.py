"""What the guides say is so: buttons, typed words, commands, pictures and links exist; limits are the code's own."""

import re
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.fetching import MOST_BYTES
from handlers import snooze, speaking, talk
from handlers.admin import codes
from handlers.cases import flow as cases
from handlers.commands import COMMANDS
from handlers.enrol import service as enrol
from handlers.health import undoing
from handlers.question import service as question
from handlers.understand import meaning
from handlers.unit import giving, verifying
from handlers.vocabulary import CANCEL_WORDS, MENU_WORDS
from handlers.workday import service as workday
from tests.browser.scenes import scenes

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs").glob("panduan-*.md"))
PICTURES = ROOT / "docs" / "gambar"
PAPERS = {"laporan-harian", "kalender"}
MOST_BYTES_OF_ALL = 1_900_000
LABELS = set(YAML(typ="safe").load(ROOT / "bot/templates/id/labels.yaml")["labels"].values())
TEXTS = "\n".join(guide.read_text() for guide in GUIDES)
EMPLOYEES = (ROOT / "docs/panduan-pegawai.md").read_text()
every_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)


def _plain(text: str) -> str:
    return " ".join(text.split())


@every_guide
def test_what_is_bold_is_a_button(guide: Path) -> None:
    bold = {_plain(words) for words in re.findall(r"\*\*(.+?)\*\*", guide.read_text(), re.DOTALL)}
    assert bold
    assert bold - LABELS == set()


@every_guide
def test_commands_are_known(guide: Path) -> None:
    assert set(re.findall(r"(?<![\w)`/])/([a-z]+)", guide.read_text())) <= set(COMMANDS)


def test_every_word_of_the_table_is_understood() -> None:
    rows = re.findall(r"^\| (`.+?) \| /([a-z]+) \|", EMPLOYEES, re.MULTILINE)
    assert len(rows) > 15
    for cell, command in rows:
        for words in re.findall(r"`(.+?)`", cell):
            known = meaning(words, today=date(2020, 6, 15)).intents
            opened = COMMANDS[command]
            is_word = words in MENU_WORDS if opened == "menu:start" else words in CANCEL_WORDS
            assert is_word or opened.split(":")[0] in {intent.split(":")[0] for intent in known}, words


@every_guide
def test_links_lead_somewhere(guide: Path) -> None:
    text = guide.read_text()
    anchors = {
        re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")
        for head in re.findall(r"^#+ (.+)$", text, re.M)
    }
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        else:
            assert (guide.parent / target).is_file(), target


def test_every_picture_is_shown_played_and_small() -> None:
    """A picture that no scene makes grows old unseen."""
    kept = {path.stem for path in PICTURES.glob("*.png")}
    assert kept == set(re.findall(r"\(gambar/([\w-]+)\.png\)", TEXTS))
    assert kept == {scene.file for scene in scenes() if scene.file} | PAPERS
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) <= MOST_BYTES_OF_ALL


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ("kode berlaku {} hari", codes.VALID_FOR.days),
        ("paling banyak {} kegiatan sehari", workday.MOST_ITEMS),
        ("sampai {} huruf", workday.MOST_CHARS),
        ("paling banyak {} bukti", workday.MOST_EVIDENCE),
        ("paling besar {} MB", MOST_BYTES // 1024**2),
        ("dalam {} menit", workday.UNDO_WITHIN.seconds // 60),
        ("dalam {} menit", undoing.UNDO.seconds // 60),
        ("disimpan {} jam", talk.DRAFT_KEPT.total_seconds() / 3600),
        ("berlaku {} hari", speaking.BUTTONS_KEPT.days),
        ("paling lama {} hari", snooze.LONGEST.days),
        ("sampai {} karakter", question.MOST_CHARS),
        ("catatan (sampai {} huruf)", cases.MOST_NOTE),
        ("dibetulkan (sampai {} huruf)", verifying._MOST_NOTE),
        ("tugasnya (sampai {} huruf)", giving.MOST_CHARS),
    ],
)
def test_limits_are_those_of_the_code(said: str, limit: float) -> None:
    number = f"{limit:,.0f}".replace(",", ".")
    sentence = said.format(number).lower()
    assert sentence in _plain(TEXTS).lower()


def test_the_tries_with_a_wrong_code_are_those_of_the_code() -> None:
    assert enrol.MOST_WRONG_TRIES == 5
    assert "Lima kali salah" in EMPLOYEES
