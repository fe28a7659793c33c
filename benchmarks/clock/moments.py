"""The moments of the day that is played: Monday, 15 June 2020, in Lampung."""

from datetime import UTC, datetime

FOUNDED = datetime(2020, 6, 10, 1, 0, tzinfo=UTC)
BEFORE_EVE = datetime(2020, 6, 14, 10, 30, tzinfo=UTC)  # Sunday 17.30 WIB: nothing is due
EVE = datetime(2020, 6, 14, 11, 0, 30, tzinfo=UTC)  # Sunday 18.00 WIB: Monday is opened
NIGHT = datetime(2020, 6, 14, 22, 30, tzinfo=UTC)  # Monday 05.30 WIB: what was to be said on the eve is past
START = datetime(2020, 6, 15, 0, 5, tzinfo=UTC)  # 07.05 WIB: everybody's first reminder of the day is due
BEFORE_DIGEST = datetime(2020, 6, 15, 2, 10, tzinfo=UTC)  # 09.10 WIB: the plan was due at 09.00
DIGEST = datetime(2020, 6, 15, 2, 16, tzinfo=UTC)  # 09.16 WIB: the morning's digests are due
