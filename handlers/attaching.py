"""Taking a photo or a document: noted now, fetched after the commit, by bot/work.py, outside the transaction."""

from db import files, work
from db.files import Kind
from handlers.flow import Context
from handlers.update import Attached

FETCH = "fetch"  # the kind of work


async def take(ctx: Context, attached: Attached, *, kind: Kind) -> str:
    """Note a file that somebody handed in, and have it fetched; return its key (db/files.py)."""
    file_id = await files.want(
        ctx.db, person_id=ctx.me.id, kind=kind, name=attached.name or "foto", now=ctx.now
    )
    task = {
        "file": file_id,
        "channel": ctx.sender.channel,
        "address": ctx.sender.address,
        "key": attached.key,
        "person": ctx.me.id,
        "locale": ctx.locale,
    }
    await work.add(ctx.db, ctx.seal, kind=FETCH, task=task, once=f"{FETCH}:{file_id}", now=ctx.now)
    return file_id
