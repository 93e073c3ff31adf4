"""What goes with a brat folder of ours, in its manifest: everything that brat's own files cannot say."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from app.domain.codebook import Codebook
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId
from app.domain.values import Value
from app.exchange.brat_names import BratNames
from app.exchange.csv_folder import MANIFEST, PROGRAM

FORMAT = "brat"


class ArticleFacts(Value):
    """An article whose text is in a file of this export, where it may have been changed since: `sha256` tells."""

    id: ArticleId
    sha256: str
    title: str
    source: str
    date: str
    url: str
    author: str
    reference: str
    metadata: Mapping[str, str]


class Identity(Value):
    """The annotation that a line of an `.ann` file is; `spans` are its own where brat has them cut at line ends."""

    id: AnnotationId
    spans: tuple[tuple[int, int], ...] = ()

    @field_validator("spans")
    @classmethod
    def _are_ranges(cls, value: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        if not all(0 <= start < end for start, end in value):
            raise ValueError("a range ends after it starts")
        return value


class CoderFolder(Value):
    """A folder with the work of one coder; `done` are the articles that are done, by file name.

    `annotations` has an identity for each text-bound, by file name and id in the file.
    """

    coder: Coder | None
    consensus: bool = False
    done: tuple[str, ...] = ()
    annotations: Mapping[str, Mapping[str, Identity]] = Field(
        default_factory=dict[str, Mapping[str, Identity]]
    )


class BratManifest(Value):
    """The part of the manifest that is about brat."""

    format: str = FORMAT
    project: str
    name: str
    codebook: Codebook
    names: BratNames
    articles: Mapping[str, ArticleFacts]
    folders: Mapping[str, CoderFolder]
    entities: tuple[Entity, ...] = ()

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Self:
        codes = {code.id for code in self.codebook.codes}
        questions = {each.id for code in self.codebook.codes for each in code.attributes}
        if not codes.issuperset(self.names.types.values()):
            raise ValueError("a name stands for no code")
        if not questions.issuperset(term.attribute for term in self.names.terms.values()):
            raise ValueError("a name stands for no question")
        return self


def manifest_of(top: Path) -> BratManifest | None:
    """Return the manifest of a brat folder of ours; None for anybody else's, UserError for a damaged one."""
    try:
        values: Any = json.loads((top / MANIFEST).read_text(encoding="utf-8"))
        if values["program"] != PROGRAM or values["brat"]["format"] != FORMAT:
            return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    try:
        return BratManifest.model_validate(values["brat"])
    except ValidationError as error:
        where = ".".join(str(each) for each in error.errors()[0]["loc"]) or "names"
        raise UserError(
            f"{top.name}: its {MANIFEST} is damaged ({where}); export the project anew, or remove that file."
        ) from error
