"""Tries the .deb out where there is no Python: bare root file systems of Debian 12 and 13, made by mmdebstrap."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import packages
from definition import COMMAND, FILE_ENDING, FILE_TYPE

_RELEASES = ("bookworm", "trixie")
_WITH = (
    *("apt", "ca-certificates", "xvfb", "xauth", "x11-utils", "procps"),
    *("xdg-utils", "libglib2.0-bin", "shared-mime-info", "desktop-file-utils"),
)
"""What every desktop has, to look at what the package brings; a Python is not among it."""

_INSIDE = Path(__file__).parent / "inside.sh"


def try_out() -> None:
    """Install, test, show and purge in each root; ends with the first thing that is not as it should be."""
    if shutil.which("mmdebstrap") is None or os.geteuid() != 0:
        sys.exit("Bare roots take mmdebstrap and root. Install it with: apt-get install mmdebstrap")
    if not packages.DEB.exists():
        sys.exit(f"{packages.DEB.name} is not there yet. Make it with: packaging/linux/make deb")
    for release in _RELEASES:
        with tempfile.TemporaryDirectory(prefix=f"{COMMAND}-{release}-") as folder:
            _in_root(release, Path(folder) / "root")


def _in_root(release: str, root: Path) -> None:
    quiet = (
        "--quiet",
        "--variant=minbase",
        f"--include={','.join(_WITH)}",
        "--aptopt=APT::Install-Recommends false",
    )
    print(f"== {release}", flush=True)
    subprocess.run(("mmdebstrap", *quiet, release, root), check=True)
    for source in (packages.DEB, _INSIDE):
        shutil.copyfile(source, root / "tmp" / source.name)
    names = (COMMAND, f"/tmp/{packages.DEB.name}", FILE_ENDING, FILE_TYPE)
    with (root / "etc" / "resolv.conf").open("wb") as file:
        file.write(Path("/etc/resolv.conf").read_bytes())
    script = ("chroot", root, "/bin/sh", f"/tmp/{_INSIDE.name}", *names)
    subprocess.run(
        ("unshare", "--mount", "--pid", "--fork", f"--mount-proc={root}/proc", *script), check=True
    )
