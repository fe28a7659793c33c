"""`piket agency rota`: when rotas are drawn and published; what cannot be is refused with a sentence."""

from datetime import date, datetime
from typing import Any

import pytest

from db.engine import Db
from db.rota import settings as rota_settings
from handlers.admin import rotas
from handlers.admin.refusal import AdminRefused
from tests.factories import AGENCY, UPTD, open_office

FROM = date(2020, 6, 15)


async def _state(db: Db, now: datetime, **given: Any) -> rotas.Stated:
    async with db.transaction() as tx:
        usual = {"agency_code": AGENCY, "draw": None, "publish": None, "swap": None}
        return await rotas.state(tx, **{**usual, **given}, valid_from=FROM, by="op", now=now)


async def test_what_is_given_is_recorded_and_the_rest_stays(db: Db, now: datetime) -> None:
    await open_office(db, now=now)
    stated = await _state(db, now)
    assert (stated.draw, stated.publish, stated.swap) == ("Kamis 09:00", "Jumat 12:00", "told")
    await _state(db, now, draw="rabu 08.30", swap="approve")
    stated = await _state(db, now, publish="Kamis 16:00")
    assert (stated.draw, stated.publish, stated.swap) == ("Rabu 08:30", "Kamis 16:00", "approve")
    async with db.reading() as tx:
        hours = await rota_settings.hours(tx, agency_code=AGENCY, on=FROM, now=now)
        rule = await rota_settings.swap_rule(tx, unit_code=UPTD, on=FROM, now=now)
    assert (str(hours.draw_at), str(hours.publish_at), rule) == ("2 08:30", "3 16:00", "approve")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"draw": "someday"}, "Kamis 09:00"),
        ({"draw": "Kamis 25:00"}, "Kamis 09:00"),
        ({"draw": "Jumat 13:00"}, "they are drawn only on Jumat 13:00"),
        ({"agency_code": UPTD}, AGENCY),
        ({"agency_code": "NOWHERE"}, "NOWHERE"),
    ],
)
async def test_what_cannot_be_is_refused(db: Db, now: datetime, given: dict[str, str], says: str) -> None:
    await open_office(db, now=now)
    with pytest.raises(AdminRefused, match=says):
        await _state(db, now, **given)
