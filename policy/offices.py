"""Which unit of a chain is the perangkat daerah: the one whose kind is a word for it, in the agency's own tree.

PP 18/2016, articles 5 and 29: sekretariat daerah, sekretariat DPRD, inspektorat, dinas, badan, kecamatan.
"""

from collections.abc import Sequence

_OFFICES = frozenset(
    {
        "badan",
        "dinas",
        "distrik",
        "inspektorat",
        "kecamatan",
        "opd",
        "perangkat daerah",
        "rsud",
        "rumah sakit",
        "rumah sakit daerah",
        "rumah sakit umum daerah",
        "satpol pp",
        "satuan kerja perangkat daerah",
        "satuan polisi pamong praja",
        "sekretariat daerah",
        "sekretariat dprd",
        "setda",
        "setwan",
        "skpd",
    }
)


def office_of(chain: Sequence[tuple[str, str]]) -> str:
    """Return the code of the office in a chain of (code, kind) from a unit up to its agency.

    It is the nearest that is one; the agency itself where the tree names none. A bare `sekretariat` is none: it may
    be that of a dinas.
    """
    kinds = ((code, " ".join(kind.casefold().split())) for code, kind in chain)
    return next((code for code, kind in kinds if kind in _OFFICES), chain[-1][0])
