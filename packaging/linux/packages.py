"""The bundle packed: for everybody on a machine (.deb), for one user without root (.run), and as it is (.tar.xz)."""

import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path

import desktop
from bundle import FOLDER, even_out, size
from definition import BUILD, COMMAND, DESCRIPTION, DEVELOPERS, OUT, SUMMARY, VERSION, moment
from trim import PACKAGES

MACHINE = platform.machine()
_DEBIAN_MACHINE = {"x86_64": "amd64", "aarch64": "arm64"}.get(MACHINE, MACHINE)

DEB = OUT / f"{COMMAND}_{VERSION}_{_DEBIAN_MACHINE}.deb"
RUN = OUT / f"{COMMAND}-{VERSION}-linux-{MACHINE}.run"
TARBALL = OUT / f"{COMMAND}-{VERSION}-linux-{MACHINE}.tar.xz"

_LONG = 79


def deb() -> None:
    """Make the package of Debian and Ubuntu; no script of ours runs when it comes or goes."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(FOLDER, tree / "usr" / "lib" / COMMAND, symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / COMMAND).symlink_to(f"../lib/{COMMAND}/{COMMAND}")
    desktop.write(tree / "usr" / "share", COMMAND)
    documents = tree / "usr" / "share" / "doc" / COMMAND
    documents.mkdir(parents=True)
    shutil.copyfile(OUT / "LICENCES.txt", documents / "copyright")
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(_control(size(tree)), encoding="utf-8")
    even_out(tree)
    (tree / "usr" / "lib" / COMMAND / COMMAND).chmod(0o755)
    command = ("dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", tree, DEB)
    stamped = {**os.environ, "SOURCE_DATE_EPOCH": str(moment())}
    subprocess.run(command, env=stamped, check=True, stdout=subprocess.DEVNULL)
    _tell(DEB)


def tarball() -> None:
    """Pack the folder as it is, with what a menu needs beside it."""
    tree = _portable()
    _archive(tree, TARBALL, ("xz", "-9", "-T1", "-c"))
    _tell(TARBALL)


def run() -> None:
    """Make one file that installs for whoever runs it: a script with the packed folder behind it."""
    tree = _portable()
    packed = BUILD / "run.tar.gz"
    # gzip, because not every system has xz.
    _archive(tree, packed, ("gzip", "-9", "-n", "-c"))
    script = (Path(__file__).parent / "install.sh").read_text(encoding="utf-8")
    script = script.replace("@COMMAND@", COMMAND).replace("@VERSION@", VERSION)
    digest = hashlib.sha256(packed.read_bytes()).hexdigest()
    script = script.replace("@SHA256@", digest)
    script = script.replace("@LINES@", str(len(script.splitlines()) + 1))
    RUN.write_bytes(script.encode() + packed.read_bytes())
    RUN.chmod(0o755)
    _tell(RUN)


def sums() -> None:
    """Write the SHA-256 of everything that is handed out."""
    names = sorted(path for path in OUT.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in names]
    (OUT / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _portable() -> Path:
    tree = BUILD / "portable" / f"{COMMAND}-{VERSION}"
    shutil.rmtree(tree.parent, ignore_errors=True)
    shutil.copytree(FOLDER, tree, symlinks=True)
    desktop.write(tree / "share", COMMAND)
    even_out(tree)
    return tree


def _archive(tree: Path, target: Path, packer: tuple[str, ...]) -> None:
    tar = (
        "tar",
        "--sort=name",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        f"--mtime=@{moment()}",
        "--format=gnu",
    )
    with target.open("wb") as out:
        made = subprocess.Popen((*tar, "-C", tree.parent, "-c", tree.name), stdout=subprocess.PIPE)
        subprocess.run(packer, stdin=made.stdout, stdout=out, check=True)
        if made.wait():
            raise SystemExit("tar failed")


def _control(installed: int) -> str:
    words, lines = DESCRIPTION.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) >= _LONG:
            lines.append("")
        lines[-1] += f" {word}"
    return "\n".join(
        (
            f"Package: {COMMAND}",
            f"Version: {VERSION}",
            f"Architecture: {_DEBIAN_MACHINE}",
            f"Maintainer: {DEVELOPERS} <{COMMAND}@localhost>",
            f"Installed-Size: {installed // 1024}",
            f"Depends: {', '.join(PACKAGES)}",
            "Recommends: libwayland-client0, libwayland-cursor0, libwayland-egl1, fonts-dejavu-core",
            "Section: science",
            "Priority: optional",
            f"Description: {SUMMARY}",
            *lines,
            "",
        )
    )


def _tell(path: Path) -> None:
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
