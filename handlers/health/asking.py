"""The six questions as rows to tick, and how an answer to them is read: the same in every form that asks them."""

from collections.abc import Sequence

from handlers.health.reading import numbers_in, says_none
from handlers.update import Answer, Choice
from policy.health import QUESTIONS

FIT = (Choice(value="fit", label="fit"), Choice(value="unfit", label="unfit"))
LAST = len(QUESTIONS) + 1  # the row below the questions: "none of these" or "done"


def rows(*, ticked: Sequence[int]) -> tuple[Choice, ...]:
    """Return the questions with their ticks, and below them "none of these", or "done" once one is ticked."""
    questions = tuple(
        Choice(
            value=str(question.number),
            label=f"q{question.number}" + ("_on" if question.number in ticked else ""),
            hint=f"q{question.number}_hint",
        )
        for question in QUESTIONS
    )
    return (
        *questions,
        Choice(value="done", label="done") if ticked else Choice(value="all_no", label="all_no"),
    )


def ended(answer: Answer, *, ticked: Sequence[int]) -> list[int] | None:
    """Return the numbers answered yes if the answer ends the ticking, else None."""
    if answer.value == "all_no" or says_none(answer.text):
        return []
    is_done = answer.value == "done" or (not answer.value and numbers_in(answer.text, most=LAST) == [LAST])
    return list(ticked) if is_done else None


def ticks(answer: Answer, *, ticked: Sequence[int]) -> list[int] | None:
    """Return what is ticked after the answer; None for one that is no number of a question.

    One number is a tap and turns its tick round; several are all meant as yes; an edited message is what it says.
    """
    given = numbers_in(answer.value or answer.text, most=len(QUESTIONS))
    if not given:
        return None
    if answer.is_edit:
        return given
    return sorted(set(ticked) ^ set(given)) if len(given) == 1 else sorted({*ticked, *given})
