"""Channels, delivery, rendering and start-up: the only room that opens sockets or words a text."""
