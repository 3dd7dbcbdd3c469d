"""Percentiles as latencies are told by them."""

from collections.abc import Iterable
from math import ceil


def median_and_p95(times: Iterable[float]) -> tuple[float, float]:
    """By nearest rank: each is one of the times. ValueError where there are none."""
    ranked = sorted(times)
    if not ranked:
        raise ValueError("nothing was timed")
    return ranked[ceil(0.5 * len(ranked)) - 1], ranked[ceil(0.95 * len(ranked)) - 1]
