"""The environment is read once, and whatever is wrong in it is said with its name and an example."""

from pathlib import Path

import pytest

from bot.settings import SETTINGS, SettingError, Settings, settings_from
from db.sealed import new_key

REAL_TOKEN = "123456789:" + "A" * 35


def test_an_empty_environment_gives_a_place_and_an_address_of_this_machine() -> None:
    settings = settings_from({})
    assert settings.database == "sqlite:piket.db"
    assert settings.listen == ("127.0.0.1", 8080)
    assert settings.telegram_api == "https://api.telegram.org"


@pytest.mark.parametrize("about", SETTINGS, ids=lambda about: about.name)
def test_every_setting_has_a_sentence_an_example_and_a_default(about: object) -> None:
    assert all(getattr(about, part) for part in ("name", "sentence", "example", "default"))


@pytest.mark.parametrize(
    "token", [f" {REAL_TOKEN}", f"{REAL_TOKEN}\n", REAL_TOKEN.replace(":", ": "), "12 34:AB"]
)
def test_e09_a_token_pasted_with_spaces_is_refused_with_a_sentence(token: str) -> None:
    with pytest.raises(SettingError, match=r"PIKET_TELEGRAM_TOKEN has spaces .* Example: 123456789:AAH"):
        settings_from({"PIKET_TELEGRAM_TOKEN": token})


@pytest.mark.parametrize("token", ["", "ABC", "123456789", "demo:ABC", "123:short"])
def test_e09_what_is_no_token_of_telegram_is_refused_before_it_is_used(token: str) -> None:
    with pytest.raises(SettingError, match="PIKET_TELEGRAM_TOKEN"):
        settings_from({"PIKET_TELEGRAM_TOKEN": token}).required_token()


def test_a_pretend_telegram_on_this_machine_takes_a_pretend_token() -> None:
    settings = settings_from(
        {"PIKET_TELEGRAM_TOKEN": "demo:ABC", "PIKET_TELEGRAM_API": "http://127.0.0.1:8081/"}
    )
    assert settings.telegram_api == "http://127.0.0.1:8081"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PIKET_DATABASE", "mysql://db/piket"),
        ("PIKET_DATABASE", "sqlite:"),
        ("PIKET_DATABASE", "piket.db"),
        ("PIKET_KEY", "abc"),
        ("PIKET_KEY", "not base64 at all!"),
        ("PIKET_TELEGRAM_API", "http://api.telegram.org"),
        ("PIKET_TELEGRAM_API", "http://10.0.0.7:8081"),
        ("PIKET_PUBLIC_URL", "http://piket.example"),
        ("PIKET_PUBLIC_URL", "piket.example"),
        ("PIKET_WEBHOOK_SECRET", "short"),
        ("PIKET_WEBHOOK_SECRET", "has spaces in it, and a comma"),
        ("PIKET_LISTEN", "8080"),
        ("PIKET_LISTEN", "127.0.0.1:99999"),
        ("PIKET_LOG_LEVEL", "loud"),
        ("PIKET_DEMO", "yes"),
        ("PIKET_DEMO_PORT", "-1"),
    ],
)
def test_e10_a_wrong_value_is_refused_with_its_name_and_an_example(name: str, text: str) -> None:
    example = next(about.example for about in SETTINGS if about.name == name)
    with pytest.raises(SettingError) as caught:
        settings_from({name: text})
    assert str(caught.value).startswith(name)
    assert example in str(caught.value)


@pytest.mark.parametrize("text", ["abc", "ABCDEFGH" * 8])
def test_d11_a_wrong_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(SettingError) as caught:
        settings_from({"PIKET_KEY": text})
    assert text not in str(caught.value)


@pytest.mark.parametrize("name", ["PIKET_TELEGRM_TOKEN", "PIKET_DATABSE", "PIKET_KEY_FLE"])
def test_e10_a_misspelt_name_is_noticed(name: str) -> None:
    with pytest.raises(SettingError, match=f"{name} is not a setting. Did you mean PIKET_"):
        settings_from({name: "x"})


def test_e10_a_missing_key_or_token_is_refused_with_what_to_do() -> None:
    with pytest.raises(SettingError, match=r"PIKET_KEY is missing\. Make a key with `piket key new`"):
        Settings().required_key()
    with pytest.raises(SettingError, match=r"PIKET_TELEGRAM_TOKEN is missing\. Ask @BotFather"):
        Settings().required_token()


def test_a_setting_can_stand_in_a_file(tmp_path: Path) -> None:
    key = new_key()
    (tmp_path / "key").write_text(f"  {key}\n")
    assert settings_from({"PIKET_KEY_FILE": str(tmp_path / "key")}).key == key


def test_e10_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"PIKET_KEY_FILE names .*nowhere, which cannot be read"):
        settings_from({"PIKET_KEY_FILE": str(tmp_path / "nowhere")})


def test_a_setting_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(new_key())
    with pytest.raises(SettingError, match="both set"):
        settings_from({"PIKET_KEY": new_key(), "PIKET_KEY_FILE": str(tmp_path / "key")})


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    key = new_key()
    settings = settings_from(
        {"PIKET_KEY": key, "PIKET_TELEGRAM_TOKEN": REAL_TOKEN, "PIKET_DATABASE": "postgresql://u:geheim@db/p"}
    )
    assert not any(secret in repr(settings) for secret in (key, REAL_TOKEN, "geheim"))


def test_the_webhook_secret_comes_from_the_key_and_differs_between_bots() -> None:
    one = Settings(key=new_key(), telegram_token=REAL_TOKEN)
    other = Settings(key=one.key, telegram_token="987654321:" + "B" * 35)
    assert one.secret_for_webhook() == one.secret_for_webhook() != other.secret_for_webhook()
    assert (
        settings_from({"PIKET_WEBHOOK_SECRET": one.secret_for_webhook()}).webhook_secret
        == one.secret_for_webhook()
    )
