"""Files on Telegram: what came with a message, how its bytes are fetched, and how a file is sent."""

from typing import Any
from urllib.parse import quote

import telegram
from telegram.error import TelegramError

from bot.channels.base import Attachment, FetchFailure
from bot.channels.telegram_errors import MaybeSent, TooLarge, fetch_failure_of, is_no_photo
from bot.channels.telegram_http import TelegramHttp
from handlers.update import Attached

ENOUGH_PIXELS = 1600  # the longer side of a photo that is still read well on paper
PHOTOS = frozenset({"image/jpeg", "image/png"})
MOST_PHOTO_BYTES = 10 * 1024 * 1024


def attached(message: telegram.Message, media: str) -> Attached | None:
    """Return the photo or document of a message, in the size that we keep; None for anything else."""
    if media == "photo":
        photo = _photo(message.photo)
        return Attached(key=photo.file_id, type="image/jpeg", size=photo.file_size or 0)
    if media == "document" and message.document is not None:
        document = message.document
        return Attached(
            key=document.file_id,
            name=document.file_name or "",
            type=document.mime_type or "",
            size=document.file_size or 0,
        )
    return None


def _photo(sizes: tuple[telegram.PhotoSize, ...]) -> telegram.PhotoSize:
    """Return the largest size that is not larger than we need, or else the smallest."""
    by_size = sorted(sizes, key=_longer_side)
    fitting = [size for size in by_size if _longer_side(size) <= ENOUGH_PIXELS]
    return fitting[-1] if fitting else by_size[0]


def _longer_side(size: telegram.PhotoSize) -> int:
    return max(size.width, size.height)


async def fetch(http: TelegramHttp, bot: telegram.Bot, key: str, *, most: int) -> bytes | FetchFailure:
    """Return the bytes of a file, asking first where they are and how many. Never raises."""
    try:
        found = await http.call(f"{bot.base_url}/getFile", {"file_id": key}, seconds=http.read_timeout or 0)
        path, size = _place(found)
        if size > most:
            raise TooLarge("larger than is taken")
        return await http.download(f"{bot.base_file_url}/{quote(path)}", most=most)
    except TelegramError as error:
        return fetch_failure_of(error)


def _place(found: object) -> tuple[str, int]:
    """Return where a file is, and its size as far as it is told."""
    if not isinstance(found, dict) or not isinstance(found.get("file_path"), str):
        raise MaybeSent("an answer that does not say where the file is")
    size = found.get("file_size")
    return found["file_path"], size if isinstance(size, int) else 0


async def send(bot: telegram.Bot, chat: int | str, attachment: Attachment, **more: Any) -> telegram.Message:
    """Send a picture as a photo, anything else (or what is refused as a photo) as a document. Raises TelegramError."""
    if attachment.type in PHOTOS and len(attachment.body) <= MOST_PHOTO_BYTES:
        try:
            return await bot.send_photo(chat, _upload(attachment), **more)
        except TelegramError as error:
            if not is_no_photo(error):
                raise
    return await bot.send_document(chat, _upload(attachment), **more)


def _upload(attachment: Attachment) -> telegram.InputFile:
    return telegram.InputFile(attachment.body, filename=attachment.name)
