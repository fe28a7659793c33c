"""A call's parameters, whether they came as a query, a form, JSON or multipart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from simulator.entities import has_lone_surrogates
from simulator.errors import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Values by name, read leniently as to type and strictly as to sense, as the real one does."""

    values: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The parameter as text, empty when absent."""
        value = self.values.get(name)
        if value is None:
            return ""
        text = value if isinstance(value, str) else json.dumps(value)
        if has_lone_surrogates(text):
            raise bad_request("strings must be encoded in UTF-8")
        return text

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(str(self.values.get(name, default)).strip())
        except ValueError:
            return default

    def is_true(self, name: str) -> bool:
        return str(self.values.get(name, "")).strip().lower() in {"1", "true", "yes", "t"}

    def json(self, name: str, *, what: str) -> Any:
        """The parameter's JSON (given as text or as JSON itself), None when absent or empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def payload(self) -> dict[str, Any]:
        """What the ledger keeps: the values, and of files only name and size."""
        sizes = {name: {"name": file.name, "size": len(file.data)} for name, file in self.files.items()}
        return {**self.values, **sizes}
