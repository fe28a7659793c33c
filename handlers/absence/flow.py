"""Absences in the chat: asked for, decided by the superior, taken back. Which step reads what."""

from handlers.absence import asking, deciding, own, recording
from handlers.flow import Flow

flow = Flow("absence", is_of_a_day=False)

flow.action("start")(asking.start)
flow.step("kind", wants_text=True)(asking.kind)
flow.step("rare")(asking.rare)
flow.step("dates", wants_text=True)(asking.dates)
flow.step("part")(asking.part)
flow.step("letter", wants_text=True, wants_file=True)(asking.letter)
flow.step("reason", wants_text=True)(asking.reason)
flow.step("card", wants_file=True)(asking.card)

flow.action("mine")(own.mine)
flow.action("own")(own.own)
flow.action("letter")(own.letter)
flow.step("add_letter", wants_text=True, wants_file=True)(own.add_letter)
flow.action("cancel")(own.cancel)
flow.step("take_back", wants_text=True)(own.take_back)

flow.action("pending")(deciding.pending)
flow.action("request")(deciding.request)
flow.action("approve")(deciding.approve)
flow.action("decline")(deciding.decline)
flow.step("note", wants_text=True)(deciding.note)
flow.action("see")(deciding.see)

flow.action("record")(recording.start)
flow.action("unrecord")(recording.unrecord)
flow.step("of_whom", wants_text=True)(recording.of_whom)
flow.step("their_kind", wants_text=True)(recording.their_kind)
flow.step("their_dates", wants_text=True)(recording.their_dates)
flow.step("their_letter", wants_text=True)(recording.their_letter)
flow.step("their_card")(recording.their_card)
