"""The cast and their chats: what somebody does becomes a platform's payload, and what the bot answers is seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.channels.base import Attachment, Shown
from bot.clock import Clock
from handlers.update import Look

if TYPE_CHECKING:
    from tests.stage import Stage

THINKS = 3.0  # seconds between two acts of a person, unless a test says otherwise


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A message as a chat shows it: its text without marks, and what can be tapped."""

    key: str
    text: str
    raw: str
    shown: tuple[Shown, ...]
    look: Look
    file: Attachment | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(shown.label for shown in self.shown)


@dataclass(eq=False)
class Player:
    """Somebody with a phone. `seen` is the whole chat; `fresh` what came since they last did something."""

    stage: "Stage"
    name: str
    id: int
    phone: str
    locale: str = "id"
    person_id: str = ""
    seen: list[Seen] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    keyboard: tuple[Shown, ...] = ()
    _since: int = 0

    @property
    def address(self) -> str:
        return str(self.id) if self.stage.is_telegram else self.phone.lstrip("+")

    # What they do.

    async def says(self, text: str, *, after: float = THINKS) -> None:
        """Type a text and send it."""
        at = self._acts(after)
        await self.stage.deliver(self.stage.platform.text(self, text, at=at))

    async def taps(self, label: str, *, after: float = THINKS) -> None:
        """Tap what is called `label`: a key of the keyboard sends its words, a button what is behind it."""
        if any(key.label == label for key in self.keyboard):
            await self.says(label, after=after)
            return
        message = self._showing(label)
        data = next(shown.data for shown in message.shown if shown.label == label)
        await self.presses(data, message=message.key, after=after)

    async def presses(self, data: str, *, message: str = "1", after: float = THINKS) -> None:
        """Press a button that carries `data`, whoever it was made for."""
        at = self._acts(after)
        await self.stage.deliver(self.stage.platform.press(self, data, at=at, message=message))

    async def shares_contact(self, phone: str = "", *, own: bool = True, after: float = THINKS) -> None:
        """Share a contact: one's own by the button that asks for it, or another's card."""
        at = self._acts(after)
        await self.stage.deliver(self.stage.platform.contact(self, phone or self.phone, at=at, is_own=own))

    async def sends(
        self,
        kind: str,
        *,
        album: str | None = None,
        caption: str = "",
        name: str = "",
        body: bytes | None = None,
        after: float = THINKS,
    ) -> None:
        """Send something that is not text. A photo or document is a small real one, unless its bytes are given."""
        at = self._acts(after)
        key = self.stage.channel.uploads.put(kind, body=body, name=name)
        await self.stage.deliver(
            self.stage.platform.media(self, kind, at=at, album=album, caption=caption, key=key)
        )

    async def forwards(self, text: str, *, after: float = THINKS) -> None:
        """Pass on what somebody else wrote."""
        at = self._acts(after)
        await self.stage.deliver(self.stage.platform.forward(self, text, at=at))

    async def edits(self, text: str, *, message: int | None = None, after: float = THINKS) -> None:
        """Change the words of one's last message (Telegram only)."""
        at = self._acts(after)
        await self.stage.deliver(self.stage.telegram.edit(self, text, at=at, message=message))

    async def blocks(self) -> None:
        """Stop the bot (Telegram only)."""
        await self.stage.deliver(self.stage.telegram.membership(self, "kicked", at=self._acts(THINKS)))

    async def returns(self) -> None:
        """Let the bot in again (Telegram only)."""
        await self.stage.deliver(self.stage.telegram.membership(self, "member", at=self._acts(THINKS)))

    def _acts(self, after: float) -> int:
        self.stage.passes(after)
        self._since = len(self.seen)
        return int(self.stage.clock.now().timestamp())

    # What they see.

    @property
    def fresh(self) -> Sequence[Seen]:
        return self.seen[self._since :]

    @property
    def texts(self) -> list[str]:
        """The texts that came since the last act."""
        return [seen.text for seen in self.fresh]

    @property
    def files(self) -> list[Attachment]:
        """The pictures and documents that came since the last act."""
        return [seen.file for seen in self.fresh if seen.file]

    @property
    def last(self) -> str:
        """The text that came last, whenever that was."""
        return self.seen[-1].text if self.seen else ""

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be tapped at the end of the chat."""
        if self.seen and self.seen[-1].shown:
            return self.seen[-1].labels
        return tuple(key.label for key in self.keyboard)

    def sees(self, *fragments: str) -> None:
        """Fail unless each fragment stands in what came since the last act."""
        whole = "\n".join(self.texts)
        for fragment in fragments:
            assert fragment.casefold() in whole.casefold(), (
                f"{self.name} does not see {fragment!r} but:\n{whole}"
            )

    def sees_no(self, *fragments: str) -> None:
        """Fail if any fragment stands in what came since the last act."""
        whole = "\n".join(self.texts)
        for fragment in fragments:
            assert fragment.casefold() not in whole.casefold(), f"{self.name} sees {fragment!r} in:\n{whole}"

    def sees_choices(self, *labels: str) -> None:
        """Fail unless these, and nothing else, can be tapped."""
        assert self.choices == labels, f"{self.name} can tap {self.choices}"

    def can_tap(self, *labels: str) -> None:
        """Fail unless all of these can be tapped."""
        assert set(labels) <= set(self.choices), f"{self.name} can tap {self.choices}"

    def sees_nothing(self) -> None:
        """Fail if anything came since the last act."""
        assert not self.fresh, f"{self.name} sees {self.texts}"

    def gets(self, seen: Seen, *, removes_keyboard: bool) -> None:
        """Take in a message that arrived."""
        self.seen.append(seen)
        if seen.look is Look.KEYBOARD and seen.shown:
            self.keyboard = seen.shown
        elif removes_keyboard:
            self.keyboard = ()

    def _showing(self, label: str) -> Seen:
        for message in reversed(self.seen):
            if label in message.labels and message.look is Look.BUTTONS:
                return message
        raise AssertionError(f"{self.name} sees no {label!r}; there is {self.choices} under {self.last!r}")


class MovedClock(Clock):
    """A clock that stands still until somebody acts or a test moves it."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment  # first: the clock takes down when it began
        super().__init__()

    def now(self) -> datetime:
        return self._moment

    def real(self) -> datetime:
        return self._moment

    def seconds(self) -> float:
        return self._moment.timestamp()

    def uptime(self) -> float:
        return self._moment.timestamp()

    def move_to(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def pass_by(self, seconds: float) -> None:
        self._moment += timedelta(seconds=seconds)


def button(player: Player, label: str) -> dict[str, Any]:
    """Return what is behind a button that somebody sees: for tests that press it from elsewhere."""
    message = player._showing(label)
    shown = next(shown for shown in message.shown if shown.label == label)
    return {"data": shown.data, "message": message.key}


async def agrees(player: Player) -> None:
    """Say hello for the first time, and accept the privacy notice."""
    await player.says("halo")
    await player.taps("Setuju")
