"""Samples, and the order that articles are in, in the project file."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.ids import ArticleId, SampleId
from app.domain.ordering import Ordering
from app.domain.sampling import Sample, Stratum
from app.storage.columns import delete, from_json, texts, to_json, upsert
from app.storage.connection import FileDatabase


class Samples:
    """Reads and writes samples; writing needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def __iter__(self) -> Iterator[Sample]:
        """Yield the samples in the order in which they were drawn."""
        for row in self._db.rows("SELECT * FROM sample ORDER BY created_at, id"):
            yield sample_of(row)

    def get(self, sample_id: SampleId) -> Sample | None:
        """Return one sample, or None."""
        return next((each for each in self if each.id == sample_id), None)

    def write(self, sample: Sample) -> None:
        """Add a sample or change it."""
        values = sample.model_dump(exclude={"id"})
        for column in ("strata", "articles"):
            values[column] = to_json(values[column])
        upsert(self._db, "sample", {"id": sample.id}, {**values, "share": sample.share.value})

    def remove(self, sample_ids: Sequence[SampleId]) -> None:
        """Remove samples; the articles stay."""
        delete(self._db, "sample", "id", sample_ids)


class Orderings:
    """Reads and writes the order that articles are in; writing needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def read(self) -> Ordering | None:
        """Return the order that was chosen last; None where articles never were in another than they came."""
        return next((ordering_of(row) for row in self._db.rows("SELECT * FROM ordering")), None)

    def write(self, ordering: Ordering) -> None:
        """Note the order that was chosen."""
        values = {"kind": ordering.kind.value, "seed": ordering.seed, "arrived": to_json(ordering.arrived)}
        upsert(self._db, "ordering", {"one": 1}, values)


def sample_of(row: dict[str, Any]) -> Sample:
    """Return the sample of a row; ValueError or another kind of damage where it is none."""
    strata = tuple(Stratum.model_validate(each) for each in from_json(row["strata"]))
    return Sample.model_validate({**row, "strata": strata, "articles": texts(row["articles"])})


def ordering_of(row: dict[str, Any]) -> Ordering:
    """Return the order of a row; ValueError or another kind of damage where it is none."""
    return Ordering(kind=row["kind"], seed=row["seed"], arrived=tuple(map(ArticleId, texts(row["arrived"]))))
