"""`piket circular check` and `schema`: for whoever writes a circular; no settings, no database."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from bot.commands.words import count
from bot.stopped import Stopped
from policy.format.circular_schema import schema
from policy.loader import Examined, examine_files, files_in
from policy.model import Circular


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...]) -> None:
    """Check circulars' files, or folders of them, with every worked case. Needs no settings and no database."""
    files = list(_files(paths))
    if not files:
        raise Stopped("There is no circular: no file there ends in .yaml or .yml.")
    examined = examine_files(files)
    for each in examined:
        for line in _findings(each):
            click.echo(line)
    wrong = sum(bool(each.problems) for each in examined)
    errors = count(sum(len(each.problems) for each in examined), "error", "errors")
    click.echo(f"{count(len(files), 'file', 'files')} checked, {len(files) - wrong} in order; {errors}.")
    if wrong:
        ctx.exit(1)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    """Each file once, in the order given; of a folder, every circular's file by name."""
    found = (file for path in paths for file in (files_in(path) if path.is_dir() else [path]))
    return dict.fromkeys(found)


def _findings(examined: Examined) -> list[str]:
    look = [f"{each.file}:{each.line}: worth a look: {each.sentence}" for each in examined.worth_a_look]
    if examined.problems or examined.circular is None:
        return [*map(str, examined.problems), *look]
    return [f"{examined.file}: in order. {_contents(examined.circular)}", *look]


def _contents(circular: Circular) -> str:
    parts = (
        count(len(circular.rules), "rule", "rules"),
        count(len(circular.duties), "duty", "duties"),
        count(len(circular.not_automated), "judgement", "judgements"),
        count(len(circular.not_stated), "open question", "open questions"),
    )
    cases = count(len(circular.cases) + len(circular.unit_cases), "case", "cases")
    return f"{circular.form} {circular.number} ({circular.issuer}): {', '.join(parts)}; {cases} passed."


@click.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of a circular's YAML, for an editor that completes and checks while one writes."""
    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
