"""Every layout read by the rules of the tool that it is for, and a coefficient worked out of what was read."""

from collections import defaultdict
from functools import partial
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from app.agreement.continua import Continuum
from app.agreement.distances import Metric
from app.agreement.span_f1 import SpanSums, Variant
from app.agreement.unitizing import UnitSums
from app.domain.comparing import LinkedTo, Unit, VariableKind
from app.project.laying_out import metric_of
from tests.agreement_files import ASKED, MARKED, Export, as_value, figures, same
from tests.corpora import LINK, corpora, small_corpus

few = partial(settings, max_examples=12, deadline=None)


@given(made=corpora())
@few()
def test_units_by_coders(made):
    """R irrCAC and irr: a header, units in rows, labels, NA; the first column is no coder."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "units-by-coders")
        for variable in export.variables(*ASKED):
            header, *rows = export.rows(f"units-by-coders/{export.names[variable.key]}.csv")
            assert header == ["unit", *export.labels]
            assert len({row[0] for row in rows}) == len(rows)
            metric = metric_of(variable)
            values = [[as_value(cell, metric) for cell in row[1:]] for row in rows]
            alpha, percent = figures(values, metric)
            assert same(percent, export.value(variable, "percent_agreement"))
            if metric is not Metric.ORDINAL:
                assert same(alpha, export.value(variable, f"alpha_{metric}"))


@given(made=corpora())
@few()
def test_coders_by_units(made):
    """R irr kripp.alpha: classifier x object, numbers; Python krippendorff: reliability_data with nan."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "coders-by-units")
        listed = {(row["variable"], row["integer"]): row["text"] for row in export.table("codebook.csv")}
        for variable in export.variables(VariableKind.ARTICLE, VariableKind.ATTRIBUTE):
            name = f"coders-by-units/{export.names[variable.key]}"
            metric = metric_of(variable)
            options = variable.question.choices if metric is Metric.MASI else ()
            files = [(f"{name}.csv", metric, variable.name)] if not options else []
            files += [
                (f"{name}-{at}.csv", Metric.NOMINAL, f"{variable.name} = {option}")
                for at, option in enumerate(options, start=1)
            ]
            for file, level, told in files:
                header, *rows = export.rows(file)
                assert [row[0] for row in rows] == export.labels
                assert header[0] == "coder"
                columns = zip(*(row[1:] for row in rows), strict=True)
                units = [[None if cell == "NA" else float(cell) for cell in column] for column in columns]
                alpha, _percent = figures(units, level)
                assert same(alpha, export.value(variable, f"alpha_{level}", told))
        texts = {
            text for variable in export.variables(VariableKind.ARTICLE) for text in variable.question.choices
        }
        assert texts <= {*listed.values()} | {"yes", "no"} | {
            choice
            for each in export.variables(*ASKED)
            if metric_of(each) is Metric.MASI
            for choice in each.question.choices
        }


