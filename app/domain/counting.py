"""Numbers of things in words."""


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: “1 article”, “1,200 articles”. `noun` is singular and takes an s."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
