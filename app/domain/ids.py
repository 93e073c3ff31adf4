"""Identifiers: UUIDs made where the thing is made, so that files from several laptops can be merged."""

import secrets
import time
import uuid
from typing import NewType

ProjectId = NewType("ProjectId", str)
ArticleId = NewType("ArticleId", str)
CoderId = NewType("CoderId", str)
CodeId = NewType("CodeId", str)
AttributeId = NewType("AttributeId", str)
AnnotationId = NewType("AnnotationId", str)
EntityId = NewType("EntityId", str)
StepId = NewType("StepId", str)
TermId = NewType("TermId", str)
SampleId = NewType("SampleId", str)


def new_id() -> str:
    """Return a new UUID, version 7: ids made later sort later, so that rows made together lie together."""
    milliseconds = time.time_ns() // 1_000_000
    value = (
        (milliseconds & (2**48 - 1)) << 80
        | 0x7 << 76
        | secrets.randbits(12) << 64
        | 0b10 << 62
        | secrets.randbits(62)
    )
    return str(uuid.UUID(int=value))


def is_id(text: str) -> bool:
    """Tell whether `text` is a UUID in its canonical written form."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
