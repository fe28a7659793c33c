"""Telegram is told who we are as soon as it answers, and a webhook that somebody changed is set again."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.certificate import certificate_ends
from bot.channels.telegram import Webhook
from bot.channels.telegram_errors import ChannelAway, ChannelDown, Conflict
from bot.clock import Clock
from bot.link import Link
from bot.metrics import Metrics
from tests.bot.certificates import https_server

URL = "https://piket.example/telegram"


@dataclass
class Profile:
    """Telegram's side; away for the first `away` questions."""

    away: int = 0
    url: str = "https://another.example/hook"
    is_known: bool = True
    commands: dict[str | None, Mapping[str, str]] = field(default_factory=dict)
    secret: str = ""
    refused: tuple[str, datetime] | None = None  # what Telegram last got for an answer that it did not like

    async def me(self) -> None:
        if not self.is_known:
            raise ChannelDown("Unauthorized")
        if self.away:
            self.away -= 1
            raise ChannelAway("no route")

    async def set_commands(self, commands: Mapping[str, str], *, locale: str | None = None) -> None:
        self.commands[locale] = commands

    async def set_webhook(self, url: str, *, secret: str) -> None:
        assert secret
        self.url, self.secret = url, secret

    async def delete_webhook(self) -> None:
        self.url = ""

    async def webhook_info(self) -> Webhook:
        says, at = self.refused or ("", None)
        return Webhook(url=self.url, waiting=3, last_error=says, last_error_at=at)


def _link(profile: Profile, *, url: str = "") -> Link:
    commands = {None: {"menu": "Semua"}, "en": {"menu": "Everything"}}
    return Link(
        profile=profile,
        metrics=Metrics(),
        clock=Clock(),
        commands=commands,
        url=url,
        secret="s" * 16,
        certificate=_unknown,
        check_seconds=0.01,
        retry_seconds=0.01,
    )


async def _unknown(_url: str) -> None:
    """Nobody can see the certificate from here."""


async def _kept_for(link: Link, seconds: float) -> None:
    stop = asyncio.Event()
    keeping = asyncio.create_task(link.keep(stop))
    await asyncio.sleep(seconds)
    stop.set()
    await asyncio.wait_for(keeping, 1)


async def test_for_polling_the_webhook_is_taken_away_and_the_commands_shown() -> None:
    profile = Profile()
    await _link(profile).introduce()
    assert profile.url == ""
    assert profile.commands == {None: {"menu": "Semua"}, "en": {"menu": "Everything"}}


async def test_n05_a_telegram_that_is_away_is_asked_again_until_it_answers() -> None:
    profile = Profile(away=3)
    link = _link(profile, url=URL)
    await _kept_for(link, 0.2)
    assert link.introduced.is_set()
    assert profile.url == URL


async def test_c16_a_webhook_that_was_changed_is_noticed_and_set_again() -> None:
    profile = Profile()
    link = _link(profile, url=URL)
    await link.introduce()
    profile.url = "https://thief.example/hook"
    await _kept_for(link, 0.1)
    assert profile.url == URL
    assert "piket_webhook_is_ours 1" in link.metrics.page(at=0, waiting={})


@dataclass
class Told:
    """What the admins hear."""

    alarms: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    async def hear(self, message: str, params: Mapping[str, Any], once: str) -> None:
        assert once
        self.alarms.append((message, params))


@pytest.mark.parametrize("left", ["https://thief.example/hook", ""])
async def test_c16_a_webhook_that_was_changed_or_removed_alarms_the_admins(left: str) -> None:
    profile, told = Profile(), Told()
    link = replace(_link(profile, url=URL), alarm=told.hear)
    await link.introduce()
    profile.url = left
    await _kept_for(link, 0.1)
    assert (profile.url, told.alarms) == (URL, [("alarm/webhook", {"what": "url"})])
    assert 'piket_webhook_changed_total{what="url"} 1' in link.metrics.page(at=0, waiting={})


async def test_c16_a_secret_that_somebody_else_set_shows_in_refused_calls_and_is_set_again() -> None:
    profile, told, now = Profile(), Told(), Clock().real()
    link = replace(_link(profile, url=URL), alarm=told.hear)
    await link.introduce()
    profile.secret = "somebody else's"
    profile.refused = ("Wrong response from the webhook: 401 Unauthorized", now + timedelta(minutes=1))
    await link._check()
    assert (profile.secret, told.alarms) == (link.secret, [("alarm/webhook", {"what": "secret"})])


async def test_c16_a_refused_call_of_before_and_our_own_503_are_no_changed_secret() -> None:
    profile, told, now = Profile(), Told(), Clock().real()
    link = replace(_link(profile, url=URL), alarm=told.hear)
    await link.introduce()
    for says, at in (("401 Unauthorized", -1), ("503 Service Unavailable", 1)):
        profile.refused = (f"Wrong response from the webhook: {says}", now + timedelta(minutes=at))
        await link._check()
    assert told.alarms == []


@pytest.mark.parametrize(("days", "warned"), [(60, None), (14, 13), (3, 2), (-1, 0)])
async def test_c16_the_admins_hear_fourteen_days_before_the_certificate_ends(
    tmp_path: Path, days: int, warned: int | None
) -> None:
    told = Told()
    async with https_server(tmp_path, days=days) as (url, trusted):
        look = partial(certificate_ends, trusted=trusted)
        link = replace(_link(Profile(url=url), url=url), alarm=told.hear, certificate=look)
        await link._check()
        await link._check()
    assert told.alarms == ([] if warned is None else [("alarm/certificate", {"days": warned})])
    shown = link.metrics.page(at=0, waiting={})
    assert f"piket_certificate_days_left {days - 1 if warned is None else warned}" in shown


async def test_c16_what_cannot_be_known_from_here_alarms_nobody() -> None:
    assert await certificate_ends("http://127.0.0.1:8080") is None
    assert await certificate_ends("https://127.0.0.1:9/nobody-listens") is None


async def test_c15_a_token_that_is_void_does_not_end_the_link() -> None:
    link = _link(Profile(is_known=False))
    await _kept_for(link, 0.05)
    assert not link.introduced.is_set()
    with pytest.raises(ChannelDown):
        await link.introduce()


class Contested(Profile):
    """Another service sets the webhook at the same moment, once."""

    conflicts = 1

    async def set_webhook(self, url: str, *, secret: str) -> None:
        if self.conflicts:
            self.conflicts -= 1
            raise Conflict("terminated by other setWebhook")
        await super().set_webhook(url, secret=secret)


async def test_p07_two_services_that_set_the_webhook_at_once_both_live() -> None:
    profile = Contested()
    link = _link(profile, url=URL)
    await _kept_for(link, 0.1)
    assert profile.url == URL


class Hurried(Profile):
    """Goes away in the middle of our introduction, once."""

    failures = 1

    async def set_commands(self, commands: Mapping[str, str], *, locale: str | None = None) -> None:
        if locale == "en" and self.failures:
            self.failures -= 1
            raise ChannelAway("no route")
        await super().set_commands(commands, locale=locale)


async def test_n05_commands_that_could_not_be_shown_are_shown_later() -> None:
    profile = Hurried()
    await _kept_for(_link(profile), 0.1)
    assert set(profile.commands) == {None, "en"}
