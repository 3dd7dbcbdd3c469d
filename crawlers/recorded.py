"""Recorded exchanges (VCR cassettes): the answers in them, as they were received.

https://vcrpy.readthedocs.io: a YAML document with `interactions`, each a request and a response
whose body is a string, or bytes under the tag `!!binary`.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml

SUFFIXES = frozenset({".yaml", ".yml"})


def answers(path: Path) -> Iterator[bytes]:
    """The bodies of the responses, in order. Raises `ValueError` for what is no cassette."""
    try:
        cassette = yaml.safe_load(path.read_bytes())
        for interaction in cassette["interactions"]:
            body = interaction["response"]["body"]["string"]
            yield body if isinstance(body, bytes) else body.encode()
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no recorded exchange: {type(error).__name__}: {error}") from error
