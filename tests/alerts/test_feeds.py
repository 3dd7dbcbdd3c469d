"""The Atom feed: valid, stable, harmless, cheap to ask again."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from monitor.accounts.models import Link, Membership, User
from monitor.accounts.secrets import links
from monitor.accounts.walls.acting import acting
from monitor.accounts.words import Kind, Role
from monitor.impact.models import Impact

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
URL = "/feeds/bases/footwear.atom"


def read(client, url=URL, **headers):
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def entries(feed):
    return feed.findall(f"{ATOM}entry")


def test_has_what_rfc_4287_asks_for(client, build):
    impact = build.impact()
    feed = read(client)
    assert feed.findtext(f"{ATOM}id") == "tag:127.0.0.1,2026:bases/footwear"
    assert feed.findtext(f"{ATOM}title") == "烽火：鞋类基地"
    assert feed.find(f"{ATOM}author") is not None
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://127.0.0.1:8000{URL}?lang=zh"
    assert links["alternate"] == "http://127.0.0.1:8000/bases/footwear/"
    (entry,) = entries(feed)
    notice = impact.entry.notice
    assert entry.findtext(f"{ATOM}id") == (
        f"tag:127.0.0.1,2026:bases/footwear/{notice.source}/{notice.number}/"
        f"{impact.entry.measure_id}"
    )
    assert entry.findtext(f"{ATOM}updated") == "2025-06-02T01:00:00+00:00"
    assert entry.findtext(f"{ATOM}published") == "2025-05-20T00:00:00+00:00"
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/impacts/{impact.pk}/")


def test_level_and_money_in_both_languages(client, build):
    build.impact()
    (chinese,) = entries(read(client))
    assert chinese.findtext(f"{ATOM}title") == (
        "【红色】1,235 万美元：美国对华钢钉反倾销调查：肯定性初裁"
    )
    assert "原文标题</dt><dd>Certain Steel Nails" in chinese.findtext(f"{ATOM}summary")
    (english,) = entries(read(client, f"{URL}?lang=en"))
    assert english.findtext(f"{ATOM}title").startswith("[Red] US$12.3 million: Certain Steel Nails")
    assert "4.5% of the base" in english.findtext(f"{ATOM}summary")
    assert chinese.findtext(f"{ATOM}id") == english.findtext(f"{ATOM}id")


def test_shows_from_blue_up_and_only_what_changed(client, build):
    build.impact(level="blue")
    build.impact(level="watch")
    build.impact(level="red", entry=build.entry(change=[]))
    build.impact(build.base("tea", name_zh="茶"), level="red")
    assert len(entries(read(client))) == 1


def test_newest_first_and_not_without_end(client, build):
    for month in range(1, 6):
        for day in range(1, 13):
            notice = build.notice(published=f"2025-0{month}-{day:02d}")
            build.impact(entry=build.entry(notice=notice))
    shown = [entry.findtext(f"{ATOM}published") for entry in entries(read(client))]
    assert len(shown) == 50
    assert shown == sorted(shown, reverse=True)


def test_a_hostile_title_is_text_for_xml_and_for_html(client, build):
    title = 'Nails <script>alert(1)</script> & "more"\x01\x0b\ud7ff\uffff ]]>'
    notice = build.notice(title=title, product="<img src=x>", url="javascript:alert(1)")
    build.impact(entry=build.entry(notice=notice))
    (entry,) = entries(read(client))
    (english,) = entries(read(client, f"{URL}?lang=en"))
    assert '<script>alert(1)</script> & "more"' in english.findtext(f"{ATOM}title")
    assert "&lt;script&gt;" in entry.findtext(f"{ATOM}summary")
    assert entry.find(f"{ATOM}title").get("type") in {None, "text"}
    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert "<img" not in summary.text
    assert "&lt;img src=x&gt;" in summary.text
    assert "javascript:" not in summary.text


def test_sample_data_is_marked(client, build):
    build.impact(sample=True)
    (entry,) = entries(read(client))
    assert entry.findtext(f"{ATOM}title").startswith("【示例数据】")
    assert "示例数据" in entry.findtext(f"{ATOM}summary")


def test_asked_again_it_says_unchanged(client, build):
    build.impact()
    first = client.get(URL)
    again = client.get(URL, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    since = client.get(URL, headers={"If-Modified-Since": first["Last-Modified"]})
    assert since.status_code == 304


def test_asked_again_after_a_change_it_is_sent(client, build, now):
    impact = build.impact()
    first = client.get(URL)
    Impact.objects.filter(pk=impact.pk).update(assessed_at=now + timedelta(hours=1))
    again = client.get(URL, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    other = client.get(f"{URL}?lang=en", headers={"If-None-Match": again["ETag"]})
    assert other.status_code == 200


def test_an_empty_base_has_an_empty_feed(client, build):
    build.base()
    assert not entries(read(client))


@pytest.mark.parametrize(
    "url", ["/feeds/bases/none.atom", f"{URL}?lang=fr", "/feeds/bases/footwear.rss"]
)
def test_there_is_no_other(client, build, url):
    build.base()
    assert client.get(url).status_code == 404


def test_it_is_read_only(client, build):
    build.base()
    assert client.post(URL).status_code == 405


def test_is_for_whoever_may_read_the_bases(build):
    build.impact()
    assert Client().get(URL).status_code == 302
    counsel = build.organisation(Kind.COUNSEL, "律所")
    lawyer = User.objects.create(username="lawyer@example.org")
    membership = Membership.objects.create(
        user=lawyer, organisation=counsel, role=Role.OWNER, since=build.now
    )
    client = Client()
    client.force_login(lawyer)
    assert client.get(URL).status_code == 404
    membership.delete()
    lawyer.is_analyst = True
    lawyer.save()
    (entry,) = entries(read(client))
    assert "<dd>2 家</dd>" in entry.findtext(f"{ATOM}summary")


def test_a_link_reads_for_its_person_until_it_is_revoked(build, client, now):
    build.impact()
    officer = User.objects.get()
    mine = acting(officer)
    secret = links.make(mine, "阅读器", now)
    reader = Client()
    address = f"{URL}?key={secret}"
    (entry,) = entries(read(reader, address))
    assert entry.findtext(f"{ATOM}title").startswith("【红色】1,235 万美元")
    response = reader.get(address)
    assert response["Referrer-Policy"] == "no-referrer"
    assert "private" in response["Cache-Control"]
    assert Link.objects.get().last_used_at is not None
    assert secret not in str(Link.objects.values())
    assert client.get(f"{URL}?key=another").status_code == 404
    assert links.revoke(mine, Link.objects.get().pk, now)
    assert reader.get(address).status_code == 404


def test_a_link_ends_with_the_membership_that_it_was_made_for(build, client, now):
    build.impact()
    officer = User.objects.get()
    other = build.organisation(Kind.OFFICE, "市商务局")
    Membership.objects.create(
        user=officer, organisation=other, role=Role.READER, since=now + timedelta(days=1)
    )
    address = f"{URL}?key={links.make(acting(officer), '阅读器', now)}"
    assert Client().get(address).status_code == 200
    Membership.objects.filter(organisation__name_zh="省商务厅").update(ended_at=now)
    assert Client().get(address).status_code == 404


def test_nobody_revokes_what_is_not_theirs(build, client, now):
    links.make(acting(User.objects.get()), "阅读器", now)
    stranger = acting(User.objects.create(username="other@example.org"))
    assert not links.revoke(stranger, Link.objects.get().pk, now)
    assert Link.objects.get().revoked_at is None
