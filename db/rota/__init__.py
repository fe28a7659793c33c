"""A unit's rota: drawn, published, mended, and what it was drawn from."""
