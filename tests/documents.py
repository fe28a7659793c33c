"""Reading what was printed, as somebody does who opens it."""

import io
import re

from pypdf import PdfReader


def pages(pdf: bytes) -> list[str]:
    """Return the text of every page, without the places where a line may break."""
    return [page.extract_text().replace("\u200b", "") for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    """Return the whole text with single spaces."""
    return re.sub(r"\s+", " ", "\n".join(pages(pdf)))


def solid(pdf: bytes) -> str:
    """Return the whole text without any spaces, so that line ends within words do not matter."""
    return re.sub(r"\s+", "", "".join(pages(pdf)))
