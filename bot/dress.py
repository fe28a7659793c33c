"""Markup: how bold, code and the like are written on each platform, and how a person's words stay literal."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

# WhatsApp has no escape sign. Its marks are swapped for twins that it does not read as marks;
# an underscore between letters (an e-mail address) is never a mark and stays.
_TWINS = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_EDGE_UNDERSCORE = re.compile(r"(?<!\w)_+|_+(?!\w)")
_TAG = re.compile(r"<[^>]*>")

Wrap = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Dress:
    """One kind of markup. `literal` makes a value show exactly as it was written."""

    name: str
    literal: Wrap
    bold: Wrap
    italic: Wrap
    code: Wrap
    quote: Wrap
    copy: Wrap  # a text that is taken along whole by one tap, where the platform can
    undress: Wrap  # a finished text without its markup

    def worded(self, value: object) -> Markup:
        """Return `value` ready to stand in a text; what a filter has dressed already stays as it is."""
        if isinstance(value, Markup):
            return value
        return Markup(self.literal(str(value)))


def _between(left: str, right: str) -> Wrap:
    return lambda text: f"{left}{text}{right}"


def _marked(mark: str) -> Wrap:
    def wrap(text: str) -> str:
        inner = text.strip()  # WhatsApp reads a mark only when no space stands inside it
        return f"{mark}{inner}{mark}" if inner else ""

    return wrap


def _each_line(prefix: str) -> Wrap:
    return lambda text: "\n".join(prefix + line for line in text.splitlines())


def _as_is(text: str) -> str:
    return text


def _html_literal(text: str) -> str:
    return str(escape(text))


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def _whatsapp_literal(text: str) -> str:
    return _EDGE_UNDERSCORE.sub(lambda match: "＿" * len(match[0]), text.translate(_TWINS))


HTML = Dress(
    name="html",
    literal=_html_literal,
    undress=_without_tags,
    bold=_between("<b>", "</b>"),
    italic=_between("<i>", "</i>"),
    code=_between("<code>", "</code>"),
    quote=_between("<blockquote>", "</blockquote>"),
    copy=_between("<pre>", "</pre>"),
)
WHATSAPP = Dress(
    name="whatsapp",
    literal=_whatsapp_literal,
    undress=_as_is,
    bold=_marked("*"),
    italic=_marked("_"),
    code=_marked("`"),
    quote=_each_line("> "),
    copy=_as_is,
)
PLAIN = Dress(
    name="plain",
    literal=_as_is,
    undress=_as_is,
    bold=_as_is,
    italic=_as_is,
    code=_as_is,
    quote=_each_line("> "),
    copy=_as_is,
)
DRESSES = {dress.name: dress for dress in (HTML, WHATSAPP, PLAIN)}
