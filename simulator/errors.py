"""What can be refused: by the pretend platform in Telegram's words, by the page in a sentence."""

from __future__ import annotations

from typing import Any


class SimulatorError(Exception):
    """The simulator cannot do what was asked; the text says why."""


class ApiError(SimulatorError):
    """The pretend platform refuses a call, in the real one's words."""

    def __init__(self, code: int, description: str, *, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class CutError(SimulatorError):
    """The connection is to be dropped without an answer."""


class PlayError(SimulatorError):
    """What the page asked for is impossible; `status` is the HTTP status of the answer."""

    def __init__(self, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


def bad_request(text: str, *, parameters: dict[str, Any] | None = None) -> ApiError:
    return ApiError(400, f"Bad Request: {text}", parameters=parameters)


def forbidden(text: str) -> ApiError:
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(seconds: int) -> ApiError:
    words = f"Too Many Requests: retry after {seconds}"
    return ApiError(429, words, parameters={"retry_after": seconds})
