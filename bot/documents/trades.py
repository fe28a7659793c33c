"""Every kind of work that ends in a document, and what makes it."""

from bot.documents.digests import DigestMaking
from bot.documents.making import Making
from bot.documents.rotas import RotaMaking
from handlers.history.asking import DOCUMENT
from handlers.rota.asking import ROTA
from scheduler.digest_telling import DIGEST

MAKERS: tuple[tuple[str, type[Making] | type[RotaMaking] | type[DigestMaking]], ...] = (
    (DOCUMENT, Making),
    (ROTA, RotaMaking),
    (DIGEST, DigestMaking),
)
