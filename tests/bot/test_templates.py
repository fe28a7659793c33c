"""Every template is there in both languages, with exactly its parameters and no platform's marks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from bot.cutting import units
from bot.dress import DRESSES
from bot.labels import HINT_UNITS, LABEL_UNITS, Labels
from bot.templating import FOLDER, LOCALES, Templates, environment_of

MARKS = re.compile(r"[<>&*_`~]")


def _names(locale: str) -> list[str]:
    files = sorted((FOLDER / locale).rglob("*.j2"))
    return [file.relative_to(FOLDER / locale).with_suffix("").as_posix() for file in files]


MESSAGES = [name for name in _names("id") if not Path(name).name.startswith("_")]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_every_template(locale: str) -> None:
    assert _names(locale) == _names("id")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_template_uses_exactly_the_parameters_it_declares(locale: str) -> None:
    environment, templates = environment_of(FOLDER, locale, "html"), Templates()
    used = {name: _used(environment, name) for name in MESSAGES}
    assert used == {name: templates.declared(name, locale=locale) for name in MESSAGES}


def test_both_languages_declare_the_same_parameters() -> None:
    templates = Templates()
    ours, theirs = ({name: templates.declared(name, locale=each) for name in MESSAGES} for each in LOCALES)
    assert ours == theirs


@pytest.mark.parametrize("locale", LOCALES)
def test_no_template_writes_a_platforms_mark_itself(locale: str) -> None:
    environment = environment_of(FOLDER, locale, "html")
    marked = {
        name: text for name in _names(locale) for text in _literals(environment, name) if MARKS.search(text)
    }
    assert marked == {}


@pytest.mark.parametrize("markup", DRESSES)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_common_messages_can_be_worded_for_every_platform(locale: str, markup: str) -> None:
    usual = {
        "kind": "photo",
        "closest": "menu",
        "chars": 5000,
        "most": 1000,
        "day": "2020-06-15",
        "kept": True,
        "flow": "plan",
        "at": "2020-06-15T07:10:00+07:00",
        "timezone": "Asia/Jakarta",
        "name": "laporan.pdf",
        "because": "type",
    }
    for name in (message for message in MESSAGES if message.startswith("common/")):
        params = {key: usual[key] for key in Templates().declared(name, locale=locale)}
        assert Templates().word(name, params, locale=locale, markup=markup)


@pytest.mark.parametrize("name", ["already", "old_button", "not_for_you"])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_note_on_a_pressed_button_is_short(locale: str, name: str) -> None:
    assert units(Templates().word(f"common/{name}", {}, locale=locale, markup="plain")) <= 200


@pytest.mark.parametrize("section", ["labels", "hints"])
def test_both_languages_name_the_same_choices(section: str) -> None:
    labels = Labels()
    assert labels.of("id")[section].keys() == labels.of("en")[section].keys()


@pytest.mark.parametrize("locale", LOCALES)
def test_labels_fit_the_smallest_button_and_hints_the_smallest_row(locale: str) -> None:
    lists = Labels().of(locale)
    assert [text for text in lists["labels"].values() if units(text) > LABEL_UNITS] == []
    assert [text for text in lists["hints"].values() if units(text) > HINT_UNITS] == []


def _used(environment: SandboxedEnvironment, name: str) -> set[str]:
    tree = _tree(environment, name)
    included = [node.template for node in tree.find_all(nodes.Include)]
    found = set(meta.find_undeclared_variables(tree))
    for node in included:
        assert isinstance(node, nodes.Const)
        found |= _used(environment, str(node.value).removesuffix(".j2"))
    return found


def _literals(environment: SandboxedEnvironment, name: str) -> Iterator[str]:
    return (data.data for data in _tree(environment, name).find_all(nodes.TemplateData))


def _tree(environment: SandboxedEnvironment, name: str) -> nodes.Template:
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, f"{name}.j2")
    return environment.parse(source)
