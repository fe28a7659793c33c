"""Fetching the photos and documents that people hand in: size, kind by the bytes, hash, seal (the work `fetch`)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.channels.base import Channel, FetchFailure, Unfetched
from bot.filetypes import type_of
from bot.work import Ended, Later
from db import files
from db.engine import Tx
from db.sealed import Seal
from db.sending import outbox
from db.work import Work
from handlers.update import Class

MOST_BYTES = 5 * 1024 * 1024
TOLD_FOR = timedelta(days=7)


class Fetching:
    """Fetches files from the channels they came by."""

    most_tries = 20  # over two hours: a platform that is down for half an hour loses nobody's proof

    def __init__(self, channels: Mapping[str, Channel], seal: Seal) -> None:
        self._channels = channels
        self._seal = seal

    async def do(self, work: Work) -> Ended | Later:
        """Fetch one file; keep it, or say why not."""
        channel = self._channels.get(work.task["channel"])
        if channel is None:
            return Later(says="its channel is not connected")
        found = await channel.fetch(work.task["key"], most=MOST_BYTES)
        if isinstance(found, FetchFailure):
            return self._unfetched(work, found)
        type = type_of(found)
        if type is None:
            return self._refused(work, "type")
        return Ended(because="kept", write=partial(self._keep, work, type, found))

    def give_up(self, work: Work, *, because: str) -> Ended:
        """Refuse the file, and ask for it once more."""
        return self._refused(work, "gone", because=because)

    def _unfetched(self, work: Work, failure: FetchFailure) -> Ended | Later:
        if failure.why is Unfetched.RETRY:
            return Later(says=failure.says, seconds=failure.seconds)
        return self._refused(work, failure.why.value)

    def _refused(self, work: Work, why: str, *, because: str = "") -> Ended:
        return Ended(because=because or f"refused: {why}", write=partial(self._refuse, work, why))

    async def _keep(self, work: Work, type: str, body: bytes, tx: Tx, now: datetime) -> None:
        await files.keep(tx, self._seal, file_id=work.task["file"], type=type, body=body, now=now)

    async def _refuse(self, work: Work, why: str, tx: Tx, now: datetime) -> None:
        task = work.task
        known = await files.of(tx, file_id=task["file"])
        await files.refuse(tx, file_id=task["file"], because=why, now=now)
        params = {"name": known.name if known else "", "because": why, "most": MOST_BYTES // 1024**2}
        await outbox.add(
            tx,
            self._seal,
            channel=task["channel"],
            address=task["address"],
            person_id=task["person"],
            urgency=Class.ANSWER,
            message="common/file_refused",
            locale=task["locale"],
            body={"params": params},
            once=f"file_refused:{task['file']}",
            now=now,
            expires_at=now + TOLD_FOR,
        )
