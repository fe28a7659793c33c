"""The running tallies behind a rota: who comes next, and what a day did to everybody's account."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from policy.calendar import monday_of
from policy.rota.words import CYCLE_DAYS, DAY, Ledger, Member, Order, Slot, Tally

FRIDAY = 4
_CARRIED = 2 * DAY  # arrears carried on whole; of what is beyond them half lapses with each cycle
Key = tuple[int, int, int, int, int, int]


@dataclass(slots=True)
class Account:
    """One member's tally while it changes, their place in the draw of the week, and their days elsewhere in it."""

    member: Member
    rank: int  # -1: a service needs them; 1: home first
    position: int  # people with the same position are compared with each other
    days: int
    fridays: int
    bridges: int
    debt: int
    shifts: dict[str, int]
    draw: int = 0
    elsewhere: int = 0

    def tally(self) -> Tally:
        shifts = {name: self.shifts[name] for name in sorted(self.shifts)}
        return Tally(
            days=self.days, fridays=self.fridays, bridges=self.bridges, debt=self.debt, shifts=shifts
        )


@dataclass(slots=True)
class Books:
    """Everybody's account, in the order of their ids."""

    order: Order
    cycle: date | None
    accounts: dict[str, Account]
    positions: list[list[Account]] = field(default_factory=list)

    def begin_week(self, monday: date) -> None:
        """Draw the ties of the week, and begin a cycle where the last one has ended."""
        if self.cycle is None:
            self.cycle = monday
        while monday >= self.cycle + timedelta(days=CYCLE_DAYS):
            self._close_cycle()
            self.cycle += timedelta(days=CYCLE_DAYS)
        drawn = sorted(self.accounts, key=lambda who: tie(self.order.seed, who, monday))
        for place, who in enumerate(drawn):
            self.accounts[who].draw = place
            self.accounts[who].elsewhere = 0

    def keys(self, day: date) -> dict[str, Key]:
        """Who is called in before whom on that day: the lowest key first.

        Whoever has been in least in this cycle comes first: so two people with the same constraints never differ by
        more than one day. Among equals a Friday (or bridge day) goes to whoever has had fewest of them, and any
        other day to whoever has had most. So whoever of two has more Fridays is never behind in days (a tie goes to
        them on other days, and a Friday they get only together with the other): the next Friday is not theirs,
        and two people never differ by more than one. What earlier cycles left is made up for in the last week of
        the cycle, once its Friday is given out.
        """
        accounts = self.accounts.items()
        if day in self.order.bridge_days:
            return {w: (a.rank, a.days, a.bridges, -a.fridays, a.debt, a.draw) for w, a in accounts}
        if day.weekday() == FRIDAY:
            return {w: (a.rank, a.days, a.fridays, -a.bridges, a.debt, a.draw) for w, a in accounts}
        if self.cycle is not None and day >= self.cycle + timedelta(days=CYCLE_DAYS - 7):
            return {w: (a.rank, a.days, a.debt, -a.fridays, -a.bridges, a.draw) for w, a in accounts}
        return {w: (a.rank, a.days, -a.fridays, -a.bridges, a.debt, a.draw) for w, a in accounts}

    def record(self, day: date, office: Mapping[str, str | None], home: Collection[str]) -> None:
        """Count a day: those in the office with their shift, those elsewhere; and credit who could not be called."""
        for who in home:
            account = self.accounts[who]
            account.elsewhere += account.member.slots.get(day, Slot.FREE) is not Slot.HOME
        for people in self.positions:
            self._record_position(day, people, office)

    def _record_position(self, day: date, people: list[Account], office: Mapping[str, str | None]) -> None:
        called = free = 0
        uncalled: list[Account] = []
        for account in people:
            who, slot = account.member.id, account.member.slots.get(day, Slot.FREE)
            if who in office:
                self._add(account, day, DAY)
                shift = office[who]
                if shift is not None:
                    account.shifts[shift] = account.shifts.get(shift, 0) + 1
            elif slot is Slot.HOME or slot is Slot.AWAY:
                uncalled.append(account)
            if slot is Slot.FREE or slot is Slot.FIXED:
                free += 1
                called += who in office
        if free and called:
            for account in uncalled:
                self._add(account, day, called * DAY // free)

    def _add(self, account: Account, day: date, share: int) -> None:
        account.days += share
        if day in self.order.bridge_days:
            account.bridges += share
        if day.weekday() == FRIDAY:
            account.fridays += share

    def _close_cycle(self) -> None:
        for people in self.positions:
            most = max(account.debt + account.days for account in people)
            fridays = max(account.fridays for account in people)
            bridges = max(account.bridges for account in people)
            for account in people:
                account.debt = _carried(account.debt + account.days - most)
                account.fridays = fridays + _carried(account.fridays - fridays)
                account.bridges = bridges + _carried(account.bridges - bridges)
                account.days = 0

    def ledger(self) -> Ledger:
        """Everybody's tally as it stands."""
        return Ledger(cycle=self.cycle, tallies={who: each.tally() for who, each in self.accounts.items()})


def _carried(behind: int) -> int:
    """Arrears (0 or less) after a cycle; halved, not cut off, so that who was further behind still comes first."""
    return behind if behind >= -_CARRIED else -_CARRIED - (-_CARRIED - behind) // 2


def open_books(order: Order) -> Books:
    """Accounts for all members; who has no tally yet begins beside the colleague who has done least."""
    members = sorted(order.members, key=lambda member: member.id)
    if len({member.id for member in members}) < len(members):
        raise ValueError("A member stands twice in the list.")
    books = Books(order, order.ledger.cycle, {})
    places: dict[tuple[int, tuple[str, ...]], list[Account]] = {}
    for member in members:
        rank = 1 if member.home_first else -1 if member.office_first else 0
        beside = places.setdefault((rank, tuple(sorted(member.groups))), [])
        known = order.ledger.tallies.get(member.id, Tally())
        account = Account(
            member,
            rank,
            0,
            known.days,
            known.fridays,
            known.bridges,
            known.debt,
            dict(known.shifts),
        )
        beside.append(account)
        books.accounts[member.id] = account
    for position, key in enumerate(sorted(places)):
        books.positions.append(places[key])
        _welcome(places[key], position, order.ledger.tallies)
    return books


def _welcome(people: list[Account], position: int, tallies: Mapping[str, Tally]) -> None:
    known = [tallies[each.member.id] for each in people if each.member.id in tallies]
    for account in people:
        account.position = position
        if known and account.member.id not in tallies:
            account.days = min(tally.days for tally in known)
            account.fridays = min(tally.fridays for tally in known)
            account.bridges = min(tally.bridges for tally in known)
            account.debt = min(tally.debt for tally in known)


def tie(seed: str, who: str, monday: date) -> bytes:
    """Their place in the week's draw: SHA-256 over seed, id and the Monday, each on a line of its own."""
    return sha256(f"{seed}\n{who}\n{monday.isoformat()}".encode()).digest()


def by_week(days: Iterable[date]) -> dict[date, list[date]]:
    """The days by the Monday of their week, both in order."""
    weeks: dict[date, list[date]] = {}
    for day in sorted(set(days)):
        weeks.setdefault(monday_of(day), []).append(day)
    return weeks
