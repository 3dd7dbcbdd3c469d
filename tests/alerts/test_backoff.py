from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from alerts.backoff import BASE, CAP, MAX_ATTEMPTS, MAX_WISH, delay

attempts = st.integers(1, MAX_ATTEMPTS)
seeds = st.integers(0, 2**32)


@given(attempts, seeds)
def test_lies_within_the_doubling_span(tries, seed):
    waited = delay(tries, Random(seed))
    assert timedelta(0) < waited <= min(CAP, BASE * 2 ** (tries - 1)) + timedelta(seconds=1)


@given(attempts, seeds, st.timedeltas(timedelta(seconds=1), timedelta(days=7)))
def test_is_never_before_the_receiver_wishes(tries, seed, wish):
    assert delay(tries, Random(seed), wish) >= min(wish, MAX_WISH)


def test_all_attempts_together_take_about_a_day():
    rng = Random(7)
    runs = [sum((delay(n, rng) for n in range(1, MAX_ATTEMPTS)), timedelta(0)) for _ in range(200)]
    assert timedelta(hours=18) < sum(runs, timedelta(0)) / len(runs) < timedelta(hours=30)
