"""The page's own API below /<key>/: what it shows, and what people do on it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from simulator import contents, play
from simulator.botapi import WORLD
from simulator.chats import Message
from simulator.errors import PlayError
from simulator.groups import change_group
from simulator.page_shapes import page_group, page_message, page_person
from simulator.params import Upload
from simulator.world import World

SMALL = 256 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
Body = dict[str, Any]


async def read_body(request: web.Request, *, limit: int = SMALL) -> Body:
    """The JSON object in the body; PlayError when it is too large or none."""
    if request.content_type != "application/json":
        raise PlayError("Send JSON.", status=415)
    data = (
        await request.content.read(limit + 1)
        if (request.content_length or 0) <= limit
        else b"x" * (limit + 1)
    )
    while len(data) <= limit and not request.content.at_eof():
        data += await request.content.read(limit + 1 - len(data))
    if len(data) > limit:
        raise PlayError(f"That is more than {limit} bytes.", status=413)
    try:
        body = json.loads(data)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise PlayError("The body must be one JSON object.")
    return body


async def state(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    bot = world.cast.bot
    return web.json_response(
        {
            **world.clock.described(),
            "title": world.cast.title,
            "bot": {"username": bot.username, "name": bot.name},
            "people": [page_person(each) for each in world.people.values() if not each.entry.hidden],
            "groups": [page_group(chat) for chat in world.chats.values() if not chat.is_private],
            "moments": [{"label": moment.label, "at": moment.at} for moment in world.cast.moments],
            "happenings": [asdict(each) for each in world.cast.happenings] if world.happen_url else [],
            "tour": [asdict(step) for step in world.cast.tour],
            "commands": world.shown_commands(),
        }
    )


async def chat(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    given = request.match_info["id"]
    found = world.chats.get(int(given)) if given.lstrip("-").isdigit() else None
    if found is None:
        raise PlayError(f"Tidak ada obrolan {given}.", status=404)
    messages = [page_message(row, clock=world.clock, key=world.key) for row in found.messages.values()]
    return web.json_response({"messages": messages, "keyboard": found.keyboard})


def _sent(messages: list[Message]) -> Body:
    numbers = [message.message_id for message in messages]
    return {"message_id": numbers[-1], "message_ids": numbers}


def say(world: World, body: Body) -> Body:
    messages = play.say(
        world,
        user=body.get("user"),
        text=str(body.get("text", "")),
        chat=body.get("chat"),
        reply_to=body.get("reply_to"),
        is_forwarded=body.get("forwarded") is True,
        is_via_bot=body.get("via_bot") is True,
    )
    return _sent(messages)


def edit(world: World, body: Body) -> Body:
    text = str(body.get("text", ""))
    return _sent([play.edit(world, user=body.get("user"), message_id=body.get("message_id"), text=text)])


def press(world: World, body: Body) -> Body:
    data = str(body.get("data", ""))
    return {
        "callback_id": play.press(world, user=body.get("user"), message_id=body.get("message_id"), data=data)
    }


def contact(world: World, body: Body) -> Body:
    message = contents.share_contact(
        world,
        user=body.get("user"),
        phone=str(body.get("phone") or ""),
        is_own=body.get("own", True) is True,
        is_forwarded=body.get("forwarded") is True,
    )
    return _sent([message])


def other(world: World, body: Body) -> Body:
    kind = str(body.get("kind", ""))
    return _sent([contents.send_other(world, user=body.get("user"), kind=kind, chat=body.get("chat"))])


def start(world: World, body: Body) -> Body:
    return _sent([play.start(world, user=body.get("user"), payload=str(body.get("payload") or ""))])


def block(world: World, body: Body) -> Body:
    person = play.person_of(world, body.get("user"))
    if "blocked" in body:
        play.block(world, user=body["user"], is_blocking=body["blocked"] is True)
    if "deactivated" in body:
        person.is_deactivated = body["deactivated"] is True
    return page_person(person)


def group(world: World, body: Body) -> Body:
    user, where = play.group_member(world, user=body.get("user"), chat=body.get("chat"))
    return change_group(world, user=user.id, chat=where.id, change=str(body.get("change", "")))


def deed(act: Callable[[World, Body], Body]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler that does one thing a person does, with the JSON body as its facts."""

    async def handler(request: web.Request) -> web.Response:
        return web.json_response(act(request.app[WORLD], await read_body(request)))

    return handler


async def photo(request: web.Request) -> web.Response:
    """One photo or an album, as multipart with `user`, files and maybe `caption`."""
    user, uploads, caption = await _uploads(request)
    return web.json_response(
        _sent(contents.send_photos(request.app[WORLD], user=user, uploads=uploads, caption=caption))
    )


async def document(request: web.Request) -> web.Response:
    """One file as it is, as multipart with `user`, the file and maybe `caption`."""
    user, uploads, caption = await _uploads(request)
    return web.json_response(
        _sent([contents.send_document(request.app[WORLD], user=user, uploads=uploads, caption=caption)])
    )


async def _uploads(request: web.Request) -> tuple[int | None, list[Upload], str]:
    if not request.content_type.startswith("multipart/"):
        raise PlayError("Send the file as multipart/form-data.", status=415)
    fields = await request.post()
    uploads = []
    for field in fields.values():
        if isinstance(field, web.FileField):
            data = field.file.read(PHOTO_BYTES + 1)
            if len(data) > PHOTO_BYTES:
                raise PlayError("Satu berkas paling besar 10 MB.", status=413)
            uploads.append(Upload(field.filename, field.content_type, data))
    user = str(fields.get("user", ""))
    return int(user) if user.isdecimal() else None, uploads, str(fields.get("caption", ""))
