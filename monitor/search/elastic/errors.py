"""What goes wrong with a server, said so that a deployer knows what to do.

Credentials are never part of it: the server is named by `ElasticSettings.where`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elastic_transport import (
    ApiError,
    ConnectionTimeout,
    SerializationError,
    TlsError,
    TransportError,
)
from elasticsearch import UnsupportedProductError

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search.elastic.settings import API_KEY, CA, INDEX, URL, ElasticSettings
from monitor.search.engine import IndexBroken, IndexOutdated, QueryTooLarge

_TOO_LARGE = ("too_many", "maxClauseCount", "nested depth", "has exceeded the allowed maximum")
"""Parts of the reasons that Elasticsearch gives for refusing a query for its size."""
_BROKEN = ("No mapping found", "corrupt", "no such field", "index_closed_exception")
_MEDIA_TYPE = "media_type"
_IN_THE_WAY = "invalid_alias_name_exception"


class NoticeRefused(ValueError):
    """Elasticsearch refuses what a notice holds; the message names the notice and the reason."""


@contextmanager
def translated(settings: ElasticSettings) -> Iterator[None]:
    """Whatever the client raises within becomes an error of ours."""
    try:
        yield
    except (ApiError, TransportError) as error:
        raise problem(error, settings) from error


def problem(error: Exception, settings: ElasticSettings) -> Exception:
    """The error of ours that says what the client's means."""
    if isinstance(error, ApiError):
        return _answered(error, settings)
    return OutsideUnavailable(_unanswered(error, settings))


def reasons(body: Any) -> str:
    """Every reason that an answer gives, the outermost first."""
    found = dict.fromkeys(_reasons(body.get("error") if isinstance(body, dict) else body))
    return "; ".join(found)


def missing(error: ApiError) -> bool:
    """Whether an alias, an index or a point in time is gone."""
    return error.meta.status == 404 and _is_elasticsearch(error)


def _reasons(error: Any) -> Iterator[str]:
    if isinstance(error, str):
        yield error[:300]
    elif isinstance(error, dict):
        if "reason" in error and isinstance(error["reason"], str):
            yield f"{error.get('type', 'error')}: {error['reason'][:300]}"
        for part in ("reason", "root_cause", "caused_by", "failed_shards"):
            if not isinstance(error.get(part), str):
                yield from _reasons(error.get(part))
    elif isinstance(error, list):
        for one in error:
            yield from _reasons(one)


def _answered(error: ApiError, settings: ElasticSettings) -> Exception:
    where, said, status = settings.where, reasons(error.body), error.meta.status
    if isinstance(error, UnsupportedProductError) or _is_foreign(error):
        return OutsideUnavailable(_not_elasticsearch(error, where))
    if sentence := _SENTENCES.get(status):
        return OutsideUnavailable(sentence(settings, said))
    if status == 404:
        return outdated(settings)
    if status == 400 and any(mark in said for mark in _TOO_LARGE):
        return QueryTooLarge(f"The query is too large for {where}: ask it simpler ({said}).")
    if _IN_THE_WAY in said:
        return IndexBroken(
            f"At {where} an index that bears the name of an alias is in the way ({said}): delete"
            f" it, or give another {INDEX}."
        )
    if any(mark in said for mark in _BROKEN):
        return broken(settings, said)
    return OutsideUnavailable(_unforeseen(error, where, said))


def _unanswered(error: Exception, settings: ElasticSettings) -> str:
    where, said = settings.where, getattr(error, "message", error)
    match error:
        case TlsError():
            return _tls(settings, str(said))
        case ConnectionTimeout():
            return f"{where} did not answer within {settings.timeout:g} s."
        case SerializationError():
            return f"{where} answers, but not as Elasticsearch does ({said}): see {URL}."
    hint = ", and speaks plain HTTP" if settings.where.startswith("http:") else ""
    return f"{where} cannot be reached ({said}). See that it runs{hint}, and that {URL} is right."


def _tls(settings: ElasticSettings, said: str) -> str:
    if "WRONG_VERSION_NUMBER" in said or "record layer" in said:
        return f"{settings.where} does not speak TLS: http:// in {URL} if that is meant ({said})."
    return (
        f"The certificate of {settings.where} is not to be trusted ({said}). {CA} must name"
        f" the file of the certificate that signed it, and {URL} a host that it is for."
    )


def _unknown(settings: ElasticSettings, said: str) -> str:  # noqa: ARG001 - as all of them
    if settings.api_key:
        return f"{settings.where} does not know the API key: see {API_KEY}."
    if settings.basic_auth:
        return f"{settings.where} refuses the user or the password that {URL} holds."
    return (
        f"{settings.where} wants to know who asks: {URL} must hold a user and a password"
        f" (https://user:password@host:9200), or {API_KEY} an API key."
    )


def _forbidden(settings: ElasticSettings, said: str) -> str:
    names = f"{settings.prefix} and {settings.prefix}-*"
    return (
        f"{settings.where} knows who asks, but does not allow it ({said}). The role needs the"
        f" cluster privilege `monitor`, and `manage`, `read` and `write` on {names}."
    )


def _oversized(settings: ElasticSettings, said: str) -> str:
    return f"{settings.where} takes no request so large ({said}): see its http.max_content_length."


def _overloaded(settings: ElasticSettings, said: str) -> str:
    return f"{settings.where} is overloaded, and will be asked again ({said})."


def _unforeseen(error: ApiError, where: str, said: str) -> str:
    if _MEDIA_TYPE in said:
        return f"{where} must be Elasticsearch 8 or 9; it says: {said}"
    return (
        f"{where} answers {error.meta.status}: {said or 'no reason given'}. If parts of the index"
        f" are lost there, `fenghuo reindex` builds it anew from the records."
    )


_SENTENCES: Mapping[int, Callable[[ElasticSettings, str], str]] = {
    401: _unknown,
    403: _forbidden,
    413: _oversized,
    429: _overloaded,
}


def outdated(settings: ElasticSettings, serving: str | None = None) -> IndexOutdated:
    """`serving`: the index that is there, which is of another version."""
    another = f" ({serving} is of another)" if serving else ""
    return IndexOutdated(
        f"{settings.where} holds no index of this version{another}: run `fenghuo reindex`."
    )


def broken(settings: ElasticSettings, said: str) -> IndexBroken:
    return IndexBroken(
        f"The index {settings.prefix} at {settings.where} cannot be read ({said})."
        f" `fenghuo reindex` builds it anew from the records."
    )


def _is_elasticsearch(error: ApiError) -> bool:
    return error.meta.headers.get("x-elastic-product") == "Elasticsearch"


def _is_foreign(error: ApiError) -> bool:
    # A gateway before it may well refuse, or fail, in its own name.
    return not _is_elasticsearch(error) and error.meta.status in (400, 404, 405, 406, 415)


def _not_elasticsearch(error: ApiError, where: str) -> str:
    name = error.meta.headers.get("server") or "its name is not given"
    distribution = error.body.get("version", {}) if isinstance(error.body, dict) else {}
    if isinstance(distribution, dict) and "distribution" in distribution:
        name = str(distribution["distribution"])
    return f"{where} answers, but it is not Elasticsearch ({name}): see {URL}."
