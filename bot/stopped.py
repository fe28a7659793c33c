"""Why a service that should go on does not."""


class Stopped(Exception):
    """The service cannot go on; the text says why and what to do."""
