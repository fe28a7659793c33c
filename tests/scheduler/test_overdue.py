"""What is overdue is told to the head, again, then up; in working hours only; to who leads then; it ends by itself."""

from tests.scheduler.alerting import looks, morning, the_alerts
from tests.stage import Stage


async def test_the_head_is_told_once_who_has_not_reported_half_an_hour_after_the_deadline(
    stage: Stage,
) -> None:
    boris, ana, clara, dewi = (stage.players[name] for name in ("boris", "ana", "clara", "dewi"))
    await morning(stage, boris, dewi)
    assert await looks(stage, "2020-06-15 09:29") == 0
    boris.sees_nothing()
    assert await looks(stage, "2020-06-15 09:30") == 1
    boris.sees("2 dari 3 pegawai", "Ana Lestari: kesehatan (batas 08.30), rencana (batas 09.00)", "09.30 WIB")
    boris.sees_choices("Saya tangani", "Ingatkan mereka", "Pilihan lain")
    assert await looks(stage, "2020-06-15 09:31") == 0
    for other in (boris, ana, clara, dewi):
        other.sees_nothing()
    assert await the_alerts(stage) == [("morning", "open", 0, 1)]
