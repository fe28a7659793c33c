"""Updates in the Bot API's exact form, in neutral words: one captured payload, one expectation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.base import Malformed
from bot.channels.telegram_updates import parse
from handlers.update import Contact, Kind, Update

CAPTURED = Path(__file__).parents[1] / "captured" / "telegram"
NOW = datetime(2020, 6, 15, 0, 0, 5, tzinfo=UTC)
SENT = datetime.fromtimestamp(1592178300, UTC)


def captured(name: str) -> bytes:
    return (CAPTURED / f"{name}.json").read_bytes()


def read(name: str) -> Update:
    [update] = parse(captured(name), received_at=NOW, username="PiketDemoBot")
    return update


def test_a_text_is_read_with_who_when_and_its_own_bytes() -> None:
    update = read("text")
    assert (update.kind, update.text, update.key, update.sent_at) == (
        Kind.TEXT,
        "sehat 👍",
        "870000001",
        SENT,
    )
    assert (update.sender.address, update.sender.user, update.sender.locale) == ("5120001", "5120001", "id")
    assert update.sender.name == "Ana Lestari"
    assert update.raw == captured("text")


def test_i16_our_name_after_a_command_is_taken_off() -> None:
    assert read("command_at_us").text == "/Bantuan sekarang"


def test_i02_an_edit_has_the_key_of_the_message_it_edits_and_its_own_time() -> None:
    update = read("edited")
    assert update.is_edit
    assert update.message_key == read("text").message_key == "5120001:1201"
    assert update.sent_at.timestamp() == 1592178342
    assert update.key != read("text").key


def test_a_press_counts_from_when_it_arrives_because_it_carries_no_time() -> None:
    update = read("press")
    assert (update.kind, update.press, update.callback) == (Kind.PRESS, "k7:0", "21990000000000001")
    assert (update.sent_at, update.sender.address, update.message_key) == (NOW, "5120001", "5120001:1198")


def test_i20_a_press_on_a_message_that_telegram_no_longer_shows_is_a_press() -> None:
    assert (read("press_on_old_message").kind, read("press_on_old_message").press) == (Kind.PRESS, "k1:2")


@pytest.mark.parametrize(
    ("name", "phone", "is_own"),
    [
        ("contact_own", "6281200000001", True),
        ("contact_of_another", "+6281200000009", False),
        ("contact_vcard", "081200000001", False),
        ("contact_forwarded", "6281200000001", False),
    ],
)
def test_a03_only_telegrams_word_makes_a_number_ones_own(name: str, phone: str, is_own: bool) -> None:
    update = read(name)
    assert (update.kind, update.contact) == (Kind.CONTACT, Contact(phone=phone, is_own=is_own))


@pytest.mark.parametrize("name", ["forward", "forward_hidden", "via_bot"])
def test_i04_what_somebody_else_wrote_is_a_forward(name: str) -> None:
    assert (read(name).kind, read(name).text) == (Kind.FORWARD, "saya sehat")


def test_i05_pictures_of_one_album_carry_the_same_mark() -> None:
    first, second = read("album_first"), read("album_second")
    assert (first.kind, first.media, first.text) == (Kind.MEDIA, "photo", "bukti kerja")
    assert first.album == second.album == "13700000000000001"
    assert first.message_key != second.message_key


@pytest.mark.parametrize("name", ["sticker", "voice", "venue"])
def test_i01_what_is_not_text_is_named(name: str) -> None:
    assert (read(name).kind, read(name).media) == (Kind.MEDIA, name)


@pytest.mark.parametrize(
    ("name", "kind", "address"),
    [
        ("blocked", Kind.BLOCKED, "5120001"),
        ("returned", Kind.RETURNED, "5120001"),
        ("added_to_group", Kind.ADDED_TO_GROUP, "-1001234567890"),
        ("group_command", Kind.GROUP, "-1001234567890"),
        ("group_topic", Kind.GROUP, "-1001234567890"),
    ],
)
def test_c07_c12_comings_goings_and_groups_are_told_apart(name: str, kind: Kind, address: str) -> None:
    assert (read(name).kind, read(name).sender.address) == (kind, address)


def test_c12_a_command_for_another_bot_is_not_for_us() -> None:
    assert parse(captured("group_command_for_another"), received_at=NOW, username="PiketDemoBot") == []


@pytest.mark.parametrize(
    "name", ["channel_post", "unknown_kind", "live_location_moves", "group_renamed", "removed_from_group"]
)
def test_c18_what_means_nothing_to_us_is_unknown_and_kept_as_it_came(name: str) -> None:
    assert read(name).kind is Kind.UNKNOWN
    assert read(name).raw == captured(name)


def test_c18_unknown_fields_do_no_harm() -> None:
    assert (read("unknown_fields").kind, read("unknown_fields").text) == (Kind.TEXT, "sehat")


def test_i07_half_a_character_becomes_a_sign_that_can_be_stored() -> None:
    assert read("lone_surrogate").text == "sehat ?"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"not json", b"[]", b"null", b"{}", b'{"update_id": "7"}', b'{"update_id": true}', b"\xff\xfe",
        b'{"update_id": 7, "message": 5}', b'{"update_id": 7, "message": {"message_id": 1}}',
        b'{"update_id": 7, "message": {"message_id": 1, "date": 1e18, "chat": {"id": 1, "type": "private"}}}',
        b'{"update_id": 7, "callback_query": {"id": "1", "data": "x"}}', b"[" * 100_000,
    ],
    ids=lambda body: f"{len(body)}_bytes",
)  # fmt: skip
def test_what_is_no_update_is_malformed_and_never_anything_else(body: bytes) -> None:
    with pytest.raises(Malformed):
        parse(body, received_at=NOW)


def test_every_captured_payload_is_read_without_a_clock_or_our_name() -> None:
    for path in sorted(CAPTURED.glob("*.json")):
        for update in parse(path.read_bytes()):
            assert update.sent_at.tzinfo is not None
