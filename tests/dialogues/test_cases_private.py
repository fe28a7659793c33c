"""Health cases are the health role's alone: nobody else reads a word of them, or learns whether there are any."""

from db import roles
from db.roles import Role
from tests.chat import Player, button
from tests.factories import BY, SINCE, UPTD
from tests.stage import Stage

_HEALTH_WORDS = (
    "kesehatan", "health", "sehat", "risiko", "gejala", "kontak", "demam", "kasus", "K-", "kmk",
    "besar", "klinik", "periksa", "sakit", "puskesmas", "nomor", "catatan", "ringan",
)  # fmt: skip


async def _ill(who: Player, numbers: str = "5 6") -> None:
    await who.says("sehat")
    await who.says(numbers)
    await who.taps("Selesai")
    await who.taps("Kirim")


async def _opens(dewi: Player) -> None:
    await dewi.says("/kasus")
    await dewi.taps(next(label for label in dewi.choices if "Ana" in label))


async def _appoint(stage: Stage, who: Player, unit: str | None) -> None:
    async with stage.db.transaction() as tx:
        await roles.grant(
            tx, person_id=who.person_id, role=Role.HEALTH, unit_code=unit, valid_from=SINCE, by=BY,
            now=stage.clock.now(),
        )  # fmt: skip


async def test_nobody_without_the_role_learns_whether_there_are_cases(
    stage: Stage, ana: Player, boris: Player, clara: Player, dewi: Player, eko: Player
) -> None:
    """A10: the same answer to the same question, before and after there is something to know."""
    asks = ("/kasus", "kasus Ana", "Ana sakit apa?", "kenapa Ana tidak masuk", "hasil kesehatan Ana")
    before = {(who, said): await _answer(stage, who, said) for who in (boris, clara, eko) for said in asks}
    await _ill(ana)
    for (who, said), answered in before.items():
        assert await _answer(stage, who, said) == answered
    opens = button(dewi, "Buka kasus")
    for who in (boris, clara, eko):
        await who.presses(**opens)
        who.sees_no("Ana", "kasus")


async def _answer(stage: Stage, who: Player, said: str) -> list[str]:
    stage.moves_to("2020-06-15 09:00")
    await who.says(said)
    texts = list(who.texts)
    stage.passes(120)
    await who.says("batal")
    return texts


async def test_an_officer_of_one_unit_sees_only_those_below_it(
    stage: Stage, ana: Player, clara: Player, dewi: Player
) -> None:
    """A10"""
    await _appoint(stage, clara, UPTD)
    await _ill(ana)
    assert clara.seen == []
    await clara.says("/kasus")
    clara.sees("Tidak ada kasus")
    await _ill(dewi, "6")
    clara.sees("Kasus kesehatan baru", "Dewi Anggraini")
    await clara.says("/kasus")
    clara.sees_choices("1 Dewi Anggraini", "Menu")


async def test_an_officer_does_not_decide_their_own_case_while_another_is_there(
    stage: Stage, clara: Player, dewi: Player
) -> None:
    await _ill(dewi)
    await dewi.says("/kasus")
    await dewi.says("1")
    dewi.can_tap("Boleh masuk kantor")
    await _appoint(stage, clara, None)
    await dewi.taps("Boleh masuk kantor")
    dewi.sees("kasus Anda sendiri", "petugas kesehatan lain")


async def test_what_those_above_read_never_holds_a_health_word(
    stage: Stage, ana: Player, dewi: Player, boris: Player, clara: Player
) -> None:
    """V03: whatever Dewi does, in whatever order."""
    await _ill(ana)
    for action, then in (
        ("Sudah dihubungi", "Simpan"),
        ("Perpanjang", "+7 hari"),
        ("Perpanjang", "+14 hari"),
        ("Boleh masuk kantor", "Mulai hari ini"),
    ):
        await _opens(dewi)
        await dewi.taps(action)
        await dewi.says("batuk ringan") if action == "Sudah dihubungi" else None
        await dewi.taps(then)
        if action == "Perpanjang":
            await dewi.says("demam")
            await dewi.taps("Simpan")
    told = "\n".join(message.text for message in boris.seen)
    assert len(boris.seen) == 3
    assert [word for word in _HEALTH_WORDS if word.casefold() in told.casefold()] == []
    assert clara.seen == []


async def test_the_audit_and_the_open_columns_hold_no_health_word(
    stage: Stage, ana: Player, dewi: Player
) -> None:
    """V03, V07"""
    await _ill(ana)
    await _opens(dewi)
    await dewi.taps("Sudah dihubungi")
    await dewi.says("batuk ringan")
    await dewi.taps("Simpan")
    audited = [dict(row) for row in await stage.rows("SELECT actor, action, subject, detail FROM audit")]
    assert {"case_opened", "case_contacted"} <= {row["action"] for row in audited}
    kept = [*await stage.rows("SELECT * FROM health_cases"), *await stage.rows("SELECT * FROM case_events")]
    plain = repr([*audited, *map(dict, kept)]).casefold()
    assert [word for word in ("batuk", "ringan", "besar", "gejala", "kmk", "sakit") if word in plain] == []
