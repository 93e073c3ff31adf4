"""What is inside: licences for the program to show, and a bill of materials in CycloneDX for who has to check it."""

import hashlib
import json
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from definition import COMMAND, DESCRIPTION, LICENCE, NAME, ROOT, VERSION, moment

sys.path.insert(0, str(ROOT))
from app.system.licences import Component, gathered

Entry = tuple[str, str, str]


def parts(binaries: list[Entry]) -> list[Component]:
    """Return every part of a bundle by others, libraries of the system that are brought along among them."""
    versions = {"SQLite": sqlite3.sqlite_version, "ICU": _icu(binaries)}
    known = [each._replace(version=each.version or versions.get(each.name, "")) for each in gathered()]
    return sorted([*known, *_brought(binaries)], key=lambda each: each.name.casefold())


def write_licences(binaries: list[Entry], folder: Path) -> None:
    """Write what Help > Licences shows in a bundle, and the same as one text to lie beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    found = parts(binaries)
    noted = json.dumps([each._asdict() for each in found], ensure_ascii=False, indent=1)
    (folder / "packages.json").write_text(noted + "\n", encoding="utf-8")
    line = "=" * 78
    texts = [
        f"{line}\n{each.name} {each.version}: {each.licence}\n{line}\n\n{each.text.strip()}\n"
        for each in found
    ]
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    head = f"{NAME} {VERSION} and the parts by others that it is made of\n\n{own}\n"
    (folder.parent / "LICENCES.txt").write_text(head + "\n".join(texts), encoding="utf-8")
    (folder.parent / "sbom.json").write_text(_sbom(found), encoding="utf-8")


def _icu(binaries: list[Entry]) -> str:
    found = [re.search(r"libicudata\.so\.(\d+)", each[0]) for each in binaries]
    return next((each[1] for each in found if each), "")


def _brought(binaries: list[Entry]) -> list[Component]:
    """Return the packages of this system that libraries were taken from; those of Python itself are known by name."""
    packages: set[str] = set()
    for _, source, _ in binaries:
        if source.startswith(("/lib/", "/usr/lib/")) and sys.platform == "linux":
            for path in {source, str(Path(source).resolve()), source.removeprefix("/usr")}:
                said = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False)
                packages |= {line.split(":")[0] for line in said.stdout.splitlines() if line}
    found: list[Component] = []
    for name in sorted(packages):
        version = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}\n", name], capture_output=True, text=True, check=True
        ).stdout.split()[0]
        notice = Path("/usr/share/doc") / name / "copyright"
        text = notice.read_text(encoding="utf-8", errors="replace") if notice.is_file() else ""
        licences = sorted(set(re.findall(r"^License: *(\S.*)$", text, re.MULTILINE)))
        found.append(Component(name, version, ", ".join(licences), text))
    return found


def _sbom(found: list[Component]) -> str:
    stamp = datetime.fromtimestamp(moment(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = hashlib.sha256(repr(found).encode()).hexdigest()
    serial = f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
    return json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "serialNumber": f"urn:uuid:{serial}",
            "version": 1,
            "metadata": {
                "timestamp": stamp,
                "component": {
                    "type": "application",
                    "bom-ref": COMMAND,
                    "name": COMMAND,
                    "version": VERSION,
                    "description": DESCRIPTION,
                    "licenses": [{"license": {"id": LICENCE}}],
                },
            },
            "components": [_entry(each) for each in found],
        },
        ensure_ascii=False,
        indent=1,
    )


def _entry(each: Component) -> dict[str, object]:
    entry: dict[str, object] = {
        "type": "library",
        "bom-ref": f"{each.name}@{each.version}",
        "name": each.name,
        "version": each.version,
    }
    if each.licence:
        entry["licenses"] = [{"license": {"name": each.licence}}]
    return entry
