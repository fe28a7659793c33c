"""The example's files: what they hold, and the cast for the simulator made of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from handlers.admin.importing.reading import read
from handlers.admin.importing.rows import Content, PersonRow

FOLDER = Path(__file__).parent / "data"
IMPORTS = ("wilayah.csv", "unit.csv", "pegawai.csv")  # in the order in which one refers to the other
FIRST_HIDDEN_CHAT = 2001


@lru_cache(maxsize=1)
def province() -> Mapping[str, Any]:
    """Return what the province decides and who plays in it."""
    found: dict[str, Any] = YAML(typ="safe").load(FOLDER / "province.yaml")
    return found


@lru_cache(maxsize=len(IMPORTS))
def imported(name: str) -> Content:
    """Return what one of the import files says."""
    return read((FOLDER / name).read_bytes(), name=name)


def start() -> datetime:
    """Return the played moment at which the demo begins."""
    return moment(province()["start"])


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def chats() -> dict[str, int]:
    """Return the chat of everybody who has a NIP, by it; whether it is linked yet or not."""
    played = {entry["nip"]: int(entry["id"]) for entry in province()["cast"] if "nip" in entry}
    others = [row.nip for row in imported("pegawai.csv").people if row.nip and row.nip not in played]
    return played | {nip: FIRST_HIDDEN_CHAT + place for place, nip in enumerate(others)}


def unlinked() -> frozenset[str]:
    """Return the NIPs of those who still have to prove who they are."""
    return frozenset(entry["nip"] for entry in province()["cast"] if not entry.get("linked", True))


def codes() -> dict[str, str]:
    """Return the one-time codes of those who play, by NIP."""
    return {entry["nip"]: entry["code"] for entry in province()["cast"] if "code" in entry}


def cast() -> dict[str, Any]:
    """Return the simulator's cast: those who play, and hidden behind them everybody else with a chat."""
    people = {row.nip: row for row in imported("pegawai.csv").people if row.nip}
    played = [_played(entry, people.get(entry.get("nip", ""))) for entry in province()["cast"]]
    ids = {entry["id"] for entry in played}
    hidden = [
        _account(people[nip], chat) | {"hidden": True} for nip, chat in chats().items() if chat not in ids
    ]
    return {
        "bot": {"id": 7000000001, "username": "piket_demo_bot", "name": "Piket"},
        "title": province()["title"],
        "people": played + hidden,
        "moments": [dict(each) for each in province()["moments"]],
        "happenings": [{"id": each["id"], "label": each["label"]} for each in province()["happenings"]],
        "tour": [dict(each) for each in province()["tour"]],
    }


def _played(entry: Mapping[str, Any], row: PersonRow | None) -> dict[str, Any]:
    shown = {key: entry[key] for key in ("id", "username", "role", "open", "note", "tries") if key in entry}
    if row is None:
        return {key: entry[key] for key in ("first_name", "last_name", "phone")} | shown
    is_linked = entry.get("linked", True)
    note = {} if is_linked else {"note": f"NIP {row.nip}, kode {entry['code']}"}  # to prove who they are
    return _account(row, entry["id"]) | note | {"started": is_linked} | shown


def _account(row: PersonRow, chat: int) -> dict[str, Any]:
    first, _, last = row.name.partition(" ")
    return {
        "id": chat,
        "first_name": first,
        "last_name": last,
        "phone": row.phone or "",
        "language_code": "id",
        "started": True,
    }


def work_of(unit_code: str) -> Sequence[Sequence[str]]:
    """Return what people of this unit plan, each with what comes of it."""
    work: Mapping[str, Sequence[Sequence[str]]] = province()["work"]
    return next(lines for beginning, lines in work.items() if unit_code.startswith(beginning))
