"""Where Elasticsearch is, and how we are known to it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

URL, API_KEY, CA = "ELASTICSEARCH_URL", "ELASTICSEARCH_API_KEY", "ELASTICSEARCH_CA"
INDEX = "ELASTICSEARCH_INDEX"
"""The environment variables that messages name."""

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")


@dataclass(frozen=True)
class ElasticSettings:
    """`url` says scheme, host and port, and the user and password where there are such:
    `https://user:password@host:9200`. Neither they nor the API key are ever shown: `where` is the
    address without them.

    `ca_certs`: a file of the certificates that sign the server's; without it the usual ones.
    `verify`: off, any certificate is believed. `shards`, `replicas`: of every index that is made
    from then on. `timeout`: seconds that a request may take. `prefix`: begins the name of every
    index and alias, so that several installations share a server.

    The role needs the cluster privilege `monitor`, and on `<prefix>` and `<prefix>-*` the index
    privileges `manage`, `read` and `write`.

    Raises ValueError, naming the environment variable, where something cannot be used.
    """

    url: str = field(repr=False)
    api_key: str | None = field(default=None, repr=False)
    ca_certs: Path | None = None
    verify: bool = True
    shards: int = 1
    replicas: int = 0
    timeout: float = 30.0
    prefix: str = "fenghuo"

    def __post_init__(self) -> None:
        self._check_url()
        if self.api_key and self.basic_auth:
            raise ValueError(
                f"{URL} holds a user and {API_KEY} is set too: one of them must be taken away"
            )
        if self.ca_certs is not None and not self.ca_certs.is_file():
            raise ValueError(f"{CA} names {self.ca_certs}, which is no file")
        if not _PREFIX.fullmatch(self.prefix):
            raise ValueError(f"{INDEX} is {self.prefix!r}, which cannot begin the name of an index")

    @property
    def where(self) -> str:
        """The address without user and password."""
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path.rstrip('/')}"

    @property
    def basic_auth(self) -> tuple[str, str] | None:
        parts = urlsplit(self.url)
        if parts.username is None:
            return None
        return unquote(parts.username), unquote(parts.password or "")

    def _check_url(self) -> None:
        parts = _split(self.url)
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{URL} must begin with http:// or https:// and name a host")
        if parts.port is None:
            raise ValueError(
                f"{URL} must name the port, as in {parts.scheme}://{parts.hostname}:9200"
            )


def _split(url: str) -> SplitResult | None:
    """None where it cannot be taken apart: the reason would repeat what it holds."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # is only read here
    except ValueError:
        return None
    return parts
