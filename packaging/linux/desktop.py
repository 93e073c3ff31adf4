"""What desktops read: an entry of the menu, icons, the type of file, a page for shops of programs, a manual page."""

import gzip
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from definition import (
    APPLICATION_ID,
    BUILD,
    COMMAND,
    DESCRIPTION,
    DEVELOPERS,
    FILE_ENDING,
    FILE_TYPE,
    FILE_TYPE_NAME,
    ICON,
    IDENTIFIER,
    KEYWORDS,
    LICENCE,
    NAME,
    ROOT,
    SUMMARY,
    VERSION,
    moment,
)

_SIZES = (16, 24, 32, 48, 64, 128, 256)


def write(share: Path, command: str) -> None:
    """Write everything below a folder `share`; `command` is what starts the program."""
    _put(share / "applications" / f"{COMMAND}.desktop", _entry(command))
    _put(share / "mime" / "packages" / f"{COMMAND}.xml", _file_type())
    _put(share / "metainfo" / f"{IDENTIFIER}.metainfo.xml", _page())
    manual = share / "man" / "man1" / f"{COMMAND}.1.gz"
    manual.parent.mkdir(parents=True)
    # Without name and moment, so that the same page gives the same bytes.
    manual.write_bytes(gzip.compress(_manual().encode(), mtime=0))
    _icons(share / "icons" / "hicolor")


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _icons(folder: Path) -> None:
    drawn = BUILD / "icons"
    script = ROOT / "packaging" / "icons.py"
    subprocess.run((BUILD / "venv" / "bin" / "python", script, drawn, *map(str, _SIZES)), check=True)
    kind = FILE_TYPE.replace("/", "-")
    for size in (*(f"{each}x{each}" for each in _SIZES), "scalable"):
        source = ICON if size == "scalable" else drawn / f"{size.partition('x')[0]}.png"
        for place in (f"apps/{COMMAND}", f"mimetypes/{kind}"):
            target = folder / size / f"{place}{source.suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _entry(command: str) -> str:
    return f"""[Desktop Entry]
Type=Application
Version=1.4
Name={NAME}
Comment={SUMMARY}
Exec={command} %f
Icon={COMMAND}
Terminal=false
Categories=Education;
MimeType={FILE_TYPE};
Keywords={";".join(KEYWORDS)};
StartupWMClass={COMMAND}
"""


def _file_type() -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{FILE_TYPE}">
    <comment>{escape(FILE_TYPE_NAME)}</comment>
    <sub-class-of type="application/vnd.sqlite3"/>
    <magic priority="60">
      <match type="string" value="SQLite format 3" offset="0">
        <match type="big32" value="0x{APPLICATION_ID:08X}" offset="68"/>
      </match>
    </magic>
    <glob pattern="*.{FILE_ENDING}"/>
  </mime-type>
</mime-info>
"""


def _page() -> str:
    day = datetime.fromtimestamp(moment(), UTC).date()
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{IDENTIFIER}</id>
  <name>{NAME}</name>
  <summary>{escape(SUMMARY)}</summary>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>{LICENCE}</project_license>
  <developer id="org.rubricator"><name>{escape(DEVELOPERS)}</name></developer>
  <description><p>{escape(DESCRIPTION)}</p></description>
  <launchable type="desktop-id">{COMMAND}.desktop</launchable>
  <provides><binary>{COMMAND}</binary><mediatype>{FILE_TYPE}</mediatype></provides>
  <content_rating type="oars-1.1"/>
  <releases><release version="{VERSION}" date="{day}"/></releases>
</component>
"""


def _manual() -> str:
    day = datetime.fromtimestamp(moment(), UTC).date()
    return f""".TH {COMMAND.upper()} 1 "{day}" "{NAME} {VERSION}"
.SH NAME
{COMMAND} \\- {SUMMARY[0].lower()}{SUMMARY[1:]}
.SH SYNOPSIS
.B {COMMAND}
.RI [ PROJECT .{FILE_ENDING}]
.br
.B {COMMAND}
.I COMMAND
.RI [ OPTIONS ]
.SH DESCRIPTION
{DESCRIPTION}
.PP
Without a command, or with a project, the window opens. All commands and their options are listed by
.B {COMMAND} \\-\\-help
and
.BR "{COMMAND} COMMAND \\-\\-help" .
.SH FILES
.I *.{FILE_ENDING}
is a project: one SQLite file that may be copied at any moment. Settings, backups and logs are kept in the usual folders
of the user, or below
.B RUBRICATOR_HOME
if that is set.
.SH EXIT STATUS
0 on success, 1 for an error that can be mended, 2 for wrong usage.
"""
