"""The numbers of circulars, as press and officials print them: now with a slash, now without."""


def normalised(number: str) -> str:
    """The letters and digits of a number: two numbers are one if these agree."""
    return "".join(sign for sign in number.casefold() if sign.isalnum())
