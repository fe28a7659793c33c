"""An operator at the command line of a fresh installation."""

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import main
from bot.demo.files import FOLDER
from db.sealed import new_key

FILES = ("wilayah.csv", "unit.csv", "pegawai.csv")


@dataclass(frozen=True)
class Operator:
    """Types commands. `key` seals the installation's database."""

    url: str
    key: str

    def runs(self, *words: str, types: str = "") -> Result:
        """Run `piket` with these words, and type `types` where it asks."""
        settings = {"PIKET_DATABASE": self.url, "PIKET_KEY": self.key}
        return CliRunner().invoke(main, list(words), env=settings, input=types)

    def succeeds(self, *words: str, types: str = "") -> str:
        """Run `piket`, fail unless it succeeded, and return what it said."""
        result = self.runs(*words, types=types)
        assert result.exit_code == 0, result.output
        return result.output

    def fails(self, *words: str, types: str = "") -> str:
        """Run `piket`, fail unless it refused with a sentence, and return that."""
        result = self.runs(*words, types=types)
        assert result.exit_code != 0, result.output
        assert isinstance(result.exception, SystemExit), result.exception
        return result.output

    def imports_everything(self) -> None:
        """Import the example's regions, units and people."""
        for name in FILES:
            self.succeeds(
                "people",
                "import",
                str(FOLDER / name),
                "--from",
                "2020-05-25",
                "--apply",
                "--without-circular",
            )


def new_operator(url: str) -> Operator:
    return Operator(url, new_key())


def small(path: Path, *rows: str) -> str:
    """Write a list with few columns; return its path."""
    path.write_text("\n".join(["nip;nama;jenis;jenjang;kode_unit", *rows]), encoding="utf-8")
    return str(path)
