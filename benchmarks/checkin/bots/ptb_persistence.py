"""States of python-telegram-bot in SQLite: what it hands over is written at once, and committed by `flush`."""

import json
from typing import Any

import aiosqlite
from telegram.ext import BasePersistence, PersistenceInput

_PUT = "INSERT OR REPLACE INTO states (key, state, data) VALUES (?, ?, ?)"


class SqlitePersistence(BasePersistence[dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """Conversations and user_data; the library keeps all of them in memory as well, and reads them at its start."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        super().__init__(
            store_data=PersistenceInput(bot_data=False, chat_data=False, user_data=True, callback_data=False),
            update_interval=3600,  # the webhook writes after every update
        )
        self._connection = connection

    async def get_user_data(self) -> dict[int, dict[Any, Any]]:
        rows = await self._connection.execute_fetchall("SELECT key, data FROM states WHERE data IS NOT NULL")
        return {int(key): json.loads(data) for key, data in rows}

    async def get_conversations(self, name: str) -> dict[tuple[int | str, ...], object]:
        rows = await self._connection.execute_fetchall(
            "SELECT key, state FROM states WHERE state IS NOT NULL"
        )
        prefix = f"{name}:"
        return {
            tuple(json.loads(key.removeprefix(prefix))): json.loads(state)
            for key, state in rows
            if key.startswith(prefix)
        }

    async def update_conversation(
        self, name: str, key: tuple[int | str, ...], new_state: object | None
    ) -> None:
        await self._connection.execute(_PUT, (f"{name}:{json.dumps(key)}", json.dumps(new_state), None))

    async def update_user_data(self, user_id: int, data: dict[Any, Any]) -> None:
        await self._connection.execute(_PUT, (str(user_id), None, json.dumps(data)))

    async def flush(self) -> None:
        await self._connection.commit()

    async def get_bot_data(self) -> dict[Any, Any]:
        return {}

    async def get_chat_data(self) -> dict[int, dict[Any, Any]]:
        return {}

    async def get_callback_data(self) -> None:
        return None

    async def update_bot_data(self, data: dict[Any, Any]) -> None:
        return

    async def update_chat_data(self, chat_id: int, data: dict[Any, Any]) -> None:
        return

    async def update_callback_data(self, data: Any) -> None:
        return

    async def drop_chat_data(self, chat_id: int) -> None:
        return

    async def drop_user_data(self, user_id: int) -> None:
        await self._connection.execute("DELETE FROM states WHERE key = ?", (str(user_id),))

    async def refresh_user_data(self, user_id: int, user_data: dict[Any, Any]) -> None:
        return

    async def refresh_chat_data(self, chat_id: int, chat_data: dict[Any, Any]) -> None:
        return

    async def refresh_bot_data(self, bot_data: dict[Any, Any]) -> None:
        return
