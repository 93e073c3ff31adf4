"""Takes out of a bundle what the program never loads, and holds that it needs nothing but what it should.

What a bundle has must not hang on what the machine that makes it has: every library is either the system's (SYSTEM),
one of those that are brought along (BROUGHT), or comes from a wheel. Anything else stops the build.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]
"""The place in the bundle, the file that goes there, and what PyInstaller calls its kind."""

PLUGINS = {
    "platforms": ("libqxcb.so", "libqoffscreen.so", "libqwayland.so", "libqwayland-generic.so"),
    "platforminputcontexts": (
        "libcomposeplatforminputcontextplugin.so",
        "libibusplatforminputcontextplugin.so",
    ),
    "platformthemes": ("libqxdgdesktopportal.so",),
    "wayland-shell-integration": ("libxdg-shell.so",),
    "wayland-decoration-client": ("libbradient.so", "libadwaita.so"),
    "iconengines": ("libqsvgicon.so",),
    "imageformats": ("libqsvg.so", "libqjpeg.so"),
}
"""The plugins of Qt that are used: windows on X and Wayland, none at all, input methods, and pictures."""

SYSTEM = {
    *(
        "libc.so.6",
        "libm.so.6",
        "libdl.so.2",
        "libpthread.so.0",
        "librt.so.1",
        "libutil.so.1",
        "libresolv.so.2",
    ),
    *("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libstdc++.so.6", "libgcc_s.so.1", "libz.so.1"),
    *(
        "libX11.so.6",
        "libX11-xcb.so.1",
        "libxcb.so.1",
        "libGL.so.1",
        "libEGL.so.1",
        "libGLX.so.0",
        "libOpenGL.so.0",
    ),
    *("libfontconfig.so.1", "libfreetype.so.6", "libglib-2.0.so.0", "libgthread-2.0.so.0", "libdbus-1.so.3"),
    *(
        "libwayland-client.so.0",
        "libwayland-cursor.so.0",
        "libwayland-egl.so.1",
        "libuuid.so.1",
        "libexpat.so.1",
    ),
}
"""What every desktop has and has to fit its drivers; the package depends on it."""

PACKAGES = {
    "libc6 (>= 2.35)": ("libc.so.6",),
    "libstdc++6": ("libstdc++.so.6",),
    "libgcc-s1": ("libgcc_s.so.1",),
    "zlib1g": ("libz.so.1",),
    "libx11-6": ("libX11.so.6",),
    "libx11-xcb1": ("libX11-xcb.so.1",),
    "libxcb1": ("libxcb.so.1",),
    "libgl1": ("libGL.so.1",),
    "libegl1": ("libEGL.so.1",),
    "libfontconfig1": ("libfontconfig.so.1",),
    "libfreetype6": ("libfreetype.so.6",),
    "libglib2.0-0t64 | libglib2.0-0": ("libglib-2.0.so.0", "libgthread-2.0.so.0"),
    "libdbus-1-3": ("libdbus-1.so.3",),
    "libuuid1": ("libuuid.so.1",),
    "libexpat1": ("libexpat.so.1",),
}
"""The packages of Debian and Ubuntu with what is the system's, but for Wayland's, which are recommended."""

BROUGHT = {
    *(f"libxcb-{name}" for name in ("cursor", "icccm", "image", "keysyms", "randr", "render", "render-util")),
    *(f"libxcb-{name}" for name in ("shape", "shm", "sync", "util", "xfixes", "xkb")),
    *("libxkbcommon", "libxkbcommon-x11", "libsqlite3", "libffi", "libbz2", "liblzma", "libzstd"),
    f"libpython{sys.version_info.major}.{sys.version_info.minor}",
}
"""What comes from the machine that makes the bundle, without numbers."""

USELESS = re.compile(
    r"^PySide6/(Qt/(translations|qml|resources|libexec|metatypes)|glue|typesystems|include|examples)/"
    r"|\.(pyi|pyx|pxd|h|c|typed)$"
    r"|^babel/locale-data/(?!root\.dat|en(_GB|_US)?\.dat)"
    r"|/tests?/"
)


def trimmed(binaries: list[Entry], work: Path) -> list[Entry]:
    """Keep modules, the plugins that are used and what they need; ends the build where something is missing."""
    if sys.platform != "linux":
        return [each for each in binaries if not USELESS.search(each[0].replace("\\", "/"))]
    kept = {each[0]: each for each in binaries if not USELESS.search(each[0])}
    by_name = {PurePosixPath(place).name: place for place in kept}
    todo = [place for place, _, kind in kept.values() if _is_root(place, kind)]
    reached: set[str] = set()
    strange: set[str] = set()
    while todo:
        place = todo.pop()
        if place in reached:
            continue
        reached.add(place)
        for name in needed(Path(kept[place][1])):
            if name in SYSTEM:
                continue
            if name not in by_name or not _expected(name, kept[by_name[name]][1]):
                strange.add(f"{name}, which {place} needs")
            else:
                todo.append(by_name[name])
    if strange:
        sys.exit(
            "These libraries are neither the system's nor brought along:\n  " + "\n  ".join(sorted(strange))
        )
    return [_stripped(kept[place], work) for place in sorted(reached)]


def needed(path: Path) -> list[str]:
    """Return the libraries that a file asks the loader for."""
    said = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^\s+NEEDED\s+(\S+)", said, re.MULTILINE)


def without_data(datas: list[Entry]) -> list[Entry]:
    """Leave out data that nothing reads, and links to libraries that are left out: PyInstaller makes new ones."""
    return [each for each in datas if not USELESS.search(each[0]) and each[2] != "SYMLINK"]


def _is_root(place: str, kind: str) -> bool:
    path = PurePosixPath(place)
    if "plugins" in path.parts:
        return path.name in PLUGINS.get(path.parent.name, ())
    # libpdfium is loaded by name.
    return kind == "EXTENSION" or path.name.startswith(("libpython3.", "libpdfium"))


def _expected(name: str, source: str) -> bool:
    return "site-packages" in source or name.partition(".so")[0] in BROUGHT


def _stripped(entry: Entry, work: Path) -> Entry:
    """Take out of Python's own libraries what only a debugger reads; those of wheels stay as their makers made them."""
    place, source, kind = entry
    path = PurePosixPath(place)
    if not path.name.startswith("libpython3.") and path.parent.name != "lib-dynload":
        return entry
    target = work / "stripped" / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    subprocess.run(["strip", "--strip-unneeded", target], check=True)
    return place, str(target), kind
