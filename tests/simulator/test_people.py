"""What people do becomes updates of the exact form in which the Bot API sends them."""

from typing import Any

import pytest
import telegram
from aiohttp import FormData

from tests.simulator.conftest import ANA, BASIC_GROUP, BORIS, GROUP, KEY, Play

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00\x00\x01\x40" + b"\x00\x00\x00\xf0" + b"\x00" * 20
KINDS = (
    "sticker", "voice", "video", "location", "poll", "dice", "venue", "story", "document", "animation",
    "video_note", "audio",
)  # fmt: skip


def _read(raw: dict[str, Any]) -> Any:
    return telegram.Update.de_json(raw, None)


async def _one(play: Play) -> tuple[dict[str, Any], Any]:
    (raw,) = await play.updates()
    return raw, _read(raw)


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_message_is_one_that_the_library_understands(play: Play, kind: str) -> None:
    """Fault I01 can be played."""
    assert (await play.page("other", user=ANA, kind=kind))["status"] == 200
    raw, parsed = await _one(play)
    assert kind in raw["message"]
    assert getattr(parsed.message, kind)
    assert not parsed.message.api_kwargs


async def test_a_command_is_marked_and_a_reply_carries_its_message(play: Play) -> None:
    sent = await play.sends("apa?")
    await play.page(
        "say", user=ANA, text="😀 /lapor@piket_demo_bot https://x.id", reply_to=sent["message_id"]
    )
    raw, parsed = await _one(play)
    assert parsed.message.parse_entities(["bot_command"]) != {}
    assert raw["message"]["entities"][0] == {"type": "bot_command", "offset": 3, "length": 21}
    assert raw["message"]["reply_to_message"]["text"] == "apa?"


async def test_start_carries_its_payload_and_unblocks(play: Play) -> None:
    await play.page("block", user=BORIS, blocked=True)
    assert (await play.page("say", user=BORIS, text="x"))["status"] == 409
    await play.page("start", user=BORIS, payload="abc")
    updates = await play.updates()
    assert updates[-1]["message"]["text"] == "/start abc"
    assert [_read(row).my_chat_member is not None for row in updates[:2]] == [
        True,
        True,
    ]


async def test_edits_and_forwards_say_so(play: Play) -> None:
    """Faults I02 and I04 can be played."""
    said = await play.page("say", user=ANA, text="salah", forwarded=True, via_bot=True)
    await play.page("edit", user=ANA, message_id=said["message_id"], text="benar")
    first, second = (_read(row) for row in await play.updates())
    assert first.message.forward_origin.sender_user.id == BORIS
    assert first.message.via_bot.is_bot
    assert second.edited_message.text == "benar"
    assert second.edited_message.edit_date is not None


@pytest.mark.parametrize(
    ("body", "user_id"),
    [
        ({}, ANA),
        ({"own": False, "phone": "0812-0000-1002"}, None),
        ({"own": False, "phone": "+62 812-0000-1002"}, BORIS),
        ({"phone": "+6281999"}, ANA),
    ],
)
async def test_a_contact_has_a_user_id_only_if_somebody_has_that_number(
    play: Play, body: dict[str, Any], user_id: int | None
) -> None:
    """Fault A03 can be played."""
    await play.page("contact", user=ANA, **body)
    _, parsed = await _one(play)
    assert parsed.message.contact.user_id == user_id
    assert parsed.message.contact.phone_number.isdecimal()


async def test_an_album_is_several_updates_with_one_caption(play: Play) -> None:
    """Fault I05 can be played."""
    form = FormData({"user": str(ANA), "caption": "bukti"})
    for number in range(3):
        form.add_field("file", PNG, filename=f"{number}.png", content_type="image/png")
    async with play.session.post(f"{play.address}/{KEY}/api/photo", data=form) as answer:
        assert len((await answer.json())["message_ids"]) == 3
    parsed = [_read(row).message for row in await play.updates()]
    assert len({row.media_group_id for row in parsed}) == 1
    assert [row.caption for row in parsed] == ["bukti", None, None]
    assert [(size.width, size.height) for size in parsed[0].photo] == [(90, 68), (320, 240)]