@given(made=corpora())
@few()
def test_tidy(made):
    """tidycomm test_icr: a row for each unit and coder, a column for each variable; pandas pivots it."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "tidy")
        for variable in export.variables(*ASKED):
            on_article = variable.kind is VariableKind.ARTICLE
            header, *rows = export.rows(
                f"tidy/{'articles' if on_article else export.names[variable.key]}.csv"
            )
            place = 2
            if on_article:
                place += [each.key for each in export.variables(VariableKind.ARTICLE)].index(variable.key)
            assert header[:2] == ["unit", "coder"]
            assert len(set(header)) == len(header)
            metric = metric_of(variable)
            units = defaultdict(dict)
            for row in rows:
                assert row[1] not in units[row[0]]
                units[row[0]][row[1]] = as_value(row[place], metric)
            values = [[given.get(coder) for coder in export.labels] for given in units.values()]
            alpha, percent = figures(values, metric)
            assert same(percent, export.value(variable, "percent_agreement"))
            if metric is not Metric.ORDINAL:
                assert same(alpha, export.value(variable, f"alpha_{metric}"))


@given(made=corpora())
@few()
def test_recal(made):
    """ReCal OIR: no header, no ids, `#` for missing. ReCal2 and ReCal3: integers, complete cases."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "recal")
        for variable in export.variables(VariableKind.ARTICLE, VariableKind.ATTRIBUTE):
            metric = metric_of(variable)
            if metric is Metric.MASI:
                continue
            name = f"recal/{export.names[variable.key]}"
            raw = (export.folder / f"{name}-oir.csv").read_bytes()
            assert set(raw) <= set(b"0123456789.,#-+e\n")
            rows = export.rows(f"{name}-oir.csv")
            values = [[None if cell == "#" else float(cell) for cell in row] for row in rows]
            alpha, percent = figures(values, metric)
            assert same(alpha, export.value(variable, f"alpha_{metric}"))
            complete = [row for row in rows if "#" not in row]
            if len(export.labels) == 2 and (export.folder / f"{name}-recal2.csv").exists():
                assert export.rows(f"{name}-recal2.csv") == complete
                assert same(figures(complete, Metric.NOMINAL)[1], percent.value)
                assert all(int(cell) == float(cell) for row in complete for cell in row)
            elif (export.folder / f"{name}-recal3.csv").exists():
                assert export.rows(f"{name}-recal3.csv") == complete
            elif metric is not Metric.INTERVAL:
                pairs = [(0, 1), (0, 2), (1, 2)]
                files = [export.rows(f"{name}-{one + 1}-{other + 1}-recal2.csv") for one, other in pairs]
                assert same(
                    figures([row for file in files for row in file], Metric.NOMINAL)[1], percent.value
                )


@given(made=corpora())
@few()
def test_nltk_triples(made):
    """nltk AnnotationTask(data=[(coder, item, label)…]); sets come apart at bars, `∅` is the empty one."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "nltk")
        for variable in export.variables(*ASKED):
            header, *triples = export.rows(f"nltk/{export.names[variable.key]}.csv")
            assert header == ["coder", "item", "label"]
            metric = metric_of(variable)
            units = defaultdict(dict)
            for coder, item, label in triples:
                units[item][coder] = as_value(label, metric)
            values = [[given.get(coder) for coder in export.labels] for given in units.values()]
            alpha, percent = figures(values, metric)
            assert same(percent, export.value(variable, "percent_agreement"))
            if metric is not Metric.ORDINAL:
                assert same(alpha, export.value(variable, f"alpha_{metric}"))


def layers(export):
    """Return the variables that tell the codes of a layer apart."""
    return [
        each
        for each in export.corpus.variables
        if each.kind is VariableKind.CODES or (each.kind is VariableKind.LAYER and len(each.codes) == 1)
    ]


def overlap_f1(articles):
    sums = SpanSums(articles)
    return sums.mean_f1(sums.total(), Variant.OVERLAP)


@given(made=corpora())
@few()
def test_pygamma(made):
    """Continuum.from_csv: no header, annotator,category,start,end, one file an article; nothing found has no row."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "pygamma")
        done = {
            row["doc"]: (int(row["length"]), row["coders"].split("|")) for row in export.table("articles.csv")
        }
        for layer in layers(export):
            articles = []
            for doc, (length, coders) in done.items():
                units = {coder: [] for coder in coders}
                for annotator, category, start, end in export.rows(
                    f"pygamma/{export.names[layer.key]}/{doc}.csv"
                ):
                    units[annotator].append((int(start), int(end), category))
                articles.append(Continuum(length, units))
            assert same(overlap_f1(articles), export.value(layer, "f1_overlap"))


