"""The only room that writes SQL: records with two clocks, state, outbox; and the facts built from them."""
