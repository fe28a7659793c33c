"""Message templates: one message a file, its parameters declared on the first line; no value is ever run."""

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateNotFound
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from bot import words
from bot.dress import DRESSES, Dress

FOLDER = Path(__file__).parent / "templates"
LOCALES = ("id", "en")
_DECLARED = re.compile(r"\{#\s*params:\s*(?P<names>[^#]*?)\s*#\}")


class RenderError(Exception):
    """A message cannot be worded."""


class TemplateMissing(RenderError):
    """There is no template of this name in this language."""


class ParamsWrong(RenderError):
    """A message was stored with other parameters than its template needs."""


class Templates:
    """The templates of every language, compiled when first used."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._environment = cache(partial(environment_of, folder))

    def word(self, message: str, params: Mapping[str, Any], *, locale: str, markup: str) -> str:
        """Return the text of `message`, `feature/name`. Raises TemplateMissing or ParamsWrong."""
        template = self.template(message, locale=locale, markup=markup)
        try:
            return template.render(params).strip("\n")
        except (TemplateError, TypeError, ValueError, KeyError) as error:
            # The error's own words may quote a parameter, which is the recipient's business only.
            raise ParamsWrong(f"{locale}/{message} cannot be worded: {type(error).__name__}.") from error

    def template(self, message: str, *, locale: str, markup: str) -> Template:
        """Return the compiled template. Raises TemplateMissing."""
        try:
            return self._environment(locale, markup).get_template(f"{message}.j2")
        except TemplateNotFound as error:
            raise TemplateMissing(f"There is no template {locale}/{message}.") from error

    def declared(self, message: str, *, locale: str) -> frozenset[str]:
        """Return the parameters that the first line declares. Raises ParamsWrong without such a line."""
        source = (self._folder / locale / f"{message}.j2").read_text(encoding="utf-8")
        match = _DECLARED.match(source)
        if match is None:
            raise ParamsWrong(
                f"{locale}/{message} does not begin with its parameters, such as {{# params: name, zone #}}."
            )
        return frozenset(name.strip() for name in match["names"].split(",") if name.strip())


def environment_of(folder: Path, locale: str, markup: str) -> SandboxedEnvironment:
    """Return the closed world in which one language's templates run for one kind of markup."""
    dress = DRESSES[markup]
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(folder / locale),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=dress.worded,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(_filters(dress, locale=locale))
    return environment


def _filters(dress: Dress, *, locale: str) -> dict[str, Callable[..., Any]]:
    """Return what templates may do with a value. A style keeps its value literal inside the mark."""
    styles = {
        name: partial(_styled, dress, wrap)
        for name, wrap in (
            ("bold", dress.bold),
            ("italic", dress.italic),
            ("code", dress.code),
            ("quote", dress.quote),
            ("copy", dress.copy),
        )
    }
    return {
        **styles,
        "date": partial(words.worded_date, locale=locale),
        "time": partial(words.worded_time, locale=locale),
        "zone": words.zone_name,
        "nip": words.worded_nip,
        "paragraph": partial(words.worded_paragraph, locale=locale),
        "listed": partial(words.listed, locale=locale),
        "link_free": words.link_free,
    }


def _styled(dress: Dress, wrap: Callable[[str], str], value: object) -> Markup:
    return Markup(wrap(str(dress.worded(value))))
