"""The engine that the settings ask for: the embedded one, or Elasticsearch if it has an address."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from monitor.search.engine import Engine


def engine() -> Engine:
    """One for the process: it keeps files or connections open."""
    server: str | None = settings.FENGHUO_ELASTICSEARCH
    return _elastic(server) if server else _embedded(settings.FENGHUO_INDEX)


# Imported when asked for: an installation pays for the engine that it uses.


@cache
def _embedded(folder: Path) -> Engine:
    from monitor.search.embedded.engine import EmbeddedEngine  # noqa: PLC0415

    return EmbeddedEngine(folder)


@cache
def _elastic(url: str) -> Engine:
    from monitor.search.elastic.engine import ElasticEngine  # noqa: PLC0415
    from monitor.search.elastic.settings import ElasticSettings  # noqa: PLC0415

    options: Any = settings.FENGHUO_ELASTICSEARCH_OPTIONS
    return ElasticEngine(ElasticSettings(url=url, **options))