async def test_a_long_text_is_sent_in_parts(play: Play) -> None:
    """Fault I06 can be played."""
    said = await play.page("say", user=ANA, text="😀" * 3000)
    assert len(said["message_ids"]) == 2
    assert [len(row["message"]["text"]) for row in await play.updates()] == [2048, 952]


@pytest.mark.parametrize("text", ["", "  \n", "\x00\x07"])
async def test_nothing_cannot_be_said(play: Play, text: str) -> None:
    assert (await play.page("say", user=ANA, text=text))["status"] == 400


async def test_a_group_tells_the_bot_only_what_concerns_it(play: Play) -> None:
    """Fault C12 can be played."""
    for text in ("selamat pagi", "/lapor", "/lapor@orang_lain_bot", "halo @piket_demo_bot"):
        await play.page("say", user=BORIS, chat=GROUP, text=text)
    texts = [row["message"]["text"] for row in await play.updates()]
    assert texts == ["/lapor", "halo @piket_demo_bot"]
    assert (await play.page("say", user=BORIS, chat=BASIC_GROUP, text="x"))["status"] == 409


async def test_the_bot_is_added_removed_and_leaves(play: Play) -> None:
    assert await play.sends("x", chat=BASIC_GROUP) == "Forbidden: bot is not a member of the group chat"
    await play.page("group", user=ANA, chat=BASIC_GROUP, change="add")
    assert (await play.sends("x", chat=BASIC_GROUP))["text"] == "x"
    await play.page("group", user=ANA, chat=BASIC_GROUP, change="remove")
    assert await play.sends("x", chat=BASIC_GROUP) == "Forbidden: bot was kicked from the group chat"
    await play.bot("leaveChat", chat_id=GROUP)
    changes = [_read(row).my_chat_member for row in await play.updates()]
    assert [row.new_chat_member.status for row in changes if row] == ["member", "kicked", "left"]


async def test_an_upgraded_group_names_its_successor(play: Play) -> None:
    """Fault C11 can be played."""
    await play.page("group", user=ANA, chat=BASIC_GROUP, change="add")
    new = (await play.page("group", user=ANA, chat=BASIC_GROUP, change="upgrade"))["chat"]
    answer = await play.bot("sendMessage", chat_id=BASIC_GROUP, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    assert (await play.sends("x", chat=new))["chat"]["type"] == "supergroup"
    assert [row.get("message", {}).get("migrate_to_chat_id") for row in await play.updates()][-2] == new


async def test_raw_updates_go_through_as_they_are(play: Play) -> None:
    """Faults C18 and I07 can be played; whoever wrote can be answered."""
    user = {"id": 77, "is_bot": False, "first_name": "X"}
    raw = {
        "from": user,
        "chat": {"id": 77, "type": "private"},
        "date": 1,
        "message_id": 5,
        "text": "\ud800\x00",
    }
    query = {"id": "123", "from": user, "data": "x", "chat_instance": "1"}
    await play.updates(allowed_updates=["message"])
    given = [{"message": raw}, {"future_kind": {"a": [1]}}, {"callback_query": query}]
    ids = (await play.page("inject", updates=given))["update_ids"]
    updates = await play.updates()
    assert [row["update_id"] for row in updates] == ids
    assert [{k: v for k, v in row.items() if k != "update_id"} for row in updates] == given
    assert (await play.sends("hai", chat=77))["message_id"] > 5
    assert (await play.bot("answerCallbackQuery", callback_query_id="123"))["ok"]


async def test_pressing_what_one_cannot_see_is_refused(play: Play) -> None:
    sent = await play.sends("x")
    assert (await play.page("press", user=BORIS, message_id=sent["message_id"], data="x"))["status"] == 404
