"""What else people send: contacts, photos, stickers, voices, places, polls, each in the Bot API's form."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from typing import Any

from simulator.chats import Chat, Message, Person
from simulator.entities import find_entities, tidy
from simulator.errors import PlayError
from simulator.files import picture_kind
from simulator.params import Upload
from simulator.play import forwarded_from, place, speak
from simulator.shapes import document_object, photo_sizes
from simulator.world import World


def share_contact(
    world: World, *, user: Any, phone: str = "", is_own: bool = True, is_forwarded: bool = False
) -> Message:
    """A person shares a contact; it carries a user_id only when the number belongs to somebody known."""
    person, chat = place(world, user=user)
    number = phone or person.entry.phone
    if not number:
        raise PlayError(f"{person.name} belum punya nomor telepon. Sebutkan nomornya.")
    owner = person if is_own else _owner(world, number)
    content: dict[str, Any] = {"contact": _contact(number, owner)}
    if is_forwarded:
        content["forward_origin"] = forwarded_from(world, person)
    asked = chat.keyboard_message if is_own and not is_forwarded and _asks_contact(chat) else None
    return speak(world, person, chat, content, reply_to=asked)


def _owner(world: World, number: str) -> Person | None:
    digits = _digits(number)
    return next((one for one in world.people.values() if digits and _digits(one.entry.phone) == digits), None)


def _contact(number: str, owner: Person | None) -> dict[str, Any]:
    contact: dict[str, Any] = {"phone_number": _digits(number) or number, "first_name": "Kontak"}
    if owner is not None:
        contact |= {"first_name": owner.entry.first_name, "user_id": owner.id}
        contact |= {"last_name": owner.entry.last_name} if owner.entry.last_name else {}
    return contact


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdecimal())


def _asks_contact(chat: Chat) -> bool:
    rows = chat.keyboard["rows"] if chat.keyboard else []
    return any(button["request_contact"] for row in rows for button in row)


def send_photos(world: World, *, user: Any, uploads: list[Upload], caption: str = "") -> list[Message]:
    """A person sends photos; several at once are an album, whose caption stands on the first."""
    person, chat = place(world, user=user)
    if not uploads:
        raise PlayError("Belum ada foto yang dipilih.")
    if len(uploads) > 10:
        raise PlayError("Satu album paling banyak sepuluh foto.")
    if not all(picture_kind(upload.data) for upload in uploads):
        raise PlayError("Hanya gambar (PNG, JPEG, GIF, WebP) yang dapat dikirim sebagai foto.")
    album = {"media_group_id": str(secrets.randbits(60))} if len(uploads) > 1 else {}
    contents = [_photo(world, upload) | album for upload in uploads]
    contents[0] |= _caption(caption)
    return [speak(world, person, chat, content) for content in contents]


def send_document(world: World, *, user: Any, uploads: list[Upload], caption: str = "") -> Message:
    """A person sends one file as it is."""
    person, chat = place(world, user=user)
    if len(uploads) != 1 or not uploads[0].data:
        raise PlayError("Pilih satu berkas yang tidak kosong.")
    upload = uploads[0]
    stored = world.files.add(upload.data, folder="documents", name=upload.name or "berkas", mime=upload.mime)
    return speak(world, person, chat, {"document": document_object(stored)} | _caption(caption))


def _caption(text: str) -> dict[str, Any]:
    clean = tidy(text).strip()[:1024]
    entities = find_entities(clean)
    return ({"caption": clean} if clean else {}) | ({"caption_entities": entities} if entities else {})


def _photo(world: World, upload: Upload) -> dict[str, Any]:
    stored = world.files.add(upload.data, folder="photos", name=upload.name or "photo.jpg", mime=upload.mime)
    return {"photo": photo_sizes(stored)}


def send_other(world: World, *, user: Any, kind: str, chat: Any = None) -> Message:
    """A person sends something that is not text, by the name of its kind."""
    person, where = place(world, user=user, chat=chat)
    make = _KINDS.get(kind)
    if make is None:
        raise PlayError(f"Tidak ada kiriman bernama {kind}; yang ada: {', '.join(_KINDS)}.")
    return speak(world, person, where, make(world))


def _media(name: str, *, mime: str, **facts: Any) -> Callable[[World], dict[str, Any]]:
    def make(world: World) -> dict[str, Any]:
        stored = world.files.add(name.encode() * 64, folder=name, name=f"{name}.bin", mime=mime)
        return {name: {**facts, "mime_type": mime, **stored.facts()}}

    return make


def _sticker(world: World) -> dict[str, Any]:
    stored = world.files.add(b"sticker" * 64, folder="stickers", name="sticker.webp", mime="image/webp")
    facts = {"width": 512, "height": 512, "emoji": "👍", "set_name": "Contoh", "type": "regular"}
    return {"sticker": {**facts, "is_animated": False, "is_video": False, **stored.facts()}}


def _document(world: World) -> dict[str, Any]:
    data = b"%PDF-1.4\n% contoh\n"
    stored = world.files.add(data, folder="documents", name="surat.pdf", mime="application/pdf")
    return {"document": document_object(stored)}


def _animation(world: World) -> dict[str, Any]:
    content = _media("animation", mime="video/mp4", width=320, height=240, duration=2)(world)
    facts = {
        name: content["animation"][name] for name in ("file_id", "file_unique_id", "file_size", "mime_type")
    }
    return content | {"document": {"file_name": "animation.mp4", **facts}}


def _poll(_: World) -> dict[str, Any]:
    options = [
        {"persistent_id": str(at), "text": text, "voter_count": 0} for at, text in enumerate(("Ya", "Tidak"))
    ]
    poll = {
        "id": str(secrets.randbits(60)),
        "question": "Rapat hari ini?",
        "options": options,
        "type": "regular",
    }
    flags = {
        "is_closed": False,
        "is_anonymous": True,
        "allows_revoting": False,
        "members_only": False,
        "allows_multiple_answers": False,
    }
    return {"poll": {**poll, "total_voter_count": 0, **flags}}


_PLACE = {"latitude": -5.4297, "longitude": 105.2625}
_VENUE = {"location": _PLACE, "title": "Kantor Gubernur", "address": "Bandar Lampung"}
_CHANNEL = {"id": -1001000000001, "title": "Kanal Contoh", "type": "channel"}

_KINDS: dict[str, Callable[[World], dict[str, Any]]] = {
    "sticker": _sticker,
    "voice": _media("voice", mime="audio/ogg", duration=3),
    "video": _media("video", mime="video/mp4", width=640, height=360, duration=4),
    "location": lambda _: {"location": _PLACE},
    "poll": _poll,
    "dice": lambda _: {"dice": {"emoji": "🎲", "value": random.randint(1, 6)}},
    "venue": lambda _: {"venue": _VENUE, "location": _PLACE},
    "story": lambda _: {"story": {"chat": _CHANNEL, "id": 1}},
    "document": _document,
    "animation": _animation,
    "video_note": _media("video_note", mime="video/mp4", length=240, duration=3),
    "audio": _media("audio", mime="audio/mpeg", duration=120, title="Rekaman"),
}
