"""How fast agreement is worked out: python tests/benchmarks/agreement.py

100 articles by five coders with 180 spans each, all coefficients with 2,000 bootstrap rounds; then the best alignment
of gamma, also for six coders with the spans of a long news article. Prints medians of some rounds in one run.
"""

import random

from measuring import seconds

from app.agreement.alignment import align
from app.agreement.continua import Continuum
from app.agreement.gamma import sampled
from app.agreement.ratings import RatingSums
from app.agreement.resampling import bootstrap
from app.agreement.span_f1 import SpanSums
from app.agreement.unitizing import UnitSums
from app.project.agreement_measures import Wishes
from app.project.agreement_tables import span_results

ROUNDS = 3
ARTICLES, CODERS, SPANS, CODES = 100, 5, 180, "abc"


def article(chance, coders, spans):
    """Make up a text whose coders mark the same places, more or less."""
    places, at = [], 0
    for _span in range(spans * 10 // 9):
        at += chance.randint(8, 40)
        places.append((at, at + chance.randint(6, 60), chance.choice(CODES)))
        at = places[-1][1]
    marked = {}
    for coder in range(coders):
        kept, end = [], 0
        for start, stop, code in places:
            if chance.random() < 0.1:
                continue
            begin = max(end, start + chance.randint(-4, 4))
            end = stop + chance.randint(-4, 4)
            if begin < end:
                kept.append((begin, end, code if chance.random() < 0.9 else chance.choice(CODES)))
        marked[f"coder {coder}"] = kept
    return Continuum(at + 100, marked)


def overlapping(chance, text):
    """Give every other span a code of twelve and a longer end, over the next ones."""
    return Continuum(
        text.length + 40,
        {
            coder: [
                (start, end + chance.randint(0, 40), chance.choice("abcdefghijkl"))
                if at % 2
                else (start, end, code)
                for at, (start, end, code) in enumerate(units)
            ]
            for coder, units in text.coders.items()
        },
    )


def rate(units):
    sums = RatingSums(units)
    bootstrap(sums.rows, lambda total: [sums.alpha(total).value])


def told(name, times):
    print(f"{name:<60} {sorted(times)[len(times) // 2]:7.3f} s")


def main():
    chance = random.Random(5)
    articles = [article(chance, CODERS, SPANS) for _article in range(ARTICLES)]
    units = sum(len(each) for text in articles for each in text.coders.values())
    print(f"{ARTICLES} articles, {CODERS} coders, {units:,} spans")
    told("sums of the u-alpha family", [seconds(lambda: UnitSums(articles)) for _round in range(ROUNDS)])
    told("sums of F1", [seconds(lambda: SpanSums(articles)) for _round in range(ROUNDS)])
    told(
        "sums of F1, tolerance 2",
        [seconds(lambda: SpanSums(articles, tolerance=2)) for _round in range(ROUNDS)],
    )
    layered = [overlapping(chance, each) for each in articles]
    told("12 codes that overlap: sums", [seconds(lambda: UnitSums(layered)) for _round in range(ROUNDS)])
    sums = UnitSums(layered)
    drawn = [
        seconds(lambda: bootstrap(sums.rows, lambda total: [sums.characters(total).value]))
        for _round in range(ROUNDS)
    ]
    told("12 codes that overlap: 2,000 bootstrap rounds of alpha", drawn)
    rated = [[[chance.randrange(12) for _coder in range(6)]] for _unit in range(500)]
    told(
        "500 units, 6 coders, 12 values: alpha with rounds",
        [seconds(lambda: rate(rated)) for _round in range(ROUNDS)],
    )
    wishes = Wishes(gamma=False)
    whole = [seconds(lambda: span_results(articles, wishes)) for _round in range(ROUNDS)]
    told("all coefficients, 2,000 bootstrap rounds", whole)
    for coders, spans in ((2, 890), (3, 890), (5, 100), (6, 60)):
        text = article(chance, coders, spans)
        seen = list(text.coders.values())
        told(
            f"gamma: alignment of {coders} x {spans}",
            [seconds(lambda: align(seen)) for _round in range(ROUNDS)],
        )
        drawn = sampled(seen, text.length, chance)
        told("gamma: one sample of that", [seconds(lambda: align(drawn)) for _round in range(ROUNDS)])


if __name__ == "__main__":
    main()
