"""Every flow there is. What can be said to the bot is what is listed here and in the vocabulary."""

from handlers import clock, help, menu, settings, snooze, today
from handlers.absence.flow import flow as absence
from handlers.alerts.flow import flow as alerts
from handlers.board.flow import flow as board
from handlers.cases import flow as cases
from handlers.enrol import flow as enrol
from handlers.flow import Flow
from handlers.health import flow as health
from handlers.history import flow as history
from handlers.morning import flow as morning
from handlers.override.flow import flow as override
from handlers.periodic.flow import head_flow, received_flow, reply_flow
from handlers.question.flow import flow as question
from handlers.question.inbox import flow as inbox
from handlers.recap.flow import flow as recap
from handlers.reminders.flow import flow as reminders
from handlers.reminders.flow import why_flow as why
from handlers.rota.flow import flow as rota
from handlers.swap.flow import flow as swap
from handlers.unit import flow as unit
from handlers.workday import flow as workday

FLOWS: dict[str, Flow] = {
    flow.name: flow
    for flow in (
        menu.flow,
        help.flow,
        snooze.flow,
        reminders,
        why,
        enrol.flow,
        today.flow,
        morning.flow,
        health.flow,
        cases.flow,
        workday.plan_flow,
        workday.output_flow,
        absence,
        unit.flow,
        alerts,
        board,
        recap,
        override,
        rota,
        swap,
        head_flow,
        reply_flow,
        received_flow,
        question,
        inbox,
        history.flow,
        clock.flow,
        settings.language_flow,
        settings.privacy_flow,
    )
}
