"""sendMessage and its kind: what is refused, and in which words."""

import json

import pytest

from tests.simulator.conftest import ANA, BORIS, GROUP, Play

BUTTONS = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("<b></b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<p>x</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
        ("é<br>", 'can\'t parse entities: Unsupported start tag "br" at byte offset 2'),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        (
            "<b><i>x</b></i>",
            'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("x</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
        ("a < b", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("<b", "can't parse entities: Unclosed start tag at byte offset 0"),
        ("<b>x</b", "can't parse entities: Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=>x</a>", None),
        ("<a href=x/y>x</a>", "can't parse entities: Unexpected end of name token at byte offset 8"),
        ("<a =x>x</a>", 'can\'t parse entities: Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
async def test_html_is_refused_in_telegrams_words(play: Play, text: str, words: str | None) -> None:
    """Faults C09 and C10 can be played."""
    answer = await play.bot("sendMessage", chat_id=ANA, text=text, parse_mode="HTML")
    assert answer.get("description") == (f"Bad Request: {words}" if words else None)


async def test_html_becomes_text_and_entities_in_utf16_units(play: Play) -> None:
    sent = await play.sends(
        '😀 <b>a<i>b</i></b> &lt;x&gt; &amp; &nbsp; <a href="https://x.id/?a=1&amp;b=2">sini</a>',
        parse_mode="HTML",
    )
    assert sent["text"] == "😀 ab <x> & &nbsp; sini"
    assert [(row["type"], row["offset"], row["length"]) for row in sent["entities"]] == [
        ("bold", 3, 2),
        ("italic", 4, 1),
        ("text_link", 19, 4),
    ]
    assert sent["entities"][2]["url"] == "https://x.id/?a=1&b=2"


async def test_4096_units_after_parsing_are_enough(play: Play) -> None:
    sent = await play.sends("<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent["text"]) == 4096


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a *b", "Can't find end of Bold entity at byte offset 2"),
        ("`x", "Can't find end of Code entity at byte offset 0"),
        ("*a* _b_ ~c~ ||d|| `e` [f](https://g.id) \\.", None),
    ],
)
async def test_markdown_v2_refuses_bare_reserved_characters(play: Play, text: str, words: str | None) -> None:
    answer = await play.bot("sendMessage", chat_id=ANA, text=text, parse_mode="MarkdownV2")
    assert answer.get("description") == (f"Bad Request: can't parse entities: {words}" if words else None)


@pytest.mark.parametrize(
    ("data", "is_taken"),
    [("", False), ("x" * 64, True), ("x" * 65, False), ("é" * 32, True), ("é" * 33, False)],
)
async def test_callback_data_has_1_to_64_bytes(play: Play, data: str, is_taken: bool) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
    answer = await play.sends("halo", reply_markup=markup)
    assert answer == "Bad Request: BUTTON_DATA_INVALID" if not is_taken else answer["reply_markup"] == markup


async def test_keyboards_are_checked(play: Play) -> None:
    plain = {"inline_keyboard": [[{"text": "x"}]]}
    assert "Text buttons are unallowed" in await play.sends("x", reply_markup=plain)
    many = {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]] * 101}
    assert await play.sends("x", reply_markup=many) == "Bad Request: reply markup is too long"
    assert "can't parse" in await play.sends("x", reply_markup="{broken")
    contact = {"keyboard": [[{"text": "Kirim nomor", "request_contact": True}]]}
    assert "private chats only" in await play.sends("x", chat=GROUP, reply_markup=contact)


async def test_a_reply_keyboard_is_shown_until_it_is_removed(play: Play) -> None:
    keys = {"keyboard": [["Sehat", {"text": "Nomor", "request_contact": True}]], "resize_keyboard": True}
    await play.sends("pilih", reply_markup=json.dumps(keys))
    shown = (await play.shown(f"chats/{ANA}"))["keyboard"]
    assert shown["rows"] == [
        [{"text": "Sehat", "request_contact": False}, {"text": "Nomor", "request_contact": True}]
    ]
    await play.sends("selesai", reply_markup={"remove_keyboard": True})
    assert (await play.shown(f"chats/{ANA}"))["keyboard"] is None


async def test_who_cannot_be_reached_says_why(play: Play) -> None:
    """Faults C06 and C07 can be played."""
    assert await play.sends("x", chat=99) == "Bad Request: chat not found"
    assert await play.sends("x", chat=BORIS) == "Forbidden: bot can't initiate conversation with a user"
    await play.page("block", user=ANA, blocked=True)
    assert await play.sends("x") == "Forbidden: bot was blocked by the user"
    await play.page("block", user=ANA, blocked=False, deactivated=True)
    assert await play.sends("x") == "Forbidden: user is deactivated"
    statuses = [row["my_chat_member"]["new_chat_member"]["status"] for row in await play.updates()]
    assert statuses == ["kicked", "member"]


async def test_edits_follow_telegrams_rules(play: Play) -> None:
    """Fault C05 can be played."""
    sent = await play.sends("satu", reply_markup=BUTTONS)
    place = {"chat_id": ANA, "message_id": sent["message_id"]}
    same = await play.bot("editMessageText", **place, text="satu", reply_markup=BUTTONS)
    assert same["description"].startswith(
        "Bad Request: message is not modified: specified new message content and"
    )
    edited = await play.bot("editMessageText", **place, text="dua")
    assert edited["result"]["text"] == "dua"
    assert "reply_markup" not in edited["result"]
    assert (await play.bot("editMessageReplyMarkup", **place))["error_code"] == 400
    missing = await play.bot("editMessageText", chat_id=ANA, message_id=999, text="x")
    assert missing["description"] == "Bad Request: message to edit not found"
    hers = await play.page("say", user=ANA, text="halo")
    other = await play.bot("editMessageText", chat_id=ANA, message_id=hers["message_id"], text="x")
    assert other["description"] == "Bad Request: message can't be edited"
    keys = await play.sends("pilih", reply_markup={"keyboard": [["a"]]})
    with_keys = await play.bot("editMessageText", chat_id=ANA, message_id=keys["message_id"], text="x")
    assert with_keys["description"] == "Bad Request: message can't be edited"


async def test_messages_can_be_deleted_for_48_hours(play: Play) -> None:
    first, second = await play.sends("satu"), await play.sends("dua")
    assert (await play.bot("deleteMessage", chat_id=ANA, message_id=first["message_id"]))["result"] is True
    again = await play.bot("deleteMessage", chat_id=ANA, message_id=first["message_id"])
    assert again["description"] == "Bad Request: message to delete not found"
    play.world.clock.move_by(48 * 3600 + 60)
    late = await play.bot("deleteMessage", chat_id=ANA, message_id=second["message_id"])
    assert late["description"] == "Bad Request: message can't be deleted for everyone"


async def test_a_press_can_be_answered_for_150_seconds(play: Play) -> None:
    """Fault C04 can be played."""
    sent = await play.sends("pilih", reply_markup=BUTTONS)
    pressed = await play.page("press", user=ANA, message_id=sent["message_id"], data="forged")
    (update,) = await play.updates()
    assert update["callback_query"]["message"]["reply_markup"] == BUTTONS
    answer = {"callback_query_id": pressed["callback_id"], "text": "ok"}
    assert (await play.bot("answerCallbackQuery", **answer))["result"] is True
    play.world.clock.move_by(151)
    late = (await play.bot("answerCallbackQuery", **answer))["description"]
    assert late == "Bad Request: query is too old and response timeout expired or query ID is invalid"
    unknown = await play.bot("answerCallbackQuery", callback_query_id="1")
    assert unknown["description"] == late


async def test_the_wrong_token_and_an_unknown_method_are_refused(play: Play) -> None:
    async with play.session.get(f"{play.address}/bottest:WRONG/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")
    async with play.session.get(f"{play.address}/bottest:ABC/getNothing") as answer:
        assert (answer.status, (await answer.json())["description"]) == (404, "Not Found")
    async with play.session.get(f"{play.address}/bottest:ABC/GETME") as answer:
        assert (await answer.json())["result"]["username"] == "piket_demo_bot"
