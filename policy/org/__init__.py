"""An organisation from a file, ORG.json, as the database would tell of it."""
