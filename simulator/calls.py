"""Running one call: found by name, held to the pace, counted, and written down when refused."""

from __future__ import annotations

from typing import Any

from simulator.errors import ApiError, too_many_requests
from simulator.ledger import Delivery
from simulator.methods import BY_LOWER_NAME, METHODS, PACED
from simulator.methods.call import Call
from simulator.params import Params
from simulator.world import World

_NOT_FROM_ANSWERS = {"deletewebhook", "setwebhook", "close", "logout"}


def method_name(given: str) -> str:
    """The method's proper name, in whatever case it was asked; ApiError 404 when there is none."""
    name = BY_LOWER_NAME.get(given.lower())
    if name is None:
        raise ApiError(404, "Not Found")
    return name


async def run(
    world: World, method: str, params: Params, *, via: str = "request"
) -> tuple[Any, list[Delivery]]:
    """The call's result and the ledger rows it made; ApiError, also written down, when it is refused."""

    async def execute(values: dict[str, Any]) -> None:
        await run_from_answer(world, values)

    call = Call(world, method, params, execute, via=via)
    try:
        _hold_pace(world, method, params)
        return await METHODS[method](call), call.rows
    except ApiError as error:
        refuse(world, method, params, error)
        raise


def _hold_pace(world: World, method: str, params: Params) -> None:
    if method not in PACED:
        return
    chat = params.integer("chat_id")
    seconds = world.limits.wait(chat=chat, is_group=chat < 0, at=world.clock.steady())
    if seconds:
        raise too_many_requests(seconds)


def refuse(world: World, method: str, params: Params, error: ApiError) -> None:
    """Write a refused call down."""
    chat = params.integer("chat_id") or None
    facts = {"method": method, "chat": chat, "error_code": error.code, "description": error.description}
    world.ledger.refused.append({"at": world.clock.real(), **facts})
    world.show_ledger()


async def run_from_answer(world: World, values: dict[str, Any]) -> None:
    """Run the call that a webhook's answer held; what it refuses is only written down, as nobody hears it."""
    name = str(values.get("method", "")).lower()
    if name in _NOT_FROM_ANSWERS or name.startswith("get") or name not in BY_LOWER_NAME:
        return
    world.ledger.calls[BY_LOWER_NAME[name]] += 1
    params = Params({key: value for key, value in values.items() if key != "method"})
    try:
        await run(world, BY_LOWER_NAME[name], params, via="webhook answer")
    except ApiError:
        return
