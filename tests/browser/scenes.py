"""The scenes of the guides' pictures: who does what on the demo's page, and what the picture is called.

Scenes are played one after another in one demo, so a later one may go on where an earlier one ended.
"""

from dataclasses import dataclass
from typing import Literal

ANA, BORIS, CLARA, DEWI, WULAN, GITA = 1001, 1002, 1003, 1004, 1008, 1009

Verb = Literal["starts", "says", "taps", "presses", "reads", "clock"]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One picture. `taps` is a choice below the chat, `presses` a button under a message, `clock` an hour."""

    file: str
    who: int
    acts: tuple[tuple[Verb, str], ...]
    height: int = 780  # of the picture, in the pixels of a phone that is 390 wide


SCENES = (
    Scene(
        file="wfo-hari-ini",
        who=ANA,
        acts=(("says", "WFO hari ini?"), ("reads", "bekerja dari kantor")),
    ),
    Scene(
        file="lapor-pagi",
        who=WULAN,
        acts=(
            ("says", "Lapor pagi"),
            ("reads", "Benar semua?"),
        ),
        height=900,
    ),
    Scene(
        file="lapor-kesehatan",
        who=ANA,
        acts=(
            ("taps", "Lapor kesehatan"),
            ("reads", "Dalam 14 hari terakhir"),
            ("taps", "Semua tidak"),
            ("reads", "Kirim laporan ini?"),
            ("taps", "Kirim"),
            ("reads", "Laporan kesehatan tercatat"),
        ),
    ),
    Scene(
        file="rencana-kerja",
        who=ANA,
        acts=(
            ("taps", "Rencana kerja"),
            ("reads", "Apa rencana kerja Anda?"),
            ("says", "Memantau server kantor\nMenyusun laporan bulanan"),
            ("reads", "Simpan rencana ini?"),
            ("taps", "Simpan"),
            ("reads", "Rencana tercatat"),
        ),
    ),
    Scene(
        file="menghubungkan-obrolan",
        who=GITA,
        acts=(
            ("starts", ""),
            ("reads", "Apakah Anda setuju?"),
            ("taps", "Setuju"),
            ("reads", "siapa Anda?"),
            ("says", "199406032020212001 D9XV-5TKS"),
            ("reads", "Selamat datang, Gita"),
        ),
    ),
)
