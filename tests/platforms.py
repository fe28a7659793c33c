"""What people do, as the bytes that a platform sends: Telegram's in the exact form of the Bot API."""

import json
from itertools import count
from typing import Any, Protocol

BOT: dict[str, Any] = {"id": 700000001, "is_bot": True, "first_name": "Piket", "username": "piket_demo_bot"}
MEDIA: dict[str, dict[str, Any]] = {
    "photo": {
        "photo": [
            {"file_id": "AgAC1", "file_unique_id": "AQAD1", "width": 90, "height": 60, "file_size": 1021}
        ]
    },
    "voice": {
        "voice": {"file_id": "AwAC1", "file_unique_id": "AgAD1", "duration": 4, "mime_type": "audio/ogg"}
    },
    "video": {
        "video": {"file_id": "BAAC1", "file_unique_id": "AgAD2", "width": 320, "height": 240, "duration": 2},
    },
    "sticker": {
        "sticker": {
            "file_id": "CAAC1",
            "file_unique_id": "AgAD3",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        },
    },
    "location": {"location": {"latitude": -5.4292, "longitude": 105.2619}},
    "venue": {
        "location": {"latitude": -5.4292, "longitude": 105.2619},
        "venue": {
            "location": {"latitude": -5.4292, "longitude": 105.2619},
            "title": "Kantor",
            "address": "Jalan Wolter Monginsidi",
        },
    },
    "poll": {
        "poll": {
            "id": "51",
            "question": "Makan di mana?",
            "options": [
                {"text": "Kantin", "voter_count": 0, "persistent_id": "a"},
                {"text": "Luar", "voter_count": 0, "persistent_id": "b"},
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        },
    },
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "document": {"document": {"file_id": "BQAC1", "file_unique_id": "AgAD4", "file_name": "laporan.pdf"}},
    "story": {"story": {"chat": {"id": 5, "type": "private", "first_name": "Eko"}, "id": 3}},
}


class Somebody(Protocol):
    """Who acts: `id` is their number on the platform, `name` what they call themselves there."""

    id: int
    name: str
    phone: str
    locale: str


class Platform(Protocol):
    """Makes the payloads of one platform. `at` is the platform's time in seconds since 1970."""

    def text(self, who: Somebody, text: str, *, at: int) -> bytes: ...
    def press(self, who: Somebody, data: str, *, at: int, message: str) -> bytes: ...
    def contact(self, who: Somebody, phone: str, *, at: int, is_own: bool) -> bytes: ...
    def media(
        self, who: Somebody, kind: str, *, at: int, album: str | None = None, caption: str = "", key: str = ""
    ) -> bytes: ...
    def forward(self, who: Somebody, text: str, *, at: int) -> bytes: ...


class TelegramPayloads:
    """Updates of the Bot API. `last` is the number of the message that was made last."""

    def __init__(self) -> None:
        self._updates, self._messages = count(870000001), count(1001, 2)
        self.last = 0

    def text(self, who: Somebody, text: str, *, at: int) -> bytes:
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            length = len(text.split()[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._sent(who, content, at=at)

    def edit(self, who: Somebody, text: str, *, at: int, message: int | None = None) -> bytes:
        """Change the words of a message, of the last one unless it is named."""
        body = self._message(who, {"text": text}, at=at - 5, number=message or self.last)
        return self._update({"edited_message": body | {"edit_date": at}})

    def press(self, who: Somebody, data: str, *, at: int, message: str) -> bytes:
        held = {
            "message_id": int(message or 1),
            "from": BOT,
            "chat": private(who),
            "date": at - 3,
            "text": "?",
            "reply_markup": {"inline_keyboard": [[{"text": "?", "callback_data": data}]]},
        }
        number = next(self._updates)
        query = {
            "id": f"43{number}",
            "from": user(who),
            "message": held,
            "chat_instance": "-35",
            "data": data,
        }
        return json.dumps({"update_id": number, "callback_query": query}).encode()

    def contact(self, who: Somebody, phone: str, *, at: int, is_own: bool) -> bytes:
        card: dict[str, Any] = {"phone_number": phone.lstrip("+"), "first_name": who.name}
        return self._sent(who, {"contact": card | ({"user_id": who.id} if is_own else {})}, at=at)

    def media(
        self, who: Somebody, kind: str, *, at: int, album: str | None = None, caption: str = "", key: str = ""
    ) -> bytes:
        """Something to see or hear; a photo or document is found at the platform under `key`."""
        content = (
            {kind: _keyed(MEDIA.get(kind, {kind: {}})[kind], key)} if key else MEDIA.get(kind, {kind: {}})
        )
        more = {"media_group_id": album, "caption": caption}
        return self._sent(who, content | {name: value for name, value in more.items() if value}, at=at)

    def forward(self, who: Somebody, text: str, *, at: int, contact: str = "") -> bytes:
        origin = {
            "type": "user",
            "sender_user": {"id": 9, "is_bot": False, "first_name": "Eko"},
            "date": at - 60,
        }
        card = {"contact": {"phone_number": contact, "first_name": who.name, "user_id": who.id}}
        return self._sent(who, (card if contact else {"text": text}) | {"forward_origin": origin}, at=at)

    def by_way_of_a_bot(self, who: Somebody, text: str, *, at: int) -> bytes:
        return self._sent(
            who, {"text": text, "via_bot": {"id": 8, "is_bot": True, "first_name": "gif"}}, at=at
        )

    def in_group(self, who: Somebody, text: str, *, at: int, topic: int | None = None) -> bytes:
        """Say something where others read along, in a topic of a forum if one is named."""
        chat = {"id": -1001234567890, "type": "supergroup", "title": "Kominfo santai"}
        content: dict[str, Any] = {"text": text, "chat": chat}
        if topic:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        return self._sent(who, content, at=at)

    def membership(self, who: Somebody, new: str, *, at: int, chat: dict[str, Any] | None = None) -> bytes:
        """The person's chat with the bot changed: "kicked" when blocked, "member" when let in."""
        old = {"kicked": "member", "member": "kicked", "left": "member"}[new] if chat is None else "left"
        change = {
            "chat": chat or private(who),
            "from": user(who),
            "date": at,
            "old_chat_member": _member(old),
            "new_chat_member": _member(new),
        }
        return self._update({"my_chat_member": change})

    def unknown(self, kind: str = "purchased_paid_media") -> bytes:
        """A kind of update that this release has never heard of."""
        return self._update({kind: {"anything": True}})

    def _sent(self, who: Somebody, content: dict[str, Any], *, at: int) -> bytes:
        self.last = next(self._messages)
        return self._update({"message": self._message(who, content, at=at, number=self.last)})

    def _message(self, who: Somebody, content: dict[str, Any], *, at: int, number: int) -> dict[str, Any]:
        return {"message_id": number, "from": user(who), "chat": private(who), "date": at, **content}

    def _update(self, content: dict[str, Any]) -> bytes:
        return json.dumps({"update_id": next(self._updates), **content}).encode()


class NarrowPayloads:
    """The small payloads that tests/narrow.py reads."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def text(self, who: Somebody, text: str, *, at: int) -> bytes:
        return self._made(who, at, text=text)

    def press(self, who: Somebody, data: str, *, at: int, message: str) -> bytes:
        return self._made(who, at, press=data)

    def contact(self, who: Somebody, phone: str, *, at: int, is_own: bool) -> bytes:
        return self._made(who, at, card=phone)

    def media(
        self, who: Somebody, kind: str, *, at: int, album: str | None = None, caption: str = "", key: str = ""
    ) -> bytes:
        return self._made(who, at, media=kind, album=album, text=caption, file=key)

    def forward(self, who: Somebody, text: str, *, at: int) -> bytes:
        return self._made(who, at, text=text, forwarded=True)

    def _made(self, who: Somebody, at: int, **content: Any) -> bytes:
        named = {
            "id": f"w{next(self._numbers)}",
            "from": who.phone.lstrip("+"),
            "name": who.name,
            "locale": who.locale,
        }
        return json.dumps({**named, "at": at, **content}).encode()


def _keyed(content: Any, key: str) -> Any:
    """The same photo or document under another name at the platform; `key` may end in a file name."""
    file_id, _, name = key.partition("/")
    if isinstance(content, list):
        return [size | {"file_id": file_id} for size in content]
    return content | {"file_id": file_id} | ({"file_name": name} if name else {})


def user(who: Somebody) -> dict[str, Any]:
    return {"id": who.id, "is_bot": False, "first_name": who.name, "language_code": who.locale}


def private(who: Somebody) -> dict[str, Any]:
    return {"id": who.id, "first_name": who.name, "type": "private"}


def _member(status: str) -> dict[str, Any]:
    return {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})}