@given(made=corpora(Unit.CHARACTERS))
@few()
def test_dkpro(made):
    """UnitizingAnnotationStudy(raters, length).addUnit(offset, length, raterIdx, category), in UTF-16 as in Java."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "dkpro")
        raters = {
            int(row["integer"]): row["label"]
            for row in export.table("codebook.csv")
            if row["variable"] == "raterIdx"
        }
        done = {row["doc"]: row["coders"].split("|") for row in export.table("articles.csv")}
        for layer in layers(export):
            articles = []
            for path in (export.folder / "dkpro" / export.names[layer.key]).iterdir():
                doc, _dash, length = path.stem.rpartition("-")
                java = export.texts[doc].encode("utf-16-le")
                assert int(length) * 2 == len(java)
                units = {coder: [] for coder in done[doc]}
                for row in export.table(path.relative_to(export.folder)):
                    start = int(row["offset"])
                    end = start + int(row["length"])
                    # Half of a surrogate pair would not decode.
                    points = [len(java[: 2 * edge].decode("utf-16-le")) for edge in (start, end)]
                    units[raters[int(row["raterIdx"])]].append((*points, row["category"]))
                articles.append(Continuum(len(export.texts[doc]), units))
            assert same(overlap_f1(articles), export.value(layer, "f1_overlap"))


@given(made=corpora())
@few()
def test_u_alpha(made):
    """quallmer reliability_alpha_u: a data frame an article, start and end from 1 and inclusive; NA found nothing."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "u-alpha")
        for variable in export.variables(*MARKED):
            path = f"u-alpha/{export.names[variable.key]}.csv"
            if variable.kind is VariableKind.CODES and not (export.folder / path).exists():
                assert export.value(variable, "u_alpha") is None
                assert any(variable.name in note for note in export.manifest["notes"])
                continue
            frames = defaultdict(lambda: defaultdict(list))
            lengths = {}
            for row in export.table(path):
                lengths[row["doc"]] = int(row["L"])
                units = frames[row["doc"]][row["coder"]]
                if row["start"] != "NA":
                    units.append((int(row["start"]) - 1, int(row["end"]), row["value"]))
            for coders in frames.values():
                for units in coders.values():
                    ordered = sorted(units)
                    assert all(one[1] <= other[0] for one, other in zip(ordered, ordered[1:], strict=False))
            sums = UnitSums([Continuum(lengths[doc], coders) for doc, coders in frames.items()])
            found = sums.coefficients(sums.total())
            if variable.kind is VariableKind.CODES:
                assert same(found.u, export.value(variable, "u_alpha"))
                assert same(found.cu, export.value(variable, "cu_alpha"))
            else:
                assert same(found.bar_u, export.value(variable, "bar_u_alpha"))


def by_place(cells):
    """Return alpha with MASI over places, given for each its weight and what every coder has there."""
    return figures([values for weight, values in cells for _place in range(weight)], Metric.MASI)[0]


@given(made=corpora())
@few()
def test_runs(made):
    """A spreadsheet: each run counts as often as it is long."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "runs")
        for layer in export.variables(VariableKind.CODES):
            header, *rows = export.rows(f"runs/{export.names[layer.key]}.csv")
            assert header == ["doc", "start", "end", "length", *export.labels]
            cells = [(int(row[3]), [as_value(cell, Metric.MASI) for cell in row[4:]]) for row in rows]
            assert all(int(row[2]) - int(row[1]) == int(row[3]) for row in rows)
            assert same(by_place(cells), export.value(layer, "alpha_characters"))


def entities(tags):
    """Read IOB2 as seqeval does: B- begins, I- goes on, O is outside."""
    found = []
    for at, tag in enumerate(tags):
        if tag.startswith("B-"):
            found.append([at, at + 1, tag[2:]])
        elif tag.startswith("I-"):
            assert found[-1][1] == at
            assert found[-1][2] == tag[2:]
            found[-1][1] = at + 1
        else:
            assert tag == "O"
    return [tuple(each) for each in found]


@given(made=corpora(Unit.WORDS))
@few()
def test_tokens_by_coders(made):
    """A word a row; IOB2 where the manifest says so, else sets; figures are those of a comparison in words."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "tokens")
        for layer in layers(export):
            header, *rows = export.rows(f"tokens/{export.names[layer.key]}.csv")
            assert header == ["doc", "token_index", "start", "end", "token", *export.labels]
            texts = defaultdict(list)
            for row in rows:
                assert export.texts[row[0]][int(row[2]) : int(row[3])] == row[4]
                assert int(row[1]) == len(texts[row[0]])
                texts[row[0]].append(row[5:])
            if layer.key in export.manifest["iob2"]:
                articles = [
                    Continuum(
                        len(words),
                        {
                            coder: entities(tags)
                            for coder, tags in zip(export.labels, zip(*words, strict=True), strict=True)
                            if tags[0] != "NA"
                        },
                    )
                    for words in texts.values()
                ]
                sums = SpanSums(articles)
                assert same(sums.mean_f1(sums.total(), Variant.EXACT), export.value(layer, "f1_exact"))
            elif layer.kind is VariableKind.CODES:
                cells = [
                    (1, [as_value(tag, Metric.MASI) for tag in word])
                    for text in texts.values()
                    for word in text
                ]
                assert same(by_place(cells), export.value(layer, "alpha_characters"))


