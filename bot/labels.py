"""What choices are called: one list a language, short enough for every platform's buttons."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from bot.templating import FOLDER, RenderError

LABEL_UNITS = 20
HINT_UNITS = 72
FILES = ("labels.yaml", "hints.yaml")


class LabelMissing(RenderError):
    """A choice has no label in this language."""


class Labels:
    """The labels and hints of every language, read when first used."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self.of = cache(self._read)

    def label(self, name: str, *, locale: str) -> str:
        """Return the words on a button. Raises LabelMissing."""
        return self._find("labels", name, locale=locale)

    def hint(self, name: str, *, locale: str) -> str:
        """Return the longer words below a row of a list. Raises LabelMissing."""
        return self._find("hints", name, locale=locale)

    def commands(self, *, locale: str) -> Mapping[str, str]:
        """Return the commands that the chat's own menu shows, and what each does."""
        return self.of(locale)["commands"]

    def _find(self, section: str, name: str, *, locale: str) -> str:
        found = self.of(locale)[section].get(name)
        if found is None:
            raise LabelMissing(f"{locale}/labels.yaml has no {name} among its {section}.")
        return found

    def _read(self, locale: str) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, dict[str, str]] = {section: {} for section in ("labels", "hints", "commands")}
        for file in (self._folder / locale / name for name in FILES):
            content = YAML(typ="safe", pure=True).load(file) if file.exists() else {}
            for section in found:
                found[section] |= {
                    str(name): str(text) for name, text in (content.get(section) or {}).items()
                }
        return found
