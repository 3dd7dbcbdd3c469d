"""Places by name: every way the feeds write them, and the words that only look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bundles import places

TEXTS = {
    "Nails From the People's Republic of China and the Republic of Korea": ["CN", "KR"],
    "From the People’s Republic of\nChina": ["CN"],
    "PRC-wide entity; Taiwan's exporters": ["CN", "TW"],
    "CHINA AND INDIA": ["CN", "IN"],
    "the Democratic People's Republic of Korea": ["KP"],
    "North Korea and Korea": ["KP", "KR"],
    "Türkiye, Turkey and Turkiye": ["TR"],
    "Socialist Republic of Vietnam; Russian Federation; Hong Kong, China": ["VN", "RU", "HK"],
    "the European Union and the United Kingdom": ["EU", "GB"],
    "Separate Customs Territory of Taiwan, Penghu, Kinmen and Matsu": ["TW"],
    "the Democratic Republic of the Congo, Côte d’Ivoire": ["CD", "CI"],
    "Papua New Guinea and Guinea-Bissau": ["PG", "GW"],
    "Ferrosilicon from Armenia, Georgia and Kazakhstan": ["AM", "GE", "KZ"],
    "Ferrosilicon from Georgia": ["GE"],
    # things, states, brands
    "Turkey medallions, smoked Turkey, turkey meat": [],
    "fine china and China clay": [],
    "Brazil nuts from Bolivia": ["BO"],
    "New Mexico, New Jersey, Gulf of Mexico": [],
    "Savannah, Georgia; Georgia-Pacific; Florida, Georgia and Alabama": [],
    "Atlanta, Georgia, United States": ["US"],
    "Jordan Brand shoes": [],
    "Indian Ocean, Indiana, Indonesian": [],
    "the colour Sudan I in chilli from Sudan": ["SD"],
    "Romania, ROMANIA": ["RO"],
}

CHINESE = {
    "台澎金马单独关税区、欧盟和韩国通报": ["TW", "EU", "KR"],
    "中国香港与中国": ["HK", "CN"],
    "索马里、几内亚比绍、巴布亚新几内亚": ["SO", "GW", "PG"],
    "印度尼西亚和印度洋": ["ID"],
    "刚果（金）": ["CD"],
    "即日本公告": [],
    "中国台湾地区": ["TW"],
}

FIELDS = {
    "Germany (DE)": "DE",
    "Korea, Republic of": "KR",
    "Korea, Democratic People's Republic of": "KP",
    "Kingdom of Saudi Arabia": "SA",
    "Iran, Islamic Republic of": "IR",
    "Moldova, Republic of": "MD",
    "Democratic Socialist Republic of Sri Lanka": "LK",
    "the Netherlands": "NL",
    "Hong Kong SAR China": "HK",
    "Republic of North Macedonia": "MK",
    "U.S.": "US",
    "Georgia": "GE",
    "unknown origin": None,
    "": None,
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.items())
def test_running_text_names_places_in_order(text: str, expected: list[str]) -> None:
    assert places.find(text) == expected


@pytest.mark.parametrize(("text", "expected"), CHINESE.items())
def test_chinese_text_names_places(text: str, expected: list[str]) -> None:
    assert places.find(text, "zh") == expected


@pytest.mark.parametrize(("name", "expected"), FIELDS.items())
def test_a_field_is_read_as_a_place(name: str, expected: str | None) -> None:
    assert places.parse(name) == expected


WTO = [
    "Bahrain, Kingdom of",
    "Bolivia, Plurinational State of",
    "Brunei Darussalam",
    "Cabo Verde",
    "Côte d'Ivoire",
    "Chinese Taipei",
    "Czech Republic",
    "European Union",
    "Hong Kong, China",
    "Korea, Republic of",
    "Kuwait, the State of",
    "Kyrgyz Republic",
    "Lao People's Democratic Republic",
    "Macao, China",
    "Moldova, Republic of",
    "North Macedonia",
    "Russian Federation",
    "Saint Kitts and Nevis",
    "Saudi Arabia, Kingdom of",
    "Türkiye",
    "The Gambia",
    "Viet Nam",
    "Venezuela, Bolivarian Republic of",
    "United States of America",
    "Democratic Republic of the Congo",
]


@pytest.mark.parametrize("name", WTO)
def test_members_by_the_wtos_own_names(name: str) -> None:
    assert places.parse(name) is not None


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_place_reads_its_own_name_back(language: str) -> None:
    for code in places.DATA["alpha3"]["iso"].split():
        alpha2 = code.split("=")[1]
        assert places.parse(places.name(alpha2, language), language) == alpha2


def test_separate_customs_territories_and_unions_have_the_trades_names() -> None:
    assert places.name("TW", "zh-hans") == "中国台湾"
    assert places.name("TW") == "Chinese Taipei"
    assert places.name("EAEU", "zh-hans") == "欧亚经济联盟"
    assert places.parse("台澎金马单独关税区", "zh") == "TW"
    assert places.of_alpha3("TPKM") == "TW"
    assert places.of_alpha3("EU") == "EU"
    assert places.of_alpha3("XYZ") is None


def test_members_of_unions() -> None:
    assert len(places.members("EU")) == 27
    assert "GB" not in places.members("EU")
    assert places.members("EAEU") == ("AM", "BY", "KG", "KZ", "RU")
    assert places.members("CN") == ("CN",)


@given(st.text())
def test_any_text_is_searched_without_error_and_offsets_hold(text: str) -> None:
    for language in ("en", "zh"):
        for mention in places.mentions(text, language):
            assert places.parse(text[mention.start : mention.end], language) == mention.code
        places.parse(text, language)
