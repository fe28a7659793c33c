"""The database knows its key, its bot, whether it is a demo's, and whether the last service stopped in order."""

import pytest

from db import meta
from db.engine import Db
from db.errors import Refused
from db.sealed import Seal, new_key, seal_from


async def test_d11_a_wrong_key_is_refused_before_anything_is_written(db: Db, seal: Seal) -> None:
    async with db.transaction() as tx:
        await meta.check_key(tx, seal)
    other = seal_from(new_key())
    async with db.transaction() as tx:
        assert await meta.key_fits(tx, other) is False
        with pytest.raises(
            Refused, match=f"another key than PIKET_KEY \\(fingerprint {other.fingerprint}\\)"
        ):
            await meta.check_key(tx, other)
        assert await meta.key_fits(tx, seal) is True


async def test_d11_after_a_new_key_the_older_one_alone_is_refused(db: Db) -> None:
    old, new = new_key(), new_key()
    async with db.transaction() as tx:
        await meta.check_key(tx, seal_from(old))
        await meta.check_key(tx, seal_from(f"{new},{old}"))
        with pytest.raises(Refused, match="another key"):
            await meta.check_key(tx, seal_from(old))
        await meta.check_key(tx, seal_from(new))


async def test_a_fresh_database_fits_any_key(db: Db, seal: Seal) -> None:
    async with db.reading() as tx:
        assert await meta.key_fits(tx, seal) is None


async def test_e09_another_bots_token_is_refused_until_it_is_meant(db: Db) -> None:
    async with db.transaction() as tx:
        await meta.check_bot(tx, bot="111111")
        await meta.check_bot(tx, bot="111111")
        with pytest.raises(
            Refused, match="belongs to the bot 111111, and PIKET_TELEGRAM_TOKEN is the token of 222222"
        ):
            await meta.check_bot(tx, bot="222222")
        await meta.check_bot(tx, bot="222222", may_change=True)
        with pytest.raises(Refused):
            await meta.check_bot(tx, bot="111111")


async def test_e10_a_demo_and_real_data_never_meet(db: Db) -> None:
    async with db.transaction() as tx:
        with pytest.raises(Refused, match="only runs on a database that it made itself"):
            await meta.check_demo(tx, is_wanted=True)
        await meta.check_demo(tx, is_wanted=False)
        await meta.flag_demo(tx)
        await meta.check_demo(tx, is_wanted=True)
        with pytest.raises(Refused, match="This database is a demo's"):
            await meta.check_demo(tx, is_wanted=False)


async def test_p01_an_unclean_stop_is_noticed_at_the_next_start(db: Db) -> None:
    async with db.transaction() as tx:
        assert await meta.mark_started(tx, service="one") is False
        assert await meta.mark_started(tx, service="one") is True
        assert await meta.mark_started(tx, service="two") is False
        await meta.mark_stopped(tx, service="one")
        assert await meta.mark_started(tx, service="one") is False
