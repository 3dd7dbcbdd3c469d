import pytest
from django.conf import settings

from monitor.sources import registry
from monitor.sources.registry import WrongSource

GOOD = (settings.FENGHUO_SOURCES / "us-federal-register.toml").read_text(encoding="utf-8")


def written(tmp_path, text, name="us-example"):
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_our_own_sources_can_be_read():
    sources = registry.load(settings.FENGHUO_SOURCES)
    assert {
        "us-federal-register",
        "eu-rasff",
        "wto-eping",
        "us-fda-recalls",
        "cn-tbt-bulletin",
    } <= set(sources)
    assert sources["wto-eping"].crawl.needs_key == "FENGHUO_EPING_KEY"
    assert sources["us-fda-recalls"].crawl is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("quiet_days = 5", "quiet_days = 0", "normal.quiet_days"),
        ("quiet_days = 5", "", "normal.quiet_days: Field required"),
        ("quiet_days = 5", "quiet_days = 5\nnoisy_days = 1", "normal.noisy_days"),
        ('parser = "real"', 'parser = "surely"', "proven.parser"),
        ('language = "en"', 'language = "English"', "language"),
        ('name.zh = "美国联邦公报"', "", "name.zh"),
        ("https://www.federalregister.gov/api", "ftp://example.org/api", "crawl.endpoint"),
        ("delay_seconds = 1.0", "delay_seconds = 0.0", "crawl.delay_seconds"),
        ("[crawl]", "[crawl", "no TOML"),
    ],
)
def test_an_error_names_the_file_and_the_key(tmp_path, old, new, said):
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(WrongSource) as error:
        registry.read(path)
    assert "us-example.toml" in str(error.value)
    assert said in str(error.value)


def test_the_file_is_named_as_the_source(tmp_path):
    with pytest.raises(WrongSource, match=r"Federal\.toml: id"):
        registry.read(written(tmp_path, GOOD, name="Federal"))
