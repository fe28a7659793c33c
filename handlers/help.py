"""Help by situation: a short answer, and the way to what it speaks of. It never leaves a form that is open."""

from handlers import menu
from handlers.flow import Context, Flow
from handlers.text import folded
from handlers.understand import help_topic
from handlers.update import Answer, Choice, Look, Say, Turn, done, say

flow = Flow("help", for_strangers=True, is_aside=True)

# Each situation and what it leads to, in the order in which they are offered.
SITUATIONS: dict[str, Choice] = {
    "morning": menu.MORNING,
    "sick": menu.HEALTH,
    "wrong": Choice(value="menu", label="menu", opens="menu:start"),
    "forgot": menu.OUTPUT,
    "absence": Choice(value="absence", label="absence", opens="absence:start"),
    "signal": Choice(value="menu", label="menu", opens="menu:start"),
    "place": menu.TODAY,
    "office": Choice(value="question", label="question", opens="question:start"),
    "privacy": Choice(value="privacy", label="privacy", opens="privacy:start"),
}
_OTHERS = Choice(value="help", label="help_others", opens="help:start")


@flow.action("start")
async def start(ctx: Context, answer: Answer) -> Turn:
    """Offer the situations, or answer the one that was named."""
    if ctx.person is None:
        return done(say("help/stranger"))
    named = None if answer.value else help_topic(folded(answer.text))
    if named is not None:
        return _about(named)
    choices = tuple(
        Choice(value=topic, label=f"help_{topic}", opens="help:about", args={"topic": topic})
        for topic in SITUATIONS
    )
    return done(Say(message="help/start", choices=choices, look=Look.KEYBOARD))


@flow.action("about")
async def about(ctx: Context, answer: Answer) -> Turn:
    """Answer one situation."""
    topic = answer.args.get("topic", "")
    return _about(topic) if ctx.person and topic in SITUATIONS else await start(ctx, Answer())


def _about(topic: str) -> Turn:
    choices = (SITUATIONS[topic], _OTHERS, *(() if SITUATIONS[topic].value == "menu" else (_MENU,)))
    return done(Say(message=f"help/{topic}", choices=choices, look=Look.KEYBOARD))


_MENU = Choice(value="menu", label="menu", opens="menu:start")
