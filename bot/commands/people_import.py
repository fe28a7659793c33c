"""`piket people import FILE`: first what would happen, and only with --apply does it happen."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.words import DAY, count
from db.units import Unit
from handlers.admin.importing.cells import FileRefused
from handlers.admin.importing.limits import MOST_BYTES
from handlers.admin.importing.plan import Plan
from handlers.admin.importing.reading import read
from handlers.admin.importing.service import ImportRefused, Outlook, carry_out, look, new_agencies
from policy.book import FROM_THE_START, Book
from policy.model import Circular

_MOST_LINES = 40


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "applies", is_flag=True, help="Write it. Without this, nothing is written.")
@click.option("--from", "valid_from", type=DAY, help="The day from which it holds; today if not given.")
@click.option(
    "--deactivate-missing", "deactivates", is_flag=True, help="Whoever is not in the file has left."
)
@click.option("--yes-deactivate", "typed", type=int, metavar="N", help="Confirms that N people leave.")
@click.option(
    "--without-circular", "is_bare", is_flag=True, help="New agencies go by no circular until one is used."
)
def import_people(
    file: Path,
    *,
    applies: bool,
    valid_from: date | None,
    deactivates: bool,
    typed: int | None,
    is_bare: bool,
) -> None:
    """Import people, units, regions and zones from a CSV or XLSX FILE, as a whole or not at all.

    \b
    A CSV, or an XLSX with one sheet, has one row a person, with the columns
      nip, nama, jenis (PNS, CPNS, PPPK, non-ASN), jenjang, kode_unit       (needed)
      jabatan, telepon, nip_atasan, kepala (ya for who leads the unit)
      fungsi (layanan, administrasi, lapangan), strategis (ya, tidak), lahir
      unit, jenis_unit, kode_unit_induk                                     (of units that are new)
      kode_wilayah, wilayah, kode_wilayah_induk, zona_waktu                 (of regions that are new)
    An XLSX may have sheets of its own for these: pegawai, unit, wilayah; wilayah also takes
      zona, zona_sejak, zona_sumber
    and so may CSV files named wilayah.csv and unit.csv, imported in this order before the people.
    """

    async def work(errand: Errand) -> None:
        content = read(_bytes(file), name=file.name)
        start, leaves = valid_from or errand.today, deactivates or typed is not None
        async with errand.office.db.reading() as tx:
            outlook = await look(tx, content, valid_from=start, now=errand.now)
        click.echo("\n".join(_report(outlook, file=file.name, start=start, applies=applies)))
        first = None if is_bare else Book.shipped().circular(FROM_THE_START)
        for line in _begins(new_agencies(outlook), first) if first else ():
            click.echo(line)
        if outlook.plan is None:
            problems = count(len(outlook.problems), "problem")
            raise ImportRefused(f"Nothing was imported: {problems}. Mend the file and try again.")
        if outlook.plan.is_empty and not (leaves and outlook.plan.missing):
            click.echo("All of it is known already; there is nothing to write.")
            return
        if not applies:
            click.echo(f"Nothing was written. To write it: {_command(file, valid_from)}")
            return
        async with errand.office.db.transaction() as tx:
            outlook = await look(
                tx, content, valid_from=start, now=errand.now
            )  # as it is now that nobody else writes
            await carry_out(
                tx,
                outlook,
                valid_from=start,
                by=errand.by,
                now=errand.now,
                file=file.name,
                deactivates=leaves,
                typed=typed,
                begins_with=first,
            )
        click.echo("Written. Next: piket people codes UNIT makes codes for those who have no chat yet.")

    run_errand(work)


def _bytes(file: Path) -> bytes:
    if file.stat().st_size > MOST_BYTES:
        raise FileRefused(
            f"{file.name} has {file.stat().st_size >> 20} MB; at most {MOST_BYTES >> 20} MB are read. A list of 20,000 "
            "people has about 3 MB: remove pictures and other sheets, or split it by agency."
        )
    return file.read_bytes()


def _command(file: Path, valid_from: date | None) -> str:
    start = f" --from {valid_from}" if valid_from else ""
    return f"piket people import {file}{start} --apply"


def _report(outlook: Outlook, *, file: str, start: date, applies: bool) -> Iterator[str]:
    how = "" if applies else " (only a look: nothing is written)"
    yield f"{file}, from {start}{how}"
    plan = outlook.plan
    if plan is not None:
        yield from _summary(plan)
    yield from _listed("Look at", list(outlook.notes))
    yield from _listed("Problems", [str(problem) for problem in outlook.problems])


def _summary(plan: Plan) -> Iterator[str]:
    changed_units = len(plan.units) - plan.new_units
    yield (
        f"People: {len(plan.newcomers):,} new, {len(plan.changes):,} changed, {plan.unchanged:,} unchanged, "
        f"{len(plan.missing):,} not in the file."
    )
    yield f"Units: {plan.new_units} new, {changed_units} changed."
    yield f"Regions: {len(plan.regions)} new or changed. Zones: {len(plan.zones)}."
    if plan.changes:
        fields = Counter(what for change in plan.changes for what in change.what)
        yield f"Changed: {', '.join(f'{what} {times}' for what, times in fields.most_common())}."
        yield from _listed(
            "Changes", [f"{change.row.name}: {', '.join(change.what)}" for change in plan.changes]
        )
    if plan.missing:
        share = 100 * len(plan.missing) / plan.compared
        yield (
            f"Not in the file, though at work in {', '.join(plan.agencies)}: {len(plan.missing)} of {plan.compared} "
            f"({share:.1f} %). They stay, unless you add --deactivate-missing."
        )
        yield from _listed("Missing", [member.name for member in plan.missing])


def _begins(agencies: list[Unit], first: Circular) -> Iterator[str]:
    for agency in agencies:
        yield (
            f"{agency.name} goes by {first.form} {first.number} ({first.issuer}) from {first.in_force.start} on, "
            f"until you decide otherwise: piket circular stop {first.id} --unit {agency.code} --from DAY."
        )


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        yield f"  … and {len(lines) - _MOST_LINES:,} more."
