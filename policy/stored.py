"""The parts of a verdict as plain JSON, each out and in."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from policy.reasons import Citation, Duty, FactUsed, NotStated, Reason
from policy.words import EVERYONE, Addressee, Arrangement, Ask, Audience, Hours, Obligation, Step


def reason_out(reason: Reason) -> dict[str, object]:
    return {
        "key": reason.key,
        "step": reason.step.value,
        "params": dict(reason.params),
        "citation": reason.citation and _citation_out(reason.citation),
        "audience": readers_out(reason.audience),
    }


def reason_in(stored: Mapping[str, Any]) -> Reason:
    return Reason(
        key=stored["key"],
        step=Step(stored["step"]),
        params=dict(stored["params"]),
        citation=_citation_in(stored["citation"]) if stored["citation"] else None,
        audience=readers_in(stored["audience"]),
    )


def _citation_out(citation: Citation) -> dict[str, object]:
    return {
        "circular": citation.circular,
        "paragraph": citation.paragraph,
        "rule": citation.rule,
        "says": citation.says,
        "issuer": citation.issuer,
        "form": citation.form,
        "facts": [
            {"name": fact.name, "value": fact.value, "where": fact.where, "since": day_out(fact.since)}
            for fact in citation.facts
        ],
    }


def _citation_in(stored: Mapping[str, Any]) -> Citation:
    facts = tuple(
        FactUsed(name=fact["name"], value=fact["value"], where=fact["where"], since=day_in(fact["since"]))
        for fact in stored["facts"]
    )
    words = {key: stored[key] for key in ("circular", "paragraph", "rule", "says", "issuer", "form")}
    return Citation(**words, facts=facts)


def not_stated_out(note: NotStated) -> dict[str, object]:
    return {
        "circular": note.circular,
        "id": note.id,
        "about": note.about,
        "reading": note.reading,
        "ask": note.ask.value,
        "audience": readers_out(note.audience),
    }


def not_stated_in(stored: Mapping[str, Any]) -> NotStated:
    words = {key: stored[key] for key in ("circular", "id", "about", "reading")}
    return NotStated(**words, ask=Ask(stored["ask"]), audience=readers_in(stored.get("audience")))


def duty_out(duty: Duty) -> dict[str, object]:
    return {
        "circular": duty.circular,
        "paragraph": duty.paragraph,
        "id": duty.id,
        "says": duty.says,
        "arrangements": sorted(arrangement.value for arrangement in duty.arrangements),
        "obligation": duty.obligation and duty.obligation.value,
        "who": duty.who.value,
        "audience": readers_out(duty.audience),
    }


def duty_in(stored: Mapping[str, Any]) -> Duty:
    words = {key: stored[key] for key in ("circular", "paragraph", "id", "says")}
    return Duty(
        **words,
        arrangements=frozenset(Arrangement(one) for one in stored["arrangements"]),
        obligation=Obligation(stored["obligation"]) if stored["obligation"] else None,
        who=Addressee(stored.get("who", Addressee.EMPLOYEE)),
        audience=readers_in(stored.get("audience")),
    )


def readers_out(audience: frozenset[Audience]) -> list[str]:
    return sorted(reader.value for reader in audience)


def readers_in(stored: Iterable[str] | None) -> frozenset[Audience]:
    """Who may read it; what was stored before this was said is for everyone."""
    return EVERYONE if stored is None else frozenset(Audience(reader) for reader in stored)


def hours_out(hours: Hours) -> dict[str, str | None]:
    moments = {name: getattr(hours, name) for name in ("start", "end", "break_start", "break_end")}
    return {name: moment and moment.isoformat() for name, moment in moments.items()}


def hours_in(stored: Mapping[str, str | None]) -> Hours:
    moments = {name: time.fromisoformat(text) for name, text in stored.items() if text is not None}
    return Hours(**moments)


def day_out(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def day_in(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
