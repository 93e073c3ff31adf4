"""The line in which people type what a list is to show."""

from PySide6.QtWidgets import QLineEdit


class FilterField(QLineEdit):
    """Has a hint, a name for screen readers and a button that empties it."""

    def __init__(self, name: str, spoken: str, hint: str = "") -> None:
        """Without a `hint` the name that is spoken is shown too."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setPlaceholderText(hint or spoken)
        self.setClearButtonEnabled(True)
