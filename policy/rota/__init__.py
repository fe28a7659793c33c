"""How a unit's rota is planned (the way in is policy/roster.py), changed, published and recomputed."""
