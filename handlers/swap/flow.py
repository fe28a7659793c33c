"""Swapping a day of the rota: asked by one, answered by another, and by the head where the agency wants it."""

from handlers.flow import Flow
from handlers.swap import answering, asking

flow = Flow("swap", is_of_a_day=False)

flow.action("start")(asking.start)
flow.step("mine", wants_text=True)(asking.day_picked)
flow.step("whom", wants_text=True)(asking.partner_picked)
flow.step("sure")(asking.confirmed)
flow.action("agree")(answering.agreed)
flow.action("refuse")(answering.refused)
flow.action("withdraw")(answering.withdrawn)
flow.action("approve")(answering.approved)
flow.action("decline")(answering.declined)
