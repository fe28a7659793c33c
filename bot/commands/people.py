"""`piket people …`: who works here, and the codes by which they prove it."""

import click

from bot.commands.errand import Errand, run_errand
from bot.commands.people_import import import_people
from bot.commands.people_one import function, override, trait
from bot.commands.words import count, table
from db import staff, units
from db.staff import Member
from handlers.admin.codes import Handed, hand_out
from handlers.admin.refusal import AdminRefused
from policy.nip import grouped


@click.group("people")
def group() -> None:
    """Import people, list them, make codes for them, and record what is theirs alone."""


for command in (import_people, trait, function, override):
    group.add_command(command)


@group.command("codes")
@click.argument("unit")
@click.option(
    "--again", is_flag=True, help="Also for people whose last code still works; that one then does not."
)
def codes(unit: str, *, again: bool) -> None:
    """Make one-time codes for the people of UNIT, and of the units below it, who have no chat yet."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.transaction() as tx:
            handed = await hand_out(
                tx, errand.office.seal, unit_code=unit, again=again, by=errand.by, now=errand.now
            )
        click.echo(_handed(handed, unit=unit))

    run_errand(work)


@group.command("list")
@click.argument("unit")
def list_people(unit: str) -> None:
    """List the people of UNIT and of the units below it."""

    async def work(errand: Errand) -> None:
        async with errand.office.db.reading() as tx:
            below = await units.under(tx, code=unit)
            everybody = await staff.members(tx, on=errand.today, now=errand.now)
        if not below:
            raise AdminRefused(
                f"There is no unit {unit}. `piket agency list` shows the agencies and their codes."
            )
        here = [member for member in everybody if member.is_active and member.unit_code in below]
        click.echo(table(("NIP", "NAME", "UNIT", "POST", "CHAT"), [_line(member) for member in here]))
        click.echo(
            f"{count(len(here), 'person', 'people')}, {sum(each.is_linked for each in here)} with a chat."
        )

    run_errand(work)


def _line(member: Member) -> tuple[str, ...]:
    chat = "linked" if member.is_linked else "has a code" if member.has_code else "-"
    head = ", head" if member.leads else ""
    post = f"{member.position or '-'} ({member.job_level}{head})"
    return (grouped(member.nip) if member.nip else "-", member.name, member.unit_code or "-", post, chat)


def _handed(handed: Handed, *, unit: str) -> str:
    said = []
    if handed.codes:
        rows = [
            (member.name, grouped(member.nip or ""), member.unit_code or "", code)
            for member, code in handed.codes
        ]
        said.append(table(("NAME", "NIP", "UNIT", "CODE"), rows))
        said.append(
            f"{count(len(rows), 'code')}, good until {handed.expires_at:%d %B %Y} and for one use each. They are shown "
            "this once: print them, hand each to its person only, and keep no copy. With NIP and code they open the "
            "bot and write /start."
        )
    else:
        said.append(f"Nobody in {unit} needs a code.")
    if handed.linked:
        said.append(f"{count(len(handed.linked), 'person has', 'people have')} a chat already.")
    if handed.holding:
        said.append(
            f"{count(len(handed.holding), 'person holds', 'people hold')} a code that still works; "
            f"new ones with: piket people codes {unit} --again"
        )
    if handed.without_nip:
        names = ", ".join(member.name for member in handed.without_nip)
        said.append(f"Without a NIP there is no code; they link by their own phone number: {names}.")
    return "\n".join(said)
