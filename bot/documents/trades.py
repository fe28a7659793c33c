"""Every kind of work that ends in a document, and what makes it."""

from bot.documents.making import Making
from bot.documents.periodic import PeriodicMaking
from bot.documents.rotas import RotaMaking
from handlers.history.asking import DOCUMENT
from handlers.periodic.asking import PERIODIC
from handlers.rota.asking import ROTA

MAKERS: tuple[tuple[str, type[Making] | type[RotaMaking] | type[PeriodicMaking]], ...] = (
    (DOCUMENT, Making),
    (ROTA, RotaMaking),
    (PERIODIC, PeriodicMaking),
)
