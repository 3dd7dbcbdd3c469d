"""The settings that a deployer gives by environment variables, checked before anything starts.

A wrong value is refused with the variable's name, the reason and what is allowed.
"""

from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cryptography.fernet import Fernet
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


SECRET = frozenset(
    {
        "secret_key",
        "encryption_keys",
        "eping_key",
        "database_url",
        "smtp_url",
        "elasticsearch_url",
        "elasticsearch_api_key",
    }
)
"""The fields of `Environment` whose values are never printed."""


class WrongEnvironment(Exception):
    """One or more environment variables hold something that is not allowed."""


class Environment(BaseSettings):
    """Every variable that Fenghuo reads. `fenghuo check` prints what is in force."""

    model_config = SettingsConfigDict(env_prefix="", extra="ignore", frozen=True)

    var: Path = Field(Path("var"), validation_alias="FENGHUO_VAR")
    """The folder for everything that changes: database, index, bundles, mail."""
    database_url: str | None = Field(None, validation_alias="DATABASE_URL")
    """`postgres://user:password@host:port/name`; without it SQLite under `FENGHUO_VAR`."""
    elasticsearch_url: str | None = Field(None, validation_alias="ELASTICSEARCH_URL")
    """`https://user:password@host:9200`; without it the index is embedded, under `FENGHUO_VAR`."""
    elasticsearch_api_key: str | None = Field(None, validation_alias="ELASTICSEARCH_API_KEY")
    """Instead of a user in the address: the encoded key."""
    elasticsearch_ca: Path | None = Field(None, validation_alias="ELASTICSEARCH_CA")
    """The certificate (PEM) of an authority of one's own."""
    elasticsearch_index: str = Field(
        "fenghuo", validation_alias="ELASTICSEARCH_INDEX", pattern=r"^[a-z][a-z0-9_]*$"
    )
    """The alias, and the beginning of the names of the indices."""
    elasticsearch_shards: int = Field(1, ge=1, le=64, validation_alias="ELASTICSEARCH_SHARDS")
    elasticsearch_replicas: int = Field(0, ge=0, le=8, validation_alias="ELASTICSEARCH_REPLICAS")
    secret_key: str | None = Field(None, validation_alias="FENGHUO_SECRET_KEY", min_length=50)
    """Signs links and cookies. Without it one is made and kept under `FENGHUO_VAR`."""
    encryption_keys: str | None = Field(None, validation_alias="FENGHUO_ENCRYPTION_KEYS")
    """Keys of `fenghuo rotate-key --print`, by commas: the first seals what is kept secret in the
    database, all unseal. Without them one is made and kept under `FENGHUO_VAR`."""
    debug: bool = Field(default=False, validation_alias="FENGHUO_DEBUG")
    sample_people: bool = Field(default=False, validation_alias="FENGHUO_SAMPLE_PEOPLE")
    """Whoever comes steps in as a sample person by one click; the demo sets it."""
    language: Literal["zh-hans", "en"] = Field("zh-hans", validation_alias="FENGHUO_LANGUAGE")
    time_zone: str = Field("Asia/Shanghai", validation_alias="FENGHUO_TIME_ZONE")
    site_url: str = Field("http://127.0.0.1:8000", validation_alias="FENGHUO_SITE_URL")
    """How readers reach the pages; links in messages begin with it."""
    trusted_proxy: str = Field("127.0.0.1", validation_alias="FENGHUO_TRUSTED_PROXY")
    """The address of the server in front, which says whether a reader came by https and from
    where (X-Forwarded-Proto, X-Forwarded-For). What any other says of it is not believed."""
    eping_key: str | None = Field(None, validation_alias="FENGHUO_EPING_KEY")
    """Subscription key of the WTO's API portal; without it `wto-eping` is not crawled."""
    contact: str | None = Field(None, validation_alias="FENGHUO_CONTACT")
    """A mail address or URL that the crawlers' user agent names, so that publishers can write."""
    smtp_url: str | None = Field(None, validation_alias="FENGHUO_SMTP_URL")
    """`smtp://user:password@host:port` or `smtps://…`; without it mail is written to files."""
    mail_from: str = Field("烽火 Fenghuo <fenghuo@localhost>", validation_alias="FENGHUO_MAIL_FROM")
    webhook_allow_private: bool = Field(
        default=False, validation_alias="FENGHUO_WEBHOOK_ALLOW_PRIVATE"
    )
    """Webhooks may reach private addresses; off, so that a URL given by a user cannot."""
    oidc_allow_private: bool = Field(default=False, validation_alias="FENGHUO_OIDC_ALLOW_PRIVATE")
    """Providers of OpenID Connect may lie at private addresses, and be reached by http; off, as
    above."""

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(
                f"{name!r} is no IANA time zone; allowed: e.g. Asia/Shanghai"
            ) from error
        return name

    @field_validator("encryption_keys")
    @classmethod
    def _known_keys(cls, given: str | None) -> str | None:
        for number, key in enumerate(given.split(",") if given else (), start=1):
            try:
                Fernet(key.strip())
            except ValueError as error:
                raise ValueError(f"key {number}: {error}") from error
        return given

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str | None) -> str | None:
        return cls._scheme(url, ("postgres", "postgresql", "sqlite"))

    @field_validator("elasticsearch_url")
    @classmethod
    def _server(cls, url: str | None) -> str | None:
        return cls._scheme(url, ("http", "https"))

    @field_validator("site_url")
    @classmethod
    def _http(cls, url: str | None) -> str | None:
        return cls._scheme(url, ("http", "https"))

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, url: str | None) -> str | None:
        return cls._scheme(url, ("smtp", "smtps"))

    @staticmethod
    def _scheme(url: str | None, allowed: tuple[str, ...]) -> str | None:
        if url is not None and urlsplit(url).scheme not in allowed:
            raise ValueError(f"must begin with one of: {', '.join(s + '://' for s in allowed)}")
        return url


def load(**given: Any) -> Environment:
    """Read the environment.

    Raises `WrongEnvironment` with one line per wrong variable.
    """
    try:
        return Environment(**given)
    except ValidationError as error:
        hidden = {str(Environment.model_fields[name].validation_alias) for name in SECRET}
        lines = [
            f"  {e['loc'][0]}: {e['msg']}"
            + ("" if e["loc"][0] in hidden else f" (given: {e['input']!r})")
            for e in error.errors()
        ]
        raise WrongEnvironment(
            "These environment variables cannot be used:\n" + "\n".join(lines)
        ) from error
