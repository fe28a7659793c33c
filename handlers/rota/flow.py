"""The unit's rota in its head's chat: look at a week, draw it, change it by tapping, publish it."""

from handlers.flow import Flow
from handlers.rota import editing, people, weeks

flow = Flow("rota", is_of_a_day=False)

flow.action("start")(weeks.start)
flow.action("week")(weeks.opened)
flow.action("picture")(weeks.picture)
flow.action("list")(weeks.listed)
flow.step("units", wants_text=True)(weeks.picked)
flow.step("week", wants_text=True)(weeks.answered)
flow.step("days", wants_text=True)(editing.day_picked)
flow.step("day", wants_text=True)(editing.toggled)
flow.step("people", wants_text=True)(people.picked)
flow.step("person")(people.changed)
