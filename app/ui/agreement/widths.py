"""How wide the columns of tables were left, by their heads."""

import json
from typing import Any

from PySide6.QtCore import QSettings

_WIDEST = 4_000


class Widths:
    """Remembers the widths of one table; what somebody has spoilt in the file counts for nothing."""

    def __init__(self, store: QSettings, name: str) -> None:
        self._store, self._key = store, f"agreement/{name}"

    def of(self, head: str, otherwise: int) -> int:
        """Return the width of a column in pixels, `otherwise` if none is known."""
        width = self._noted().get(head)
        return width if isinstance(width, int) and 0 < width <= _WIDEST else otherwise

    def note(self, head: str, width: int) -> None:
        """Remember a width."""
        self._store.setValue(self._key, json.dumps({**self._noted(), head: width}))

    def _noted(self) -> dict[str, Any]:
        try:
            noted: Any = json.loads(str(self._store.value(self._key, "{}")))
        except ValueError:
            return {}
        return noted if isinstance(noted, dict) else {}
