"""A circular's YAML and other files -> the values of the rules; each error with its file and line."""
