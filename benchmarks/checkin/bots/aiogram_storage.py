"""States of aiogram in SQLite: written as they change, committed by the handler before it answers."""

import json
from collections.abc import Mapping
from typing import Any

import aiosqlite
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StorageKey

_STATE = """
INSERT INTO states (key, state) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET state = excluded.state
"""
_DATA = "INSERT INTO states (key, data) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET data = excluded.data"


class SqliteStorage(BaseStorage):
    """One row a chat."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def set_state(self, key: StorageKey, state: str | State | None = None) -> None:
        name = state.state if isinstance(state, State) else state
        await self._connection.execute(_STATE, (str(key.chat_id), name))

    async def get_state(self, key: StorageKey) -> str | None:
        return await self._column("state", key)

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self._connection.execute(_DATA, (str(key.chat_id), json.dumps(data)))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        data = await self._column("data", key)
        return json.loads(data) if data else {}

    async def close(self) -> None:
        return

    async def _column(self, name: str, key: StorageKey) -> str | None:
        sql = f"SELECT {name} FROM states WHERE key = ?"
        rows = list(await self._connection.execute_fetchall(sql, (str(key.chat_id),)))
        return rows[0][0] if rows else None
