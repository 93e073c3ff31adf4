"""The report on agreement: a paragraph for the methods section, tables, what was left out, and the sources.

Everything that a reader needs to work the numbers out again is in it: what was compared, how articles were drawn,
units, measures, rounds, seed and the version of the program.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from app import __version__
from app.agreement.resampling import UNSURE_BELOW
from app.domain.comparing import Agreement, Corpus, Result, Unit, VariableKind
from app.domain.counting import counted
from app.domain.documents import Block, Document, Heading, Items, Paragraph, Table
from app.domain.errors import UserError
from app.exchange.documents import write_document
from app.project.agreement_measures import ALL
from app.project.agreement_words import interval, measure, noted, number, percent
from app.system.whole_file import write_whole

_FEW = 12
"""Sentences of one kind that are printed in full."""

_BESIDE = frozenset(
    {
        *("bar_u_alpha", "u_alpha", "cu_alpha", "k_u_alpha", "f1_overlap", "f1_links"),
        *("percent_agreement", "ac1", "gamma"),
    }
)
"""Measures that stand in the table, with every kind of alpha; all others stand in results.csv."""

_SOURCES = {
    "u-alpha": "Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A. (2016). On the reliability of unitizing "
    "textual continua: Further developments. Quality & Quantity, 50, 2347–2364.",
    "alpha": "Krippendorff, K. (2019). Content analysis: An introduction to its methodology (4th ed.). Sage.",
    "f1": "Hripcsak, G., & Rothschild, A. S. (2005). Agreement, the F-measure, and reliability in information "
    "retrieval. Journal of the American Medical Informatics Association, 12, 296–298.",
    "ac1": "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. "
    "British Journal of Mathematical and Statistical Psychology, 61, 29–48.",
    "masi": "Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic "
    "annotation. Proceedings of LREC.",
    "gamma": "Mathet, Y., Widlöcher, A., & Métivier, J.-P. (2015). The unified and holistic method gamma (γ) for "
    "inter-annotator agreement measure and alignment. Computational Linguistics, 41, 437–479.",
    "bootstrap": "Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap. Chapman & Hall.",
}


def agreement_report(corpus: Corpus, agreement: Agreement) -> Document:
    """Return the report on what was compared and worked out."""
    reported = _reported(corpus, agreement.results)
    return (
        Heading(1, f"Agreement between coders: {corpus.project}"),
        Heading(2, "Method"),
        Paragraph(_compared(corpus)),
        Paragraph(_drawn(corpus)),
        Paragraph(_measured(corpus, reported)),
        Paragraph(_counted(reported)),
        Paragraph(_resampled(corpus, agreement)),
        Heading(2, "Results"),
        _results(reported),
        *_notes(corpus, agreement.results, reported),
        _coders(corpus),
        *_left_out(corpus),
        Heading(2, "Sources"),
        Items(tuple(_sources(agreement, reported))),
    )


def write_report(corpus: Corpus, agreement: Agreement, target: Path) -> None:
    """Write the report to a file by its ending (.md, .html, .docx), whole or not at all; UserError if it cannot be."""
    content = write_document(agreement_report(corpus, agreement), target.suffix)
    try:
        write_whole(target, content)
    except OSError as error:
        raise UserError(
            f"{target.name} cannot be written: {error.strerror}. Choose another place."
        ) from error


def _compared(corpus: Corpus) -> str:
    several = sum(len(article.codings) for article in corpus.articles)
    spans = sum(len(coding.spans) for article in corpus.articles for coding in article.codings.values())
    articles = counted(len(corpus.articles), "article")
    numbers = sorted({len(article.codings) for article in corpus.articles})
    each = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}" if numbers else "0"
    unit = "whole words" if corpus.unit is Unit.WORDS else "Unicode code points"
    return (
        f"The independent work of {counted(len(corpus.coders), 'coder')} was compared on the {articles} "
        f"that at least two of them had marked as done ({counted(several, 'coding')}, {each} for each article, "
        f"{counted(spans, 'annotation')}; version {corpus.codebook_version} of the codebook). Articles in which a done "
        f"coder marked nothing count; articles that a coder had not finished do not. Places are compared in {unit}, "
        f"on texts with the same SHA-256 hash."
    )


def _drawn(corpus: Corpus) -> str:
    if corpus.sample is None:
        return "The articles are all that at least two of these coders had done; no random sample was chosen."
    sample = corpus.sample
    source = f" from {sample.drawn_from}" if sample.drawn_from else ""
    return (
        f"The articles are those of the sample “{sample.name}” ({sample.rule()}){source}, drawn by permanent random "
        f"numbers (SHA-256 of seed and text)."
    )


def _measured(corpus: Corpus, reported: Sequence[Result]) -> str:
    kinds = {each.object for each in reported}
    measures = {each.measure for each in reported}
    said: list[str] = []
    if {VariableKind.LAYER, VariableKind.CODES, VariableKind.CODE} & kinds:
        said.append(
            "What is marked at all with a layer or a code is measured by |uα, which code by uα and cuα, and a code "
            "among the others of its layer by (k)uα (Krippendorff et al., 2016), beside the mean pairwise F1 of "
            "overlapping spans matched one to one, which is not corrected for chance (Hripcsak & Rothschild, 2005)."
        )
    if "alpha_characters" in measures:
        said.append(
            "Where codes overlap within a coder, which code is measured by α over the sets of codes at every "
            "character, with the MASI distance (Passonneau, 2006)."
        )
    if {VariableKind.ATTRIBUTE, VariableKind.LINK} & kinds:
        said.append(
            "Answers on annotations are measured by cuα with the level of measurement of the question, and by "
            "Krippendorff’s α (2019) on spans of two coders matched by overlap; several choices and links by α on "
            "matched spans with the MASI distance (Passonneau, 2006)."
        )
    if VariableKind.ARTICLE in kinds:
        said.append(
            "Article variables are measured by Krippendorff’s α, beside percent agreement and Gwet’s AC1 (2008) "
            "with the categories of the codebook."
        )
    gamma = next((each for each in reported if each.measure == "gamma" and each.value is not None), None)
    if gamma is not None:
        said.append(f"γ (Mathet et al., 2015) is a {gamma.note}.")
    if corpus.tolerance:
        unit = "word" if corpus.unit is Unit.WORDS else "character"
        said.append(f"For exact F1, edges may differ by {counted(corpus.tolerance, unit)}.")
    return " ".join(said)


def _counted(reported: Sequence[Result]) -> str:
    gamma = ", γ aside" if any(each.measure == "gamma" for each in reported) else ""
    return (
        f"Sums are added over articles before a coefficient is worked out; none is a mean over articles{gamma}. Units "
        "are the passages that were marked, each fragment of an interrupted annotation being one; for cuα of answers "
        "those with an answer, on matched spans the pairs of spans, and for article variables the articles that two "
        "coders answered. Coverage is the share of pairs of coders’ text, or of spans on matched spans, on which a "
        "value rests."
    )


def _resampled(corpus: Corpus, agreement: Agreement) -> str:
    settings = agreement.settings
    if not settings["bootstrap"]:
        return f"No intervals were worked out. Rubricator {__version__}."
    warned = (
        f" With fewer than {UNSURE_BELOW} articles these intervals are likely too narrow."
        if len(corpus.articles) < UNSURE_BELOW
        else ""
    )
    return (
        f"95 % confidence intervals are percentiles of {settings['bootstrap']:,} bootstrap rounds in which articles "
        f"were drawn with replacement (seed {settings['seed']}; Efron & Tibshirani, 1993); q is the share of rounds in "
        f"which the coefficient lies below .667.{warned} Rubricator {__version__}."
    )


def _reported(corpus: Corpus, results: Sequence[Result]) -> list[Result]:
    """Return what stands in the table: headlines and what belongs beside them, of all that somebody used."""
    used = {each.key for each in results if each.units}
    without_u = {each.key for each in results if each.measure == "u_alpha" and each.value is None}

    def wanted(each: Result) -> bool:
        if each.measure == "alpha_characters":
            return each.key in without_u
        if each.measure == "f1_exact":
            return corpus.tolerance > 0
        return each.measure in _BESIDE or each.measure.startswith("alpha_")

    return [each for each in results if each.key in used and each.coders == ALL and wanted(each)]


def _results(results: Sequence[Result]) -> Table:
    rows: list[tuple[str, ...]] = []
    before = ""
    for each in results:
        rows.append(
            (
                each.variable if each.variable != before else "",
                measure(each.measure).symbol,
                number(each.value),
                interval(each),
                f"{each.documents:,}",
                f"{each.units:,}",
                percent(each.coverage),
                number(each.q_667, 2) if each.q_667 is not None else "",
            )
        )
        before = each.variable
    head = ("Variable", "Measure", "Value", "95 % CI", "Articles", "Units", "Coverage", "q")
    return Table("Agreement by variable", head, tuple(rows), frozenset(range(2, len(head))))


def _notes(corpus: Corpus, results: Sequence[Result], reported: Sequence[Result]) -> Iterator[Block]:
    """Yield why numbers are missing and what was joined; that intervals are too narrow stands in the method."""
    of: dict[str, list[str]] = {}
    for each in reported:
        parts = [part for part in noted(each).split("; ") if not part.startswith("fewer than")]
        if each.value is None or (each.headline and " joined" in each.note):
            of.setdefault("; ".join(parts), []).append(f"{each.variable} ({measure(each.measure).symbol})")
    if of:
        yield Items(tuple(f"{', '.join(names)}: {note}." for note, names in of.items()))
    shown = {each.key for each in reported}
    compared = {each.key for each in results}
    unused = [each.name for each in corpus.variables if each.key in compared - shown]
    if unused:
        yield Paragraph(f"Nothing of these was there to compare: {', '.join(unused)}.")


def _coders(corpus: Corpus) -> Table:
    rows: list[tuple[str, ...]] = []
    for coder, name in corpus.coders.items():
        codings = [article.codings[coder] for article in corpus.articles if coder in article.codings]
        rows.append((name, f"{len(codings):,}", f"{sum(len(each.spans) for each in codings):,}"))
    return Table("What each coder did", ("Coder", "Articles", "Annotations"), tuple(rows), frozenset({1, 2}))


def _left_out(corpus: Corpus) -> Iterator[Block]:
    if not corpus.left_out:
        return
    said = [each.in_words() for each in corpus.left_out]
    if len(said) > _FEW:
        counts = Counter(each.reason for each in corpus.left_out)
        said = [
            f"{reason} ({count:,} times)" if count > 1 else reason for reason, count in counts.most_common()
        ]
    more = len(said) - 3 * _FEW
    yield Heading(2, "What was left out")
    yield Items((*said[: 3 * _FEW], *([f"… and {more:,} more."] if more > 0 else ())))


def _sources(agreement: Agreement, reported: Sequence[Result]) -> Iterator[str]:
    measures = {each.measure for each in reported}
    used = {
        "ac1": "ac1" in measures,
        "alpha": any(each.startswith("alpha_") for each in measures),
        "bootstrap": bool(agreement.settings["bootstrap"]),
        "f1": any(each.startswith("f1_") for each in measures),
        "gamma": "gamma" in measures,
        "masi": bool(measures & {"alpha_masi", "alpha_characters"}),
        "u-alpha": bool(measures & {"bar_u_alpha", "u_alpha", "cu_alpha"}),
    }
    yield from sorted(_SOURCES[name] for name, needed in used.items() if needed)
