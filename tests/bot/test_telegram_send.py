"""What we ask of Telegram, in its exact form, and what its own sentences mean."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.base import Fate, Outgoing, SendFailure, Sent, Shown
from bot.channels.telegram import ChannelAway, ChannelDown, Conflict, TelegramChannel
from bot.channels.telegram_markup import rows
from bot.polling import Fetched, PollFailure, PollTrouble
from handlers.update import Look
from tests.bot.fakeapi import FakeApi, Reply, cut, ok, raw, refused

NOW = datetime(2020, 6, 15, tzinfo=UTC)
PLAIN = Outgoing(address="7", text="<b>Halo</b>", plain="Halo")


@pytest.fixture
async def api() -> AsyncIterator[FakeApi]:
    server = FakeApi()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def channel(api: FakeApi) -> AsyncIterator[TelegramChannel]:
    opened = TelegramChannel("7:fake", api=api.url, now=lambda: NOW, deadline=2.0)
    yield opened
    await opened.close()


async def markup_sent(api: FakeApi, channel: TelegramChannel, **more: Any) -> dict[str, object] | None:
    message = Outgoing(address="7", text="x", plain="x", **more)
    assert await channel.send(message) == Sent(key="77")
    given = api.calls[-1][1].get("reply_markup")
    return json.loads(given) if given else None


async def test_a_message_goes_out_as_html_with_nothing_that_other_servers_refuse(
    api: FakeApi, channel: TelegramChannel
) -> None:
    assert await channel.send(PLAIN) == Sent(key="77")
    assert api.calls == [("sendMessage", {"chat_id": "7", "text": "<b>Halo</b>", "parse_mode": "HTML"})]


async def test_c09_the_plain_text_goes_out_without_a_parse_mode(
    api: FakeApi, channel: TelegramChannel
) -> None:
    await channel.send(Outgoing(address="7", text="a < b", plain="a < b"))
    assert "parse_mode" not in api.calls[0][1]


async def test_choices_of_a_prompt_are_a_keyboard_that_stays(api: FakeApi, channel: TelegramChannel) -> None:
    shown = (
        Shown(label="Ya", data="y"),
        Shown(label="Tidak", data="n"),
        Shown(label="Bagikan nomor", data="c", asks_contact=True),
    )
    assert await markup_sent(api, channel, shown=shown, look=Look.KEYBOARD) == {
        "keyboard": [
            [{"text": "Ya"}, {"text": "Tidak"}],
            [{"text": "Bagikan nomor", "request_contact": True}],
        ],
        "resize_keyboard": True,
        "is_persistent": True,
    }


async def test_corrections_are_buttons_below_the_message(api: FakeApi, channel: TelegramChannel) -> None:
    assert await markup_sent(api, channel, shown=(Shown(label="Ubah", data="n0nce:0"),)) == {
        "inline_keyboard": [[{"text": "Ubah", "callback_data": "n0nce:0"}]]
    }


async def test_an_old_keyboard_is_taken_away_only_when_asked(api: FakeApi, channel: TelegramChannel) -> None:
    assert await markup_sent(api, channel) is None
    assert await markup_sent(api, channel, removes_keyboard=True) == {"remove_keyboard": True}


def test_labels_decide_how_many_share_a_row() -> None:
    labels = [
        "Ya",
        "Tidak",
        "Nanti",
        "Lewati",
        "Ubah jawaban saya",
        "Kembali",
        "Saya bekerja dari rumah hari ini",
    ]
    laid = rows([Shown(label=label, data="x") for label in labels])
    assert [[choice.label for choice in row] for row in laid] == [
        ["Ya", "Tidak", "Nanti"], ["Lewati", "Ubah jawaban saya"], ["Kembali"], ["Saya bekerja dari rumah hari ini"],
    ]  # fmt: skip


async def test_c12_the_bot_leaves_after_its_last_word(api: FakeApi, channel: TelegramChannel) -> None:
    api.replies = [ok(), refused(400, "Bad Request: chat not found")]
    assert await channel.send(Outgoing(address="-100", text="x", plain="x", leaves=True)) == Sent(key="77")
    assert [method for method, _ in api.calls] == ["sendMessage", "leaveChat"]


@pytest.mark.parametrize(
    ("code", "sentence", "fate"),
    [
        (403, "Forbidden: bot was blocked by the user", Fate.GONE),
        (403, "Forbidden: user is deactivated", Fate.GONE),
        (403, "Forbidden: bot can't initiate conversation with a user", Fate.GONE),
        (403, "Forbidden: bot was kicked from the supergroup chat", Fate.GONE),
        (403, "Forbidden: bot is not a member of the channel chat", Fate.GONE),
        (400, "Bad Request: chat not found", Fate.GONE),
        (400, "Bad Request: PEER_ID_INVALID", Fate.GONE),
        (400, "Bad Request: not enough rights to send text messages to the chat", Fate.GONE),
        (400, "Bad Request: can't parse entities: Unsupported start tag \"sakit\" at byte offset 0", Fate.BAD_MARKUP),
        (400, "Bad Request: message is too long", Fate.REFUSED),
        (400, "Bad Request: BUTTON_DATA_INVALID", Fate.REFUSED),
        (400, "Bad Request: message text is empty", Fate.REFUSED),
        (401, "Unauthorized", Fate.DOWN),
        (404, "Not Found", Fate.DOWN),
        (420, "FLOOD", Fate.REFUSED),
    ],
)  # fmt: skip
async def test_c06_c09_c15_telegrams_sentences_have_fates(
    api: FakeApi, channel: TelegramChannel, code: int, sentence: str, fate: Fate
) -> None:
    api.replies = [refused(code, sentence)]
    failure = await channel.send(PLAIN)
    assert isinstance(failure, SendFailure)
    assert failure.fate is fate
    assert "sakit" not in failure.says


async def test_c11_a_group_that_became_a_supergroup_says_where_it_is(
    api: FakeApi, channel: TelegramChannel
) -> None:
    sentence = "Bad Request: group chat was upgraded to a supergroup chat"
    api.replies = [refused(400, sentence, migrate_to_chat_id=-1001234567890)]
    failure = await channel.send(PLAIN)
    assert failure == SendFailure(fate=Fate.MOVED, says=sentence, address="-1001234567890")


@pytest.mark.parametrize("seconds", [5, 2282, 10072])
async def test_c08_the_seconds_to_wait_come_through(
    api: FakeApi, channel: TelegramChannel, seconds: int
) -> None:
    api.replies = [refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)]
    failure = await channel.send(PLAIN)
    assert isinstance(failure, SendFailure)
    assert (failure.fate, failure.seconds) == (Fate.PAUSED, seconds)


@pytest.mark.parametrize(
    "sentence",
    ["Bad Request: query is too old and response timeout expired", "Bad Request: QUERY_ID_INVALID"],
)  # fmt: skip
async def test_c04_a_press_that_is_too_old_to_acknowledge_is_no_error(
    api: FakeApi, channel: TelegramChannel, sentence: str
) -> None:
    api.replies = [refused(400, sentence), cut]
    await channel.acknowledge("43", "Sudah tercatat")
    await channel.acknowledge("43", "x" * 500)
    assert [method for method, _ in api.calls] == ["answerCallbackQuery"] * 2
    assert len(api.calls[1][1]["text"]) == 200


async def test_c05_an_edit_that_changes_nothing_is_done(api: FakeApi, channel: TelegramChannel) -> None:
    api.replies = [refused(400, "Bad Request: message is not modified: the content is the same")]
    assert await channel.edit("5", PLAIN) == Sent(key="5")


@pytest.mark.parametrize("sentence", ["message to edit not found", "message can't be edited"])
async def test_c05_a_message_that_cannot_be_edited_is_sent_anew(
    api: FakeApi, channel: TelegramChannel, sentence: str
) -> None:
    api.replies = [refused(400, f"Bad Request: {sentence}")]
    assert await channel.edit("5", PLAIN) == Sent(key="77")
    assert [method for method, _ in api.calls] == ["editMessageText", "sendMessage"]


async def test_updates_come_one_by_one_as_they_are_with_their_numbers(
    api: FakeApi, channel: TelegramChannel
) -> None:
    given = [{"update_id": 5, "message": {"nonsense": True}}, {"update_id": 9, "new_kind": {}}]
    api.replies = [ok(given)]
    fetched = await channel.updates(offset=5, seconds=0)
    assert isinstance(fetched, list)
    assert [(one.number, json.loads(one.body)) for one in fetched] == [(5, given[0]), (9, given[1])]
    assert isinstance(fetched[0], Fetched)
    assert api.calls[0][1]["offset"] == "5"
    assert json.loads(api.calls[0][1]["allowed_updates"])[-1] == "my_chat_member"


@pytest.mark.parametrize(
    ("reply", "trouble", "seconds"),
    [
        (refused(409, "Conflict: terminated by other getUpdates request"), PollTrouble.CONFLICT, 0),
        (refused(401, "Unauthorized"), PollTrouble.DOWN, 0),
        (refused(429, "Too Many Requests: retry after 9", retry_after=9), PollTrouble.AWAY, 9),
        (raw("<html>", status=502), PollTrouble.AWAY, 0),
        (cut, PollTrouble.AWAY, 0),
        (ok("nothing"), PollTrouble.AWAY, 0),
    ],
)
async def test_n03_p07_why_there_are_no_updates(
    api: FakeApi, channel: TelegramChannel, reply: Reply, trouble: PollTrouble, seconds: float
) -> None:
    api.replies = [reply]
    failure = await channel.updates(offset=None, seconds=0)
    assert isinstance(failure, PollFailure)
    assert (failure.trouble, failure.seconds) == (trouble, seconds)


async def test_who_we_are_is_learnt_and_then_our_name_is_known_in_groups(
    api: FakeApi, channel: TelegramChannel
) -> None:
    api.replies = [ok({"id": 7, "is_bot": True, "first_name": "Piket", "username": "PiketDemoBot"})]
    me = await channel.me()
    assert (me.id, me.username, me.name) == (7, "PiketDemoBot", "Piket")
    body = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 7, "type": "private"},
            "text": "/x@piketdemobot",
        },
    }
    assert [update.text for update in channel.parse(json.dumps(body).encode())] == ["/x"]


async def test_webhook_and_commands_are_set_and_read(api: FakeApi, channel: TelegramChannel) -> None:
    api.usual = ok(True)
    await channel.set_webhook("https://piket.example.go.id/telegram", secret="s" * 32)
    await channel.set_commands({"bantuan": "Apa yang bisa saya lakukan"}, locale="id")
    await channel.delete_webhook()
    assert [method for method, _ in api.calls] == ["setWebhook", "setMyCommands", "deleteWebhook"]
    assert api.calls[0][1]["secret_token"] == "s" * 32
    api.replies = [ok({"url": "https://a.example", "has_custom_certificate": False, "pending_update_count": 3,
                       "last_error_date": 1592178300, "last_error_message": "Wrong response"})]  # fmt: skip
    info = await channel.webhook_info()
    assert (info.url, info.waiting, info.last_error) == ("https://a.example", 3, "Wrong response")
    assert info.last_error_at == datetime.fromtimestamp(1592178300, UTC)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (refused(401, "Unauthorized"), ChannelDown),
        (refused(404, "Not Found"), ChannelDown),
        (refused(409, "Conflict"), Conflict),
        (raw("", status=500), ChannelAway),
        (cut, ChannelAway),
    ],
)
async def test_c15_troubles_with_the_bot_itself_have_names(
    api: FakeApi, channel: TelegramChannel, reply: Reply, error: type[Exception]
) -> None:
    api.replies = [reply]
    with pytest.raises(error):
        await channel.me()
