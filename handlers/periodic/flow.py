"""A unit's periodic report (SE MenPANRB 58/2020 B.9): the head sends it, who is named answers, the PyB receives."""

from handlers.flow import Flow
from handlers.periodic import head, receiving, reply

head_flow = Flow("periodic", is_of_a_day=False, roles=("head",))
head_flow.action("start")(head.listed)
head_flow.action("open")(head.opened)
head_flow.step("list", wants_text=True)(head.picked)
head_flow.step("one")(head.decided)
head_flow.step("note", wants_text=True)(head.noted)
head_flow.step("remark", wants_text=True)(head.replied)
head_flow.step("who", wants_text=True)(head.chosen)
head_flow.step("why", wants_text=True)(head.reasoned)
head_flow.step("sure")(head.sent)

reply_flow = Flow("periodic_reply", is_of_a_day=False)
reply_flow.action("start")(reply.start)
reply_flow.step("text", wants_text=True)(reply.worded)
reply_flow.step("sure")(reply.kept)

received_flow = Flow("periodic_received", is_of_a_day=False, roles=("pyb",))
received_flow.action("start")(receiving.listed)
received_flow.action("open")(receiving.opened)
received_flow.step("list", wants_text=True)(receiving.picked)
received_flow.step("one")(receiving.decided)
received_flow.step("question", wants_text=True)(receiving.asked)
