"""The rules of a circular, its duties, silences and judgements: YAML entries -> the words of policy.rules."""

from policy.conditions import KEYS
from policy.format.conditions import conditions, is_fact, names, period
from policy.format.effects import then
from policy.format.strict_yaml import Entry
from policy.model import (
    Addressee,
    Arrangement,
    Ask,
    Condition,
    Duty,
    Judgement,
    Lasts,
    NotStated,
    Obligation,
    Rule,
    Silence,
)

_RULE_MAY = ("when", "unless", "during", "lasts", "excepts", "beside", "conflicts_with")
_DUTY_MAY = ("obligation", "who", "when", "lasts")
_SILENCE_MAY = ("when", "rules", "during", "lasts", "reading", "yields")


def rule(entry: Entry) -> Rule:
    """A rule with its paragraph, what it says, whom it meets and what it does."""
    keys = entry.mapping(needs=("id", "paragraph", "says", "then"), may=_RULE_MAY)
    when = conditions(keys.get("when"))
    return Rule(
        id=keys["id"].text(),
        paragraph=keys["paragraph"].text(),
        says=keys["says"].text(),
        when=when,
        then=then(keys["then"]),
        excepts=names(keys.get("excepts")),
        beside=names(keys.get("beside")),
        conflicts_with=names(keys.get("conflicts_with")),
        line=entry.line,
        unless=conditions(keys.get("unless")),
        during=period(keys.get("during")),
        lasts=_lasts(keys.get("lasts"), when),
    )


def _lasts(entry: Entry | None, when: tuple[Condition, ...]) -> Lasts | None:
    if entry is None:
        return None
    keys = entry.mapping(needs=("days", "after"), may=())
    after = keys["after"].text()
    if after not in KEYS or not is_fact(after):
        raise keys["after"].wrong(
            f"`after` names a fact of a region or unit that has a first day, not {after}."
        )
    if after not in {condition.key for condition in when}:
        raise keys["after"].wrong(f"`after` names {after}, so `when` must say which {after} is meant.")
    days = keys["days"].whole()
    if not days:
        raise keys["days"].wrong("`days` is 0: the rule would never hold.")
    return Lasts(days, after)


def duty(entry: Entry, *, number: str) -> Duty:
    """What the circular asks of the people, heads or agencies it names."""
    keys = entry.mapping(needs=("id", "paragraph", "says", "for"), may=_DUTY_MAY)
    when = conditions(keys.get("when"))
    return Duty(
        circular=number,
        paragraph=keys["paragraph"].text(),
        id=keys["id"].text(),
        says=keys["says"].text(),
        arrangements=frozenset(keys["for"].words(Arrangement)),
        obligation=keys["obligation"].word(Obligation) if "obligation" in keys else None,
        who=keys["who"].word(Addressee) if "who" in keys else Addressee.EMPLOYEE,
        when=when,
        lasts=_lasts(keys.get("lasts"), when),
    )


def judgement(entry: Entry) -> Judgement:
    """What the circular leaves to a person's judgement."""
    keys = entry.mapping(needs=("id", "paragraph", "says", "who"), may=("considers", "when"))
    return Judgement(
        id=keys["id"].text(),
        paragraph=keys["paragraph"].text(),
        says=keys["says"].text(),
        considers=names(keys.get("considers")),
        who=keys["who"].word(Addressee),
        when=conditions(keys.get("when")),
        line=entry.line,
    )


def silence(entry: Entry, *, number: str) -> Silence:
    """What the circular does not say, and how it is read, if it is."""
    keys = entry.mapping(needs=("id", "about", "answer", "ask"), may=_SILENCE_MAY)
    answer = keys["answer"].one_of("undecided", "reading")
    if (answer == "reading") != ("reading" in keys):
        raise keys["answer"].wrong("A `reading` and the answer `reading` go together: say how it is read.")
    if "yields" in keys and answer == "reading":
        raise keys["yields"].wrong("`yields` is for the answer `undecided`: a reading leaves nothing open.")
    reading = keys["reading"].text() if "reading" in keys else None
    note = NotStated(number, keys["id"].text(), keys["about"].text(), reading, keys["ask"].word(Ask))
    when = conditions(keys.get("when"))
    return Silence(
        note=note,
        when=when,
        rules=names(keys.get("rules")),
        during=period(keys.get("during")),
        leaves_undecided=answer == "undecided",
        line=entry.line,
        lasts=_lasts(keys.get("lasts"), when),
        yields=keys["yields"].flag() if "yields" in keys else False,
    )
