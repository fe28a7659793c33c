"""By what rule the periodic reports of an agency's unit heads name people."""

import json
from datetime import date, datetime

from db import audit, settings
from db.engine import Tx
from db.periodic_reports.ground import SETTING
from db.units import Unit
from handlers.admin.finding import agency_named
from handlers.admin.refusal import AdminRefused
from policy.nonperformance import Rule, UnreadableRuleError, rule_from


async def set_rule(
    tx: Tx,
    *,
    agency_code: str,
    missed: int,
    within: str,
    of: str,
    valid_from: date,
    by: str,
    now: datetime,
) -> tuple[Unit, Rule]:
    """Let reports name who missed so many days of a week or month, from a day on. `of` is such as "plan,output".

    Return the agency and the rule. Raises AdminRefused.
    """
    agency = await agency_named(tx, agency_code, what="the rule of reports")
    kinds = [word.strip() for word in of.split(",") if word.strip()]
    try:
        rule = rule_from({"missed": missed, "within": within, "of": kinds})
    except UnreadableRuleError as error:
        raise AdminRefused(f"{error} Nothing has changed.") from error
    value = json.dumps(rule.as_data())
    await settings.set_value(
        tx,
        unit_code=agency_code,
        name=SETTING,
        value=value,
        basis=None,
        valid_from=valid_from,
        by=by,
        now=now,
    )
    detail = {**rule.as_data(), "from": valid_from.isoformat()}
    await audit.note(
        tx, actor=by, action="nonperformance_rule_set", subject=agency_code, detail=detail, now=now
    )
    return agency, rule
