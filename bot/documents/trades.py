"""Every kind of work that ends in a document, and what makes it."""

from bot.documents.digests import DigestMaking
from bot.documents.making import Making
from bot.documents.periodic import PeriodicMaking
from bot.documents.recap import RecapMaking
from bot.documents.rotas import RotaMaking
from handlers.history.asking import DOCUMENT
from handlers.periodic.asking import PERIODIC
from handlers.recap.asking import RECAP
from handlers.rota.asking import ROTA
from scheduler.digesting.telling import DIGEST

Maker = type[Making] | type[RotaMaking] | type[DigestMaking] | type[PeriodicMaking] | type[RecapMaking]
MAKERS: tuple[tuple[str, Maker], ...] = (
    (DOCUMENT, Making),
    (ROTA, RotaMaking),
    (DIGEST, DigestMaking),
    (PERIODIC, PeriodicMaking),
    (RECAP, RecapMaking),
)
