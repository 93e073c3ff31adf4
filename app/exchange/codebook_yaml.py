"""Codebooks as YAML files that people read and write by hand."""

import re
from typing import Any

from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.exchange.codebook_identities import Identities
from app.exchange.codebook_model import SCHEMA_NAME, from_raw, to_raw
from app.exchange.formats import CodebookReading, Press

_HEAD = f"""\
# A codebook of Rubricator. “rubricator codebook schema --out {SCHEMA_NAME}” writes what may stand in it;
# beside this file, editors that know YAML schemas check it while you type.
# yaml-language-server: $schema={SCHEMA_NAME}
"""

_BOOLEAN = "tag:yaml.org,2002:bool"
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")
_MOMENT = "tag:yaml.org,2002:timestamp"


class YamlCodebook:
    """Reads and writes codebooks as YAML."""

    name = "yaml"
    title = "YAML"
    about = "Everything, to be read and written by hand in any editor."
    extensions = (".yaml", ".yml")
    can_read = True
    can_write = True

    def read(self, data: bytes, known: Codebook) -> CodebookReading:
        """Read YAML; UserError with the line, or with the path to the entry, where something is wrong."""
        import yaml  # Loaded where a file is at hand, not whenever the program starts.

        try:
            raw = yaml.load(data.decode("utf-8-sig"), _loader())
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise UserError(
                f"this is not UTF-8 text, from line {line} on. Save it as UTF-8 and try again."
            ) from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f" in line {mark.line + 1}" if mark else ""
            raise UserError(f"this is not valid YAML{where}.") from error
        except ValueError as error:  # Numbers with more digits than Python reads.
            raise UserError(f"this is not valid YAML ({error}).") from error
        identities = Identities(known)
        return CodebookReading(from_raw(raw, identities), identities.notes())

    def write(self, codebook: Codebook, press: Press) -> bytes:
        """Return a codebook as YAML in UTF-8; reading it again gives an equal codebook."""
        import yaml

        del press
        text = yaml.dump(to_raw(codebook), Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=100)
        return (_HEAD + text).encode()

    def losses(self, codebook: Codebook) -> tuple[str, ...]:
        """YAML holds everything."""
        del codebook
        return ()


def _dumper() -> Any:
    """Return a dumper that escapes the line breaks of other alphabets, which PyYAML writes but does not read."""
    import yaml

    class Dumper(yaml.SafeDumper):
        pass

    def text(dumper: Any, value: str) -> Any:
        style = '"' if _OTHER_BREAKS.search(value) else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    return Dumper


def _loader() -> Any:
    """Return a loader for which yes, no, on and off are words and dates are text: people write choices so."""
    import yaml

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, shape) for tag, shape in known if tag not in (_BOOLEAN, _MOMENT)]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    loader: Any = Loader
    loader.add_implicit_resolver(
        _BOOLEAN, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
    )
    return loader
