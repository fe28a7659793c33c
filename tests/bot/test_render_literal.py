"""What people wrote shows exactly as they wrote it, on every platform."""

from pathlib import Path

import pytest

from bot.templating import ParamsWrong, TemplateMissing
from tests.bot.messages import TELEGRAM, WHATSAPP, renderer_with, stored

SAID = "{# params: name #}\nHalo {{ name }}, {{ name | bold }}.\n"
ATTACKS = [
    "<b>tebal</b>",
    "a_b_c",
    "*bintang*",
    "[x](tg://user?id=1)",
    "Tom & Jerry",
    "https://example.org/?a=1&b=2",
    "{{7*7}}",
    "${7*7}",
    "{% raw %}",
    "'; DROP TABLE people; --",
    "../../etc/passwd",
    "&lt;b&gt;",
    "</b><i>",
]


@pytest.mark.parametrize("name", ATTACKS)
def test_i09_i19_markup_and_attack_strings_show_literally_on_telegram(tmp_path: Path, name: str) -> None:
    renderer = renderer_with(tmp_path, said=SAID)
    (part,) = renderer.outgoing(stored(params={"name": name}), TELEGRAM)
    assert part.plain == f"Halo {name}, {name}."
    assert part.text.count("<b>") == 1
    assert "<i>" not in part.text


@pytest.mark.parametrize("name", ATTACKS)
def test_i09_a_plain_dress_changes_nothing(tmp_path: Path, name: str) -> None:
    renderer = renderer_with(tmp_path, said=SAID)
    assert renderer.word("test/said", {"name": name}, locale="id", markup="plain") == f"Halo {name}, {name}."


@pytest.mark.parametrize("name", ["*bintang*", "_miring_", "~coret~", "`kode`", "a*b*c", "* _ ~ `"])
def test_i09_no_mark_of_whatsapp_survives_in_a_value(tmp_path: Path, name: str) -> None:
    renderer = renderer_with(tmp_path, said="{# params: name #}\n{{ name }}\n")
    (part,) = renderer.outgoing(stored(params={"name": name}), WHATSAPP)
    assert not set("*_~`") & set(part.text)
    assert len(part.text) == len(name.strip())


def test_i09_an_underscore_inside_a_word_stays_on_whatsapp(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said=SAID)
    (part,) = renderer.outgoing(stored(params={"name": "ana_l@lampung.go.id"}), WHATSAPP)
    assert part.text == "Halo ana_l@lampung.go.id, *ana_l@lampung.go.id*."


def test_i09_a_link_free_value_becomes_no_link_mention_or_command(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said="{# params: name #}\n{{ name | link_free }}\n")
    (part,) = renderer.outgoing(stored(params={"name": "https://jahat.example @admin /hapus"}), TELEGRAM)
    assert "https://" not in part.text
    assert "jahat.example" not in part.text
    assert "@admin" not in part.text
    assert "/hapus" not in part.text
    assert part.text.replace("\u2060", "") == "https://jahat.example @admin /hapus"


def test_a_value_marked_bold_twice_is_escaped_once(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said="{# params: name #}\n{{ name | bold | italic }}\n")
    (part,) = renderer.outgoing(stored(params={"name": "A & B"}), TELEGRAM)
    assert part.text == "<i><b>A &amp; B</b></i>"


def test_a_template_reaches_no_python_behind_a_value(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said="{# params: name #}\n{{ name.__class__.__mro__ }}\n")
    with pytest.raises(ParamsWrong):
        renderer.word("test/said", {"name": "Ana"}, locale="id", markup="plain")


def test_a_missing_template_and_a_missing_parameter_have_names(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said=SAID)
    with pytest.raises(TemplateMissing, match="id/test/unsaid"):
        renderer.outgoing(stored("test/unsaid"), TELEGRAM)
    with pytest.raises(ParamsWrong, match="id/test/said"):
        renderer.outgoing(stored(), TELEGRAM)


@pytest.mark.parametrize(
    "used", ["{{ name | bold }}", "{{ name | nip }}", "{{ name | date }}", "{{ name | listed }}"]
)
def test_a_missing_parameter_does_not_slip_through_a_filter(tmp_path: Path, used: str) -> None:
    renderer = renderer_with(tmp_path, said=f"{{# params: name #}}\n{used}\n")
    with pytest.raises(ParamsWrong):
        renderer.word("test/said", {}, locale="id", markup="html")


def test_a_wrong_parameter_is_not_quoted_in_the_error(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said="{# params: name #}\n{{ name | date }}\n")
    with pytest.raises(ParamsWrong) as caught:
        renderer.word("test/said", {"name": "positif covid"}, locale="id", markup="html")
    assert "positif" not in str(caught.value)


def test_an_unknown_language_is_answered_in_indonesian(tmp_path: Path) -> None:
    renderer = renderer_with(tmp_path, said="{# params: #}\nHalo\n")
    (part,) = renderer.outgoing(stored(locale="jv"), TELEGRAM)
    assert part.text == "Halo"
