"""What /metrics shows: what was counted here, and how things stand in the database."""

from datetime import timedelta

from bot.delivery import Delivery
from bot.metrics import Metrics
from bot.opening import Office
from bot.pacing import Lane
from db import pauses
from db.sending import outbox


async def figures(office: Office, metrics: Metrics, delivery: Delivery, *, channel: str) -> str:
    """Return the page. A lane that the platform told to wait shows the seconds that are left (fault C08)."""
    for became, number in delivery.counts.items():
        metrics.gauge("sends_total", number, became=became)
    real = office.clock.real()
    async with office.db.reading() as tx:
        waiting = await outbox.waiting(tx)
        paused = {
            each.what: each.until - real for each in await pauses.in_force(tx, channel=channel, real_now=real)
        }
    for lane in Lane:
        left = paused.get(lane.value, timedelta()).total_seconds()
        metrics.gauge("send_paused_seconds", left, channel=channel, lane=lane.value)
    return metrics.page(at=office.clock.seconds(), waiting=waiting)
