from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts import plain
from alerts.channels.slack.blocks import escape


@given(st.text(), st.integers(1, 50))
def test_a_line_is_one_line_that_mail_and_xml_can_carry(text, most):
    line = plain.line(text, most)
    assert len(line) <= most
    assert len(line.splitlines()) <= 1
    assert "\x00" not in line
    assert plain.line(line) == line


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"])))
def test_ordinary_words_stay(text):
    kept = plain.line(text)
    assert kept.split() == [word for word in text.replace("\u2060", " ").split() if word]


@given(st.text())
def test_an_address_cannot_end_a_link(text):
    url = plain.web_address(f"https://example.org/{text}")
    assert not set(url) & set('<>"|` \n\\')
    assert not url or urlsplit(url).scheme == "https"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "https://", "", "http://["]
)
def test_what_is_no_web_address_is_no_link(url):
    assert plain.web_address(url) == ""


def test_an_address_stays_as_it_is():
    url = "https://www.federalregister.gov/documents/2025/05/20/a-b?c=d%20e&f=(g)#h"
    assert plain.web_address(url) == url


@given(st.text())
def test_no_text_makes_a_link_or_a_mention_in_slack(text):
    escaped = escape(text)
    assert not set(escaped) & set("<>")
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
