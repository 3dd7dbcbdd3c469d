"""What a deployer gives is checked, and what is secret stays so."""

from pathlib import Path

import pytest

from monitor.search.elastic.settings import ElasticSettings


@pytest.mark.parametrize(
    ("url", "where", "login"),
    [
        ("http://localhost:9200", "http://localhost:9200", None),
        ("https://me:pa%40ss@es.org:9243/a/", "https://es.org:9243/a", ("me", "pa@ss")),
        ("http://me@[::1]:9200", "http://[::1]:9200", ("me", "")),
    ],
)
def test_takes_a_url_apart(url: str, where: str, login: tuple[str, str] | None) -> None:
    settings = ElasticSettings(url)
    assert settings.where == where
    assert settings.basic_auth == login


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"url": "localhost:9200"}, "http://"),
        ({"url": "ftp://me:hunter2@localhost:9200"}, "https://"),
        ({"url": "https://me:hunter2@localhost"}, "port"),
        ({"url": "https://me:hunter2@localhost:port"}, "ELASTICSEARCH_URL"),
        ({"url": "https://me:hunter2@[::1:9200"}, "ELASTICSEARCH_URL"),
        ({"url": "http://me:hunter2@localhost:9200", "api_key": "abc"}, "ELASTICSEARCH_API_KEY"),
        ({"url": "https://localhost:9200", "ca_certs": Path("nowhere.pem")}, "nowhere.pem"),
        ({"url": "http://localhost:9200", "prefix": "Feng Huo"}, "Feng Huo"),
        ({"url": "http://localhost:9200", "prefix": "*"}, "ELASTICSEARCH_INDEX"),
    ],
)
def test_refuses_with_the_name_of_the_setting(given: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match="ELASTICSEARCH_") as refused:
        ElasticSettings(**given)  # type: ignore[arg-type]
    assert says in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_shows_no_secret() -> None:
    settings = ElasticSettings("https://me:hunter2@localhost:9200")
    keyed = ElasticSettings("https://localhost:9200", api_key="hunter2")
    assert "hunter2" not in f"{settings!r} {settings} {keyed!r} {settings.where}"
