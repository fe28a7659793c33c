"""`piket absence import FILE`: absences that the office knows from elsewhere; first a look, then all or nothing."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import count
from handlers.admin.importing.absence_rows import read_absences
from handlers.admin.importing.absences import (
    AbsenceOutlook,
    AbsencesRefused,
    look_at_absences,
    write_absences,
)

_MOST_LINES = 40


@click.group("absence")
def group() -> None:
    """Leave, travel and other absences."""


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "applies", is_flag=True, help="Write it. Without this, nothing is written.")
def import_absences(file: Path, *, applies: bool) -> None:
    """Import absences from a CSV FILE, as a whole or not at all.

    \b
    It has one row an absence, with the columns
      nip, jenis, dari, sampai         (needed; dates like 2020-06-22, both included)
      bagian (pagi or siang: half of each day), surat (number of the letter)
    jenis: cuti tahunan, cuti besar, cuti alasan penting, cuti di luar tanggungan negara, cuti sakit,
      cuti melahirkan, izin, diklat, tugas belajar, dibebaskan sementara, dinas luar
    """

    content = read_absences(file.read_bytes())

    async def work(errand: Errand) -> None:
        async with errand.office.db.reading() as tx:
            outlook = await look_at_absences(tx, content, on=errand.today, now=errand.now)
        click.echo("\n".join(_report(outlook, file=file.name, applies=applies)))
        if outlook.problems:
            problems = count(len(outlook.problems), "problem")
            raise AbsencesRefused(f"Nothing was imported: {problems}. Mend the file and try again.")
        if not outlook.new:
            click.echo("All of it is known already; there is nothing to write.")
            return
        if not applies:
            click.echo(f"Nothing was written. To write it: piket absence import {file} --apply")
            return
        async with errand.office.db.transaction() as tx:  # as it is now that nobody else writes
            outlook = await look_at_absences(tx, content, on=errand.today, now=errand.now)
            await write_absences(tx, outlook, by=errand.by, now=errand.now, file=file.name)
        click.echo("Written. Schedules follow at once.")

    run_errand(work)


def _report(outlook: AbsenceOutlook, *, file: str, applies: bool) -> Iterator[str]:
    yield f"{file}{'' if applies else ' (only a look: nothing is written)'}"
    yield f"Absences: {len(outlook.new):,} new, {outlook.known:,} known already."
    kinds = Counter(row.kind.value for _, row in outlook.new)
    if kinds and not outlook.problems:
        yield f"New: {', '.join(f'{kind} {times}' for kind, times in kinds.most_common())}."
    yield from _listed("Look at", list(outlook.notes))
    yield from _listed("Problems", [str(problem) for problem in outlook.problems])


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"  … and {len(lines) - _MOST_LINES:,} more."
