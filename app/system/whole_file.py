"""Files that appear whole or not at all."""

from contextlib import suppress
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Write a file in the place of an older one; OSError if the disk refuses, and then nothing is left beside it."""
    partial = target.with_name(f".{target.name}.part")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    finally:
        with suppress(OSError):
            partial.unlink()
