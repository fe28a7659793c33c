"""Words a stored message for one channel: its text, cut to size, and its choices in the channel's form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.base import Capabilities, Outgoing, Shown
from bot.cutting import cut, shortened, units
from bot.dress import DRESSES
from bot.labels import HINT_UNITS, Labels
from bot.templating import LOCALES, Templates
from db.sending.outbox import OutboxMessage
from handlers.update import Choice, Look

REPEATED = "common/repeated"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """How a message's choices are shown; `lines` go below the text where there is nothing to press."""

    shown: tuple[Shown, ...] = ()
    look: Look = Look.BUTTONS
    lines: str = ""
    list_title: str = ""


class Renderer:
    """Turns names and parameters into words. The same message gives the same parts, however often."""

    def __init__(self, templates: Templates | None = None, labels: Labels | None = None) -> None:
        self._templates = templates or Templates()
        self._labels = labels or Labels()

    def label(self, choice: Choice, *, locale: str) -> str:
        """Return the words on the button. Raises LabelMissing."""
        return choice.words or self._labels.label(choice.label or choice.value, locale=_known(locale))

    def word(self, message: str, params: Mapping[str, Any], *, locale: str, markup: str) -> str:
        """Return the text of a message. Raises TemplateMissing or ParamsWrong."""
        return self._templates.word(message, params, locale=_known(locale), markup=markup)

    def outgoing(self, message: OutboxMessage, capabilities: Capabilities) -> list[Outgoing]:
        """Return the message in one or more parts, the choices on the last. Raises RenderError."""
        body, locale = message.body, _known(message.locale)
        offer = self._offer(body, capabilities, locale=locale)
        texts = self._texts(message, offer, capabilities, locale=locale)
        undress = DRESSES[capabilities.markup].undress
        parts = [Outgoing(address=message.address, text=text, plain=undress(text)) for text in texts[:-1]]
        last = Outgoing(
            address=message.address,
            text=texts[-1],
            plain=undress(texts[-1]),
            shown=offer.shown,
            look=offer.look,
            list_title=offer.list_title,
            leaves=bool(body.get("leaves")),
            removes_keyboard=capabilities.has_keyboards and _asks_for_text(body),
        )
        file = str(body.get("file") or "")
        return with_file([*parts, last], file, most=capabilities.caption_units) if file else [*parts, last]

    def _texts(
        self, message: OutboxMessage, offer: Offer, capabilities: Capabilities, *, locale: str
    ) -> list[str]:
        markup = capabilities.markup
        text = self.word(message.message, message.body.get("params") or {}, locale=locale, markup=markup)
        if offer.lines:
            text += "\n\n" + DRESSES[markup].literal(offer.lines)
        if message.is_repeat:
            text += "\n\n" + self.word(REPEATED, {}, locale=locale, markup=markup)
        return cut(text, most=capabilities.text_units, has_tags=markup == "html")

    def _offer(self, body: Mapping[str, Any], capabilities: Capabilities, *, locale: str) -> Offer:
        choices = self._shown(body.get("choices") or (), capabilities, locale=locale)
        if not choices:
            return Offer()
        if capabilities.has_keyboards and (
            body.get("look") == Look.KEYBOARD or any(choice.asks_contact for choice in choices)
        ):
            return Offer(shown=choices, look=Look.KEYBOARD)
        if len(choices) <= capabilities.buttons and _fit(choices, capabilities.button_chars):
            return Offer(shown=choices)
        if len(choices) <= capabilities.list_rows:
            rows = tuple(_row(choice, capabilities.row_chars) for choice in choices)
            return Offer(shown=rows, list_title=self._labels.label("list_title", locale=locale))
        return Offer(lines="\n".join(f"{number}. {choice.label}" for number, choice in enumerate(choices, 1)))

    def _shown(
        self, choices: Sequence[Mapping[str, Any]], capabilities: Capabilities, *, locale: str
    ) -> tuple[Shown, ...]:
        return tuple(
            Shown(
                label=choice.get("words") or self._labels.label(_label_name(choice), locale=locale),
                hint=self._labels.hint(choice["hint"], locale=locale) if choice.get("hint") else "",
                data=choice.get("data") or choice.get("value", ""),
                asks_contact=bool(choice.get("asks_contact")),
            )
            for choice in choices
            if capabilities.asks_contact or not choice.get("asks_contact")
        )


def with_file(parts: Sequence[Outgoing], file: str, *, most: int) -> list[Outgoing]:
    """Return the parts with a file: under it their text, if it fits there; else the text as a message of its own.

    No platform shows a list below a file; then the file comes first, so that the list stays at the end.
    """
    last = parts[-1]
    bare = Outgoing(address=last.address, text="", plain="", file=file)
    if last.list_title:
        return [bare, *parts]
    if len(parts) == 1 and units(last.text) <= most:
        return [replace(last, file=file)]
    text = Outgoing(address=last.address, text=last.text, plain=last.plain)
    return [*parts[:-1], text, replace(last, text="", plain="", file=file)]


def _label_name(choice: Mapping[str, Any]) -> str:
    return str(choice.get("label") or choice.get("value", ""))


def _known(locale: str) -> str:
    return locale if locale in LOCALES else LOCALES[0]


def _fit(choices: Sequence[Shown], most: int) -> bool:
    return all(units(choice.label) <= most for choice in choices)


def _row(choice: Shown, most: int) -> Shown:
    if units(choice.label) <= most:
        return choice
    hint = choice.hint or shortened(choice.label, HINT_UNITS)
    return Shown(label=shortened(choice.label, most), data=choice.data, hint=hint)


def _asks_for_text(body: Mapping[str, Any]) -> bool:
    """Whether a prompt awaits typing only, so that an older prompt's keyboard must go."""
    return body.get("look") == Look.KEYBOARD and not body.get("choices") and not body.get("home")
