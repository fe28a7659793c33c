"""Stored messages, two platforms' capabilities and every manner of wording, for tests that render."""

from itertools import product
from pathlib import Path
from typing import Any

from bot.channels.base import Capabilities
from bot.dress import DRESSES
from bot.labels import Labels
from bot.render import Renderer
from bot.templating import LOCALES, Templates
from db.sending.outbox import OutboxMessage

MANNERS = tuple(product(LOCALES, DRESSES))  # played in one test: as tests of their own they were thousands
TELEGRAM = Capabilities(
    markup="html",
    text_units=4096,
    has_keyboards=True,
    asks_contact=True,
    edits=True,
    buttons=100,
    button_chars=64,
    list_rows=0,
    row_chars=0,
)
WHATSAPP = Capabilities(
    markup="whatsapp",
    text_units=1024,
    has_keyboards=False,
    asks_contact=False,
    edits=False,
    buttons=3,
    button_chars=20,
    list_rows=10,
    row_chars=24,
)


def stored(
    message: str = "test/said", *, locale: str = "id", is_repeat: bool = False, **body: Any
) -> OutboxMessage:
    """Return a message as delivery takes it from the outbox."""
    return OutboxMessage(
        id="m1",
        channel="test",
        address="1001",
        person_id=None,
        urgency=0,
        message=message,
        locale=locale,
        body={"params": {}, **body},
        parts_sent=0,
        is_repeat=is_repeat,
        tries=0,
        expires_at=None,
        role_needed=None,
    )


def renderer_with(folder: Path, *, labels: str = "", **templates: str) -> Renderer:
    """Return a renderer that knows only these templates (feature "test") and the note on repeats."""
    texts = {f"test/{name}": text for name, text in templates.items()}
    texts["common/repeated"] = "{# params: #}\n(Mungkin sudah Anda terima.)\n"
    for locale in ("id", "en"):
        for path, text in texts.items():
            file = folder / locale / f"{path}.j2"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        listed = "labels:\n  list_title: Pilih\n" + labels
        (folder / locale / "labels.yaml").write_text(listed, encoding="utf-8")
    return Renderer(Templates(folder), Labels(folder))


def choices(*words: str) -> list[dict[str, Any]]:
    """Return choices as the outbox carries them, bound to a nonce."""
    return [
        {"value": f"v{number}", "words": word, "data": f"n1:{number}"} for number, word in enumerate(words)
    ]
