"""Which unit of a chain is the perangkat daerah."""

import pytest

from policy.offices import office_of


@pytest.mark.parametrize(
    ("chain", "office"),
    [
        ([("P", "pemprov")], "P"),
        ([("S", "seksi"), ("B", "bidang"), ("D", "Dinas"), ("P", "pemprov")], "D"),
        ([("R", "RSUD"), ("D", "dinas"), ("P", "pemprov")], "R"),
        ([("S", "sekretariat"), ("D", "dinas"), ("P", "pemprov")], "D"),
        ([("B", "biro"), ("S", "Sekretariat Daerah"), ("P", "pemprov")], "S"),
        ([("M", "satuan pendidikan"), ("P", "pemkab/pemkot")], "P"),
    ],
)
def test_the_nearest_unit_of_that_kind_is_the_office(chain: list[tuple[str, str]], office: str) -> None:
    assert office_of(chain) == office
