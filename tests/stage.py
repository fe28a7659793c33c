"""A stage: one database, one office, one platform, the real way in and out, and a clock that tests move."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.channels.base import FetchFailure, Outgoing, SendFailure, Sent
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_markup import markup_of
from bot.delivery import Delivery
from bot.documents.printing import Printing
from bot.documents.trades import MAKERS
from bot.fetching import Fetching
from bot.intake import Intake
from bot.metrics import Metrics
from bot.pacing import Rates
from bot.render import Renderer
from bot.work import Worker
from db import identities
from db.engine import Db
from db.sealed import Seal
from handlers import notice
from handlers.attaching import FETCH
from handlers.dispatch import Dispatch
from policy.book import Book
from simulator.html_mode import parse_html
from tests import factories
from tests.chat import MovedClock, Player, Seen
from tests.narrow import NAME, NarrowChannel
from tests.platforms import BOT, NarrowPayloads, Platform, TelegramPayloads
from tests.uploads import Uploads

CHANNELS = ("telegram", NAME)
LOCAL = ZoneInfo("Asia/Jakarta")
BOOK = Book.shipped()  # read once: what is shipped never changes while tests run
RENDERER = Renderer()
UNPACED = Rates(bulk=1e6, bulk_burst=1e6, urgent=1e6, urgent_burst=1e6, chat=1e6, chat_burst=1e6)
EKO = ("Eko", "+6281299999999")
IDS = {"ana": 1001, "boris": 1002, "clara": 1003, "dewi": 1004, "eko": 1005}


class TelegramOnStage(TelegramChannel):
    """The real channel; in place of the network, a list of what was sent and of the notes on pressed buttons."""

    def __init__(self, clock: MovedClock) -> None:
        super().__init__("1:stage", now=clock.now, username=BOT["username"])
        self.sent: list[Outgoing] = []
        self.notes: list[str] = []
        self.uploads = Uploads()

    async def send(self, message: Outgoing) -> Sent | SendFailure:
        markup_of(message)
        if message.file:
            assert message.attachment is not None, "a file without its bytes"
            assert len(parse_html(message.text).text) <= self.capabilities.caption_units
        self.sent.append(message)
        return Sent(key=str(2 * len(self.sent)))

    async def fetch(self, key: str, *, most: int) -> bytes | FetchFailure:
        return self.uploads.fetch(key, most=most)

    async def acknowledge(self, callback: str, text: str) -> None:
        self.notes.append(text)


class Stage:
    """Where the cast plays. `players` are by first name; `groups` keeps what was said where others read along."""

    def __init__(self, db: Db, seal: Seal, *, channel: str, now: datetime) -> None:
        self.db, self.seal = db, seal
        self.clock = MovedClock(now)
        self.is_telegram = channel == "telegram"
        self.telegram = TelegramPayloads()
        self.platform: Platform = self.telegram if self.is_telegram else NarrowPayloads()
        self.channel: Any = TelegramOnStage(self.clock) if self.is_telegram else NarrowChannel()
        self.players: dict[str, Player] = {}
        self.groups: list[Outgoing] = []
        self.delivered = 0
        self.printing = Printing()
        self.restarts()

    async def opens(self, *, linked: bool) -> None:
        """Let the cast come in; `linked` when they have all enrolled already."""
        ids = await factories.open_office(self.db, now=self.clock.now())
        cast = {factories.first_name(who): (who.name.split()[0], who.phone) for who in factories.OFFICE} | {
            "eko": EKO
        }
        for key, (name, phone) in cast.items():
            person_id = ids.get(key, "")
            self.players[key] = Player(self, name=name, id=IDS[key], phone=phone, person_id=person_id)
        if linked:
            chats = {player.person_id: player.address for player in self.players.values() if player.person_id}
            await factories.link_chats(
                self.db, chats, channel=self.channel.name, version=notice.VERSION, now=self.clock.now()
            )

    def restarts(self) -> None:
        """Let everything go that is in memory; the database stays."""
        wording = RENDERER
        BOOK.added.clear()  # another database may have added another text under the same name
        self.dispatch = Dispatch(self.db, seal=self.seal, book=BOOK, wording=wording, clock=self.clock)
        self.delivery = Delivery(
            self.db,
            self.seal,
            {self.channel.name: self.channel},
            RENDERER,
            self.clock,
            is_only_service=True,
            rates={self.channel.name: UNPACED},
        )
        self.intake = Intake(
            channel=self.channel,
            dispatch=self.dispatch,
            renderer=RENDERER,
            metrics=Metrics(),
            clock=self.clock,
            wake=self.delivery.wake,
        )
        trades = {
            FETCH: Fetching({self.channel.name: self.channel}, self.seal),
            **{
                kind: make(self.db, self.seal, self.printing, book=BOOK, clock=self.clock)
                for kind, make in MAKERS
            },
        }
        self.worker = Worker(self.db, self.seal, trades, self.clock, service="stage")

    async def closes(self) -> None:
        """Let go of everything."""
        await self.intake.close()
        await self.printing.close()
        await self.channel.close()

    def moves_to(self, local: str) -> None:
        """Let it be this moment in Lampung, such as "2020-06-15 17:05"."""
        self.clock.move_to(datetime.fromisoformat(local).replace(tzinfo=LOCAL))

    def passes(self, seconds: float) -> None:
        self.clock.pass_by(seconds)

    def another(
        self, name: str, *, like: Player | None = None, id: int = 2001, phone: str = "+6281277777777"
    ) -> Player:
        """Return somebody else, or another phone of the same person."""
        key = f"{name}:{id}"
        person_id = like.person_id if like else ""
        self.players[key] = Player(self, name=name, id=id, phone=phone, person_id=person_id)
        return self.players[key]

    async def deliver(self, *bodies: bytes) -> None:
        """Bring payloads as the platform does, in their order, and show everybody what is answered."""
        await self.intake.take_bodies(bodies)
        await self.drains()

    async def works(self) -> None:
        """Do what is due of the heavy work (files fetched, documents made), and send what comes of it."""
        while await self.worker.drain_once():
            pass
        await self.drains()

    async def drains(self) -> None:
        """Send what is due."""
        while await self.delivery.drain_once():
            pass
        for number, message in enumerate(self.channel.sent[self.delivered :], self.delivered + 1):
            self._show(message, key=str(2 * number))
        self.delivered = len(self.channel.sent)

    async def code_for(self, player: Player) -> str:
        """Return a one-time code that the office has just given to somebody."""
        return await factories.code_for(self.db, self.seal, player.person_id, now=self.clock.now())

    async def unlinks(self, player: Player) -> None:
        """Let somebody's chat belong to nobody, as an admin can."""
        async with self.db.transaction() as tx:
            await identities.unlink(
                tx, channel=self.channel.name, address=player.address, now=self.clock.now()
            )

    async def rows(self, sql: str, **values: Any) -> Sequence[Any]:
        """Return what stands in the database."""
        async with self.db.reading() as tx:
            return await tx.all(sql, **values)

    def _show(self, message: Outgoing, *, key: str) -> None:
        text = parse_html(message.text).text if self.is_telegram else message.text
        seen = Seen(
            key=key,
            text=text,
            raw=message.text,
            shown=message.shown,
            look=message.look,
            file=message.attachment,
        )
        for player in self.players.values():
            if player.address == message.address:
                player.gets(seen, removes_keyboard=message.removes_keyboard)
                return
        self.groups.append(message)
