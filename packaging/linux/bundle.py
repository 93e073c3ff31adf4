"""The program as one folder that needs no Python."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from definition import BUILD, COMMAND, OLDEST_GLIBC, OUT, ROOT, moment

FOLDER = OUT / COMMAND
_ENVIRONMENT = BUILD / "venv"


def freeze() -> None:
    """Make the bundle in an environment of its own: what is installed beside the program would end up inside."""
    if missing := [tool for tool in ("uv", "objdump", "strip") if shutil.which(tool) is None]:
        sys.exit(
            f"Making the bundle takes {' and '.join(missing)}. Install them (uv by pip, the others: binutils)."
        )
    environment = {
        **os.environ,
        "UV_PROJECT_ENVIRONMENT": str(_ENVIRONMENT),
        "SOURCE_DATE_EPOCH": str(moment()),
        # The order of sets is in the compiled modules.
        "PYTHONHASHSEED": "1",
    }
    uv = ("uv", "sync", "--quiet", "--no-default-groups", "--group", "bundle")
    subprocess.run(uv, cwd=ROOT, env=environment, check=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    freezer = (_ENVIRONMENT / "bin" / "pyinstaller", "--noconfirm", "--clean", "--log-level", "ERROR")
    folders = ("--distpath", OUT, "--workpath", BUILD / "work")
    spec = ROOT / "packaging" / "rubricator.spec"
    subprocess.run((*freezer, *folders, spec), cwd=ROOT, env=environment, check=True)
    for name in ("LICENCES.txt", "sbom.json"):
        shutil.copyfile(BUILD / name, OUT / f"{COMMAND}-{name}" if name == "sbom.json" else OUT / name)
    shutil.copyfile(BUILD / "LICENCES.txt", FOLDER / "LICENCES.txt")
    even_out(FOLDER)
    print(f"{FOLDER}: {size(FOLDER) / 1e6:.1f} MB")


def ensure() -> None:
    """Make the bundle if there is none."""
    if not (FOLDER / COMMAND).exists():
        freeze()


def check() -> None:
    """Run the bundle's self-test as a stranger would, and hold that no symbol is newer than the oldest system."""
    needs = newest_glibc()
    print(f"Needs glibc {needs[0]}.{needs[1]}")
    if needs > OLDEST_GLIBC:
        sys.exit(
            f"That is newer than {'.'.join(map(str, OLDEST_GLIBC))}, which the oldest supported system has."
        )
    bare = {"PATH": "/usr/bin:/bin", "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}
    said = subprocess.run(
        (FOLDER / COMMAND, "selftest", "--json"),
        env=bare,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    if not said.stdout:
        sys.exit(f"The self-test said nothing: {said.stderr}")
    found = json.loads(said.stdout)
    for part in found["parts"]:
        if not part["ok"]:
            print(f"FAIL  {part['name']}: {part['error']}")
    print(f"Self-test: {sum(part['ok'] for part in found['parts'])} of {len(found['parts'])} parts work.")
    if said.returncode or not found["bundled"]:
        sys.exit(said.stderr or 1)


def newest_glibc() -> tuple[int, int]:
    """Return the newest version of glibc that any file of the bundle has a symbol of."""
    newest = (0, 0)
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.read_bytes()[:4] == b"\x7fELF":
            said = subprocess.run(("objdump", "-T", path), capture_output=True, text=True, check=True).stdout
            found = [(int(a), int(b)) for a, b in re.findall(r"GLIBC_(\d+)\.(\d+)", said)]
            newest = max([newest, *found])
    return newest


def even_out(folder: Path) -> None:
    """Give every file the one moment and rights that do not hang on who made it."""
    for path in (*folder.rglob("*"), folder):
        if not path.is_symlink():
            runs = (
                path.is_dir()
                or (path.parent == folder and path.name == COMMAND)
                or path.stat().st_mode & 0o100
            )
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (moment(), moment()), follow_symlinks=False)


def size(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
