"""Receiving: long polling and the webhook, of which only one can be used at a time."""

from __future__ import annotations

import re
from typing import Any

from yarl import URL

from simulator.errors import bad_request, conflict
from simulator.guard import is_loopback
from simulator.methods.call import Call
from simulator.webhook import Delivery, Settings

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(call: Call) -> list[dict[str, Any]]:
    world, params = call.world, call.params
    if world.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    _remember_allowed(call)
    return await world.polling.get(
        offset=params.integer("offset"),
        limit=params.integer("limit", 100),
        seconds=params.integer("timeout"),
        faults=world.faults,
    )


async def set_webhook(call: Call) -> bool:
    world, url = call.world, call.params.text("url").strip()
    if not url:
        return await delete_webhook(call)
    _check_url(url)
    secret = call.params.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _remember_allowed(call)
    await _stop(call)
    world.polling.interrupt(conflict("terminated by setWebhook request"))
    connections = min(max(call.params.integer("max_connections", 40), 1), 100)
    world.webhook = Settings(url=url, secret=secret, max_connections=connections)
    world.delivery = Delivery(
        updates=world.updates,
        clock=world.clock,
        settings=world.webhook,
        faults=lambda: world.faults,
        execute=call.execute,
        first_delay=world.first_delay,
    )
    world.delivery.start()
    return True


async def delete_webhook(call: Call) -> bool:
    await _stop(call)
    call.world.webhook = Settings()
    return True


async def get_webhook_info(call: Call) -> dict[str, Any]:
    world = call.world
    info: dict[str, Any] = {
        "url": world.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if world.webhook.url:
        info |= {"max_connections": world.webhook.max_connections, "ip_address": "127.0.0.1"}
    if world.webhook.last_error_at is not None:
        info |= {
            "last_error_date": int(world.webhook.last_error_at),
            "last_error_message": world.webhook.last_error,
        }
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


def _remember_allowed(call: Call) -> None:
    given = call.params.json("allowed_updates", what="allowed updates")
    if given is not None and not isinstance(given, list):
        raise bad_request("can't parse allowed updates: expected an Array of String")
    call.world.updates.allow(None if given is None else [str(kind) for kind in given])


async def _stop(call: Call) -> None:
    if call.world.delivery is not None:
        await call.world.delivery.stop()
        call.world.delivery = None
    if call.params.is_true("drop_pending_updates"):
        call.world.updates.drop_all()


def _check_url(given: str) -> None:
    """Only this machine: the simulator sends nothing to anywhere else."""
    try:
        url = URL(given)
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not is_loopback(url.host):
        raise bad_request(
            "bad webhook: the simulator delivers only to this machine (127.0.0.1, localhost, [::1])"
        )
