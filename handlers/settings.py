"""What a person can decide for themselves, the language; and what they can know, which data is kept and why."""

from dataclasses import replace

from db import notices, people
from handlers import notice
from handlers.flow import Context, Flow
from handlers.text import folded
from handlers.update import Answer, Choice, Turn, again, ask, done, say

language_flow = Flow("language", is_aside=True)
privacy_flow = Flow("privacy", for_strangers=True, is_aside=True)

LANGUAGES = tuple(
    Choice(value=locale, label=label, opens="language:set", args={"locale": locale})
    for locale, label in (("id", "indonesian"), ("en", "english"))
)
_NAMED = {"id": ("id", "indonesia", "indonesian", "bahasa indonesia"), "en": ("en", "english", "inggris")}
STRANGERS_ZONE = "Asia/Jakarta"


@language_flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    named = [locale for locale, names in _NAMED.items() if folded(answer.text) in names]
    return await _speak(ctx, named[0]) if named else ask("settings/language", step="pick", choices=LANGUAGES)


@language_flow.action("set")
async def set_language(ctx: Context, answer: Answer) -> Turn:
    return await _speak(ctx, answer.args.get("locale", ctx.locale))


@language_flow.step("pick")
async def pick(_ctx: Context, _answer: Answer) -> Turn:
    return again("common/pick")


async def _speak(ctx: Context, locale: str) -> Turn:
    await people.set_locale(ctx.db, person_id=ctx.me.id, locale=locale)
    return done(replace(say("settings/language_set"), locale=locale))


@privacy_flow.action("start")
async def privacy(ctx: Context, _answer: Answer) -> Turn:
    accepted = await notices.last_accepted(ctx.db, channel=ctx.sender.channel, address=ctx.sender.address)
    return done(
        say(
            "settings/privacy",
            version=accepted.version if accepted else "",
            accepted_at=accepted.at.isoformat() if accepted else "",
            current=notice.VERSION,
            timezone=ctx.person.timezone if ctx.person else STRANGERS_ZONE,
        )
    )
