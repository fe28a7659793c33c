"""Scripted dialogues: each on both engines, through Telegram and through a channel as narrow as WhatsApp."""
