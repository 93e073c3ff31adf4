"""The size of a reliability test, held against the variance worked out from first principles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.sample_size import need, units_for_width, variance_of_one


def pi_of(cells):
    """Scott's pi of two coders who say yes or no: shares of both yes, one yes, the other yes, both no."""
    yes = cells[0] + (cells[1] + cells[2]) / 2
    by_chance = yes**2 + (1 - yes) ** 2
    return (cells[0] + cells[3] - by_chance) / (1 - by_chance)


def delta_variance(agreement, prevalence):
    """n times the variance of pi by the delta method on the multinomial, with numerical derivatives."""
    spread = prevalence * (1 - prevalence)
    cells = [
        prevalence**2 + agreement * spread,
        (1 - agreement) * spread,
        (1 - agreement) * spread,
        (1 - prevalence) ** 2 + agreement * spread,
    ]
    step = 1e-6
    slopes = []
    for at in range(4):
        up, down = list(cells), list(cells)
        up[at] += step
        down[at] -= step
        # Shares that do not sum to one are brought back to it, as counts are divided by their sum.
        up, down = ([cell / sum(each) for cell in each] for each in (up, down))
        slopes.append((pi_of(up) - pi_of(down)) / (2 * step))
    mean = sum(cell * slope for cell, slope in zip(cells, slopes, strict=True))
    return sum(cell * slope**2 for cell, slope in zip(cells, slopes, strict=True)) - mean**2


@given(st.floats(0.0, 0.95), st.floats(0.05, 0.95))
def test_the_variance_is_that_of_the_delta_method(agreement, prevalence):
    assert variance_of_one(agreement, prevalence) == pytest.approx(
        delta_variance(agreement, prevalence), rel=1e-4, abs=1e-6
    )


def test_sizes_by_hand():
    # alpha 0.8, p 0.5: 0.2 (0.2 · -0.6 + 0.96 / 0.5) = 0.36; (2 · 1.96 / 0.2)² · 0.36 = 138.3
    assert units_for_width(0.2, 0.95, 0.8, 0.5) == 139
    # p 0.1: 0.2 (-0.12 + 0.96 / 0.18) = 1.0427; 384.15 · 1.0427 = 400.5
    assert units_for_width(0.2, 0.95, 0.8, 0.1) == 401
    assert need(0.2, 0.95, 0.8, 0.1, units_per_article=4.5).articles == 90
    assert need(0.2, 0.95, 0.8, 0.1).articles is None


@given(st.floats(0.02, 0.9), st.floats(0.0, 0.95), st.floats(0.05, 0.5))
def test_a_narrower_interval_needs_more(width, agreement, prevalence):
    assert units_for_width(width / 2, 0.95, agreement, prevalence) >= units_for_width(
        width, 0.95, agreement, prevalence
    )


@pytest.mark.parametrize(
    "values", [(0, 0.95, 0.8, 0.1), (0.2, 1, 0.8, 0.1), (0.2, 0.95, 1, 0.1), (0.2, 0.95, 0.8, 0)]
)
def test_what_means_nothing_is_refused(values):
    with pytest.raises(UserError, match="between"):
        units_for_width(*values)
