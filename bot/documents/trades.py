"""Every kind of work that ends in a document, and what makes it."""

from bot.documents.making import Making
from bot.documents.recap import RecapMaking
from bot.documents.rotas import RotaMaking
from handlers.history.asking import DOCUMENT
from handlers.recap.asking import RECAP
from handlers.rota.asking import ROTA

MAKERS: tuple[tuple[str, type[Making] | type[RotaMaking] | type[RecapMaking]], ...] = (
    (DOCUMENT, Making),
    (ROTA, RotaMaking),
    (RECAP, RecapMaking),
)
