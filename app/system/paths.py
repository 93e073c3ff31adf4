"""Where the program keeps its own things on this machine; never the user's projects."""

import os
from pathlib import Path
from typing import NamedTuple, Self

from platformdirs import PlatformDirs


class Places(NamedTuple):
    """The folders of one user: settings, backups, locks and logs."""

    settings: Path
    data: Path
    state: Path

    @classmethod
    def of_this_user(cls) -> Self:
        """Return the usual folders of the system, or those below `RUBRICATOR_HOME` if that is set."""
        home = os.environ.get("RUBRICATOR_HOME")
        if home:
            base = Path(home)
            return cls(base / "settings", base / "data", base / "state")
        dirs = PlatformDirs("rubricator", appauthor=False, roaming=True)
        return cls(dirs.user_config_path, dirs.user_data_path, dirs.user_state_path)

    @property
    def settings_file(self) -> Path:
        """Where what was chosen is kept."""
        return self.settings / "settings.json"

    @property
    def backups(self) -> Path:
        """Where copies of projects are kept, one folder a project."""
        return self.data / "backups"

    @property
    def locks(self) -> Path:
        """Where open projects are noted."""
        return self.state / "locks"

    @property
    def log(self) -> Path:
        """The file of what went wrong."""
        return self.state / "rubricator.log"
