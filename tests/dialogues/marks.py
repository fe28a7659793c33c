"""What only one platform can do is played on that one alone."""

import pytest

only_telegram = pytest.mark.parametrize("channel_name", ["telegram"], indirect=True)
only_narrow = pytest.mark.parametrize("channel_name", ["narrow"], indirect=True)

# What Ana can tap at home, in its order.
HOME = (
    "Lapor pagi",
    "WFO hari ini?",
    "Lapor kesehatan",
    "Rencana kerja",
    "Lapor hasil",
    "WFO besok?",
    "Lainnya",
    "Bantuan",
)
