"""The command line: `piket …`. Whatever goes wrong is a sentence, never a traceback."""

import importlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from bot.settings import SettingError, Settings, settings_from

# Imported only when called, so that each command starts quickly.
COMMANDS: Mapping[str, str] = {
    "run": "bot.commands.run:run",
    "doctor": "bot.commands.doctor:doctor",
    "key": "bot.commands.key:key",
    "migrate": "bot.commands.migrate:migrate",
    "demo": "bot.commands.demo:demo",
    "people": "bot.commands.people:group",
    "absence": "bot.commands.absence:group",
    "region": "bot.commands.region:group",
    "unit": "bot.commands.unit:group",
    "agency": "bot.commands.agency:group",
    "circular": "bot.commands.circular:group",
    "simulate": "bot.commands.simulate:simulate",
    "org": "bot.commands.org:group",
    "explain": "bot.commands.explain:explain",
    "rota": "bot.commands.rota:group",
    "admin": "bot.commands.admin:group",
    "clock": "bot.commands.clock:group",
    "aside": "bot.commands.aside:group",
    "outages": "bot.commands.outages:outages",
    "skipped": "bot.commands.outages:skipped",
}
WRONG, UNREADY = 1, 2  # exit codes: it could not be done; the settings do not allow a start


class Piket(click.Group):
    """The commands by name; errors that are sentences are shown as such."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names, in the order in which one needs them."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        found: click.Command = getattr(importlib.import_module(module), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Ends with exit code 2 for a wrong setting, and 1 for whatever else kept it from working."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # whoever reads has read enough (`| head`): click ends quietly
        except SettingError as error:
            _say(error)
            ctx.exit(UNREADY)
        except _sentences() as error:
            _say(error)
            ctx.exit(WRONG)


def _sentences() -> tuple[type[Exception], ...]:
    """Return the errors whose text is meant for people."""
    from bot.stopped import Stopped
    from db.errors import DbError
    from handlers.admin.refusal import AdminRefused
    from policy.format.strict_yaml import LoaderError

    return (DbError, Stopped, AdminRefused, LoaderError, OSError)


def _say(error: Exception) -> None:
    if isinstance(error, OSError):
        what = f" for {Path(error.filename).absolute()}" if isinstance(error.filename, str) else ""
        click.echo(f"Piket: the system refused{what}: {error.strerror or error}.", err=True)
    else:
        click.echo(f"Piket: {error}", err=True)


def current_settings() -> Settings:
    """Read the settings from the environment. Raises SettingError."""
    return settings_from(os.environ)


@click.group(cls=Piket)
@click.version_option(package_name="piket-asn", prog_name="piket")
def main() -> None:
    """Piket: the duty roster in a chat. Settings come from PIKET_… variables; `piket doctor` says what is missing."""
