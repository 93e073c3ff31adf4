"""Which layouts of agreement data there are, each named for what reads it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import field_validator

from app.domain.comparing import Corpus
from app.domain.ids import CoderId
from app.exchange.agreement_labels import BETWEEN, Labels
from app.exchange.csv_folder import Folder
from app.exchange.formats import ExportOptions


class Layout(NamedTuple):
    """One layout: its name on the command line, what it is called, and what reads it."""

    name: str
    title: str
    read_by: str


LAYOUTS = (
    Layout(
        "units-by-coders", "units × coders", "R irrCAC, irr, krippendorffsalpha, tidycomm; JASP, SPSS KALPHA"
    ),
    Layout("coders-by-units", "coders × units", "R irr kripp.alpha, icr; Python krippendorff"),
    Layout("tidy", "tidy (unit, coder, variables…)", "R tidycomm test_icr, dplyr; pandas"),
    Layout("recal", "ReCal", "ReCal2, ReCal3 and ReCal OIR"),
    Layout("nltk", "NLTK triples", "Python nltk AnnotationTask"),
    Layout("pygamma", "pygamma", "Python pygamma-agreement, the Gamma software"),
    Layout("dkpro", "DKPro unitizing", "Java DKPro Agreement"),
    Layout("u-alpha", "u-alpha (quallmer)", "R quallmer reliability_alpha_u"),
    Layout("runs", "runs", "a spreadsheet, to check u-alpha and kappa by hand"),
    Layout("tokens", "tokens × coders", "seqeval, token kappa, R"),
    Layout("spans", "spans (long)", "everything else; the check of the results"),
    Layout("matched", "matched spans", "meetings on what was coded differently; alpha of attributes"),
    Layout("results", "results", "the table of the paper"),
)

_NAMES = frozenset(each.name for each in LAYOUTS)


class AgreementOptions(ExportOptions):
    """What may be chosen: the layouts, all if there are none, and letters in the place of coders' names."""

    layouts: frozenset[str] = frozenset()
    anonymous: bool = False

    @field_validator("layouts")
    @classmethod
    def _are_known(cls, value: frozenset[str]) -> frozenset[str]:
        if unknown := value - _NAMES:
            raise ValueError(f"there is no layout “{min(unknown)}”")
        return value

    def wanted(self) -> frozenset[str]:
        """Return the layouts to be written."""
        return self.layouts or _NAMES


def write_articles(folder: Folder, corpus: Corpus, coders: Mapping[CoderId, str]) -> None:
    """Write what the articles are that all other files name by id, and who has done them."""
    table = folder.table("articles.csv", ("doc", "title", "length", "coders"))
    table.write(
        (each.id, each.title, each.length, BETWEEN.join(coders[coder] for coder in each.codings))
        for each in corpus.articles
    )
    table.close()


def write_codebook(
    folder: Folder, labels: Labels, coders: Iterable[str], integers: Iterable[tuple[str, int, str]]
) -> None:
    """Write what the integers in other files stand for; coders count from 0, as in DKPro, all else from 1."""
    table = folder.table("codebook.csv", ("variable", "integer", "label", "text"))
    table.write(("raterIdx", place, label, label) for place, label in enumerate(coders))
    table.write((labels.of(name), place, labels.of(text), text) for name, place, text in integers)
    table.close()