@given(made=corpora())
@few()
def test_matched_spans(made):
    """Pairs of spans side by side: alpha over the pairs is that of the attribute on matched spans."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "matched")
        (layer,) = (each for each in export.variables(VariableKind.LAYER) if len(each.codes) == 1)
        header, *rows = export.rows(f"matched-spans/{export.names[layer.key]}.csv")
        assert header[:4] == ["doc", "coder_A", "coder_B", "code"]
        asked = [each for each in export.variables(*ASKED) if each.codes == layer.codes]
        first = header.index("code_B") + 1
        assert len(header) == first + 2 * len(asked)
        for row in rows:
            told = dict(zip(header[:first], row, strict=False))
            shared = min(int(told["end_A"]), int(told["end_B"])) - max(
                int(told["start_A"]), int(told["start_B"])
            )
            assert shared > 0
            assert 0 < float(told["iou"]) <= 1
        for at, variable in enumerate(asked):
            metric = metric_of(variable)
            if metric is Metric.ORDINAL or variable.kind is VariableKind.LINK:
                continue
            pairs = [
                [as_value(cell, metric) for cell in row[first + 2 * at : first + 2 * at + 2]] for row in rows
            ]
            alpha, percent = figures(pairs, metric)
            assert same(alpha, export.value(variable, f"alpha_{metric}"))
            assert same(percent, export.value(variable, "percent_agreement"))


@given(made=corpora())
@few()
def test_results(made):
    """A table with a row for each coefficient; numbers come back as they are."""
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "results")
        rows = export.table("results.csv")
        assert len(rows) == len(export.found.results)
        for row, result in zip(rows, export.found.results, strict=True):
            assert row["variable"] == result.variable
            assert (row["measure"], row["coders"]) == (result.measure, result.coders)
            assert (None if row["value"] == "NA" else float(row["value"])) == result.value


@given(made=corpora())
@few()
def test_labels_are_one_line_and_never_taken_for_missing(made):
    with TemporaryDirectory() as folder:
        export = Export(made, folder, "units-by-coders", "tidy", "nltk")
        missing = {"", "nan", "NaN", "NULL", "None", "#"}
        for path in export.folder.rglob("*.csv"):
            if path.parent != export.folder:
                cells = [cell for row in export.rows(path) for cell in row]
                assert not missing & set(cells)
                assert not any("\n" in cell or cell != cell.strip() for cell in cells)
        labels = [each["label"] for each in export.manifest["coders"]]
        assert len(set(labels)) == len(labels)


def test_an_entity_that_is_named_like_a_target_is_not_taken_for_one(tmp_path):
    corpus, texts = small_corpus()
    (article,) = corpus.articles[:1]
    codings = dict(article.codings)
    (coder, coding), *_others = codings.items()
    first, *rest = coding.spans
    linked = first._replace(links={LINK: LinkedTo((), frozenset({"→1"}))})
    codings[coder] = coding._replace(spans=(linked, *rest))
    made = corpus._replace(articles=(article._replace(codings=codings),)), texts
    export = Export(made, tmp_path, "nltk")
    (variable,) = export.variables(VariableKind.LINK)
    _header, *triples = export.rows(f"nltk/{export.names[variable.key]}.csv")
    assert [label for _coder, _item, label in triples[:2]] == ["label →1", "→2"]
