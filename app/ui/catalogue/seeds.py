"""A field for the seed of a draw: a whole number that makes it repeatable."""

import secrets

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit

_OFFERED = 1_000_000
"""Seeds are offered below this, so that they can be written down in an article."""


class SeedField(QLineEdit):
    """Offers a seed that nobody chose; another can be typed."""

    def __init__(self, seed: int | None = None) -> None:
        super().__init__(str(secrets.randbelow(_OFFERED) if seed is None else seed))
        self.setObjectName("seed")
        self.setAccessibleName("Seed")
        self.setToolTip("The same seed draws the same articles from the same texts")
        self.setMaximumWidth(160)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{1,15}"), self))

    def seed(self) -> int:
        """Return the seed, 0 where nothing is typed."""
        return int(self.text() or 0)
