"""The hours in which an office is asked for something that is nobody's emergency: working days from 08.00 to 16.00."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policy.calendar import AgencyCalendar, local_date

MORNING, CLOSES = time(8), time(16)


@dataclass(frozen=True, slots=True)
class OfficeClock:
    """An office's working days and its clock on the wall."""

    calendar: AgencyCalendar
    zone: ZoneInfo

    def local_day(self, now: datetime) -> date:
        """The local date."""
        return local_date(now, self.zone)

    def is_open(self, now: datetime) -> bool:
        """Whether somebody may be asked at this moment."""
        is_working = self.calendar.day(self.local_day(now)).is_working
        return is_working and MORNING <= now.astimezone(self.zone).time() < CLOSES

    def morning_of(self, day: date) -> datetime:
        """08.00 of that day."""
        return datetime.combine(day, MORNING, tzinfo=self.zone)

    def working_day_after(self, day: date, *, count: int = 1) -> date:
        """The `count`-th working day after that one."""
        for _ in range(count):
            day = self.calendar.next_working_day(day).on
        return day

    def next_morning(self, now: datetime) -> datetime:
        """08.00 of the first working day whose 08.00 is still to come."""
        today = self.local_day(now)
        is_today = self.calendar.day(today).is_working and now < self.morning_of(today)
        return self.morning_of(today if is_today else self.working_day_after(today))

    def end_of(self, day: date) -> datetime:
        """24.00 of that day."""
        return datetime.combine(day + timedelta(days=1), time(0), tzinfo=self.zone)
