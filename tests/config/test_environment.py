"""A wrong setting says which, why, and what is allowed."""

import pytest

from config.cli.check import degraded, shown
from config.environment import WrongEnvironment, load


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "ELASTICSEARCH_URL", "FENGHUO_SMTP_URL", "FENGHUO_TIME_ZONE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://localhost/x", "postgres://"),
        ("FENGHUO_TIME_ZONE", "Asia/Fuzhou", "IANA"),
        ("FENGHUO_SMTP_URL", "http://localhost", "smtps://"),
        ("FENGHUO_LANGUAGE", "fr", "zh-hans"),
        ("FENGHUO_SECRET_KEY", "short", "50 characters"),
        ("FENGHUO_SITE_URL", "fenghuo.example.org", "https://"),
        ("ELASTICSEARCH_URL", "localhost:9200", "https://"),
        ("ELASTICSEARCH_INDEX", "Fenghuo*", "pattern"),
        ("ELASTICSEARCH_SHARDS", "0", "greater"),
        ("FENGHUO_DEBUG", "perhaps", "bool"),
    ],
)
def test_refuses(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongEnvironment, match=name) as refused:
        load()
    assert says in str(refused.value)


def test_names_every_wrong_variable_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://localhost/x")
    monkeypatch.setenv("FENGHUO_LANGUAGE", "fr")
    with pytest.raises(WrongEnvironment) as refused:
        load()
    assert "DATABASE_URL" in str(refused.value)
    assert "FENGHUO_LANGUAGE" in str(refused.value)


def test_never_prints_a_secret_that_it_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://me:hunter2@db/fenghuo")
    with pytest.raises(WrongEnvironment) as refused:
        load()
    assert "hunter2" not in str(refused.value)


def test_shows_that_a_secret_is_set_but_never_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://me:hunter2@db/fenghuo")
    values = shown(load())
    assert values["DATABASE_URL"] == "(set)"
    assert "hunter2" not in str(values)


def test_says_what_is_degraded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert any("SQLite" in note for note in degraded(load()))
    monkeypatch.setenv("DATABASE_URL", "postgres://me@db/fenghuo")
    assert not any("SQLite" in note for note in degraded(load()))
