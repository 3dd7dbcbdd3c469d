"""The feed of one sentinel: for whoever was given its address."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from alerts.saved_searches import remove
from monitor.accounts.words import Kind

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def sentinel(build):
    return build.sentinel(build.recipient(), "nails & <tiles>", name="钉 & 砖")


def url(sentinel, query=""):
    return f"/feeds/sentinels/{sentinel.token}.atom{query}"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return ET.fromstring(response.content)


def test_shows_what_it_saw_newest_first(client, build, sentinel, now):
    first, second = build.settled(), build.settled(sample=True)
    build.impact(entry=build.entry(notice=second), level="red")
    for hours, notice in enumerate((first, second)):
        sighting = build.sighting(sentinel, notice)
        sighting.seen_at = now + timedelta(hours=hours)
        sighting.save()
    feed = read(client, url(sentinel, "?lang=en"))
    assert feed.findtext(f"{ATOM}title") == "烽火 Fenghuo, sentinel: 钉 & 砖"
    assert feed.findtext(f"{ATOM}subtitle") == "nails & <tiles>"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}link").get("href") for entry in entries] == [
        f"http://127.0.0.1:8000/notices/{notice.pk}/" for notice in (second, first)
    ]
    assert entries[0].findtext(f"{ATOM}title").startswith("[Sample data] [Red] Certain Steel")
    assert entries[1].findtext(f"{ATOM}title").startswith("Certain Steel")
    assert entries[0].findtext(f"{ATOM}updated") == "2025-06-02T02:00:00+00:00"
    assert "Anti-dumping · Preliminary" in entries[1].findtext(f"{ATOM}summary")
    chinese = read(client, url(sentinel)).find(f"{ATOM}entry")
    assert chinese.findtext(f"{ATOM}title").startswith("【示例数据】【红色】美国对华钢钉")
    assert chinese.findtext(f"{ATOM}id") == entries[0].findtext(f"{ATOM}id")
    assert sentinel.token not in chinese.findtext(f"{ATOM}id")


def test_is_cheap_to_ask_again(client, build, sentinel):
    etag = client.get(url(sentinel))["ETag"]
    assert client.get(url(sentinel), headers={"If-None-Match": etag}).status_code == 304
    build.sighting(sentinel, build.settled())
    assert client.get(url(sentinel), headers={"If-None-Match": etag}).status_code == 200


def test_is_for_nobody_else(client, build, sentinel, now):
    response = client.get(url(sentinel))
    assert response["X-Robots-Tag"] == "noindex"
    assert "private" in response["Cache-Control"]
    assert client.get(f"/feeds/sentinels/{sentinel.pk}.atom").status_code == 404
    assert client.get(url(sentinel, "?lang=fr")).status_code == 404
    assert client.post(url(sentinel)).status_code == 405
    remove(sentinel, now)
    assert client.get(url(sentinel)).status_code == 404


def test_says_nothing_of_the_bases_to_whoever_may_not_read_of_them(client, build, now):
    build.impact(entry=build.entry(notice=(notice := build.settled())), level="red")
    counsel = build.organisation(Kind.COUNSEL, "律所")
    sentinel = build.sentinel(build.recipient(organisation=counsel))
    build.sighting(sentinel, notice)
    (entry,) = read(client, url(sentinel)).findall(f"{ATOM}entry")
    assert "红色" not in entry.findtext(f"{ATOM}title")
