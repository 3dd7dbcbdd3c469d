"""Unsubscribing without signing in."""

import pytest
from django.test import Client

from alerts.models import Channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(build):
    delivery = build.queued("email", to="wang@example.org")
    return f"/unsubscribe/{delivery.channel.token}/"


def test_looking_changes_nothing(client, link):
    response = client.get(link)
    assert response.status_code == 200
    assert "是否停止" in response.text
    client.head(link)
    assert Channel.objects.get().enabled


def test_posting_stops_the_channel_and_what_is_queued(link):
    # A mail program has no cookie and knows no CSRF token.
    client = Client(enforce_csrf_checks=True)
    response = client.post(link, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert "已停止" in response.text
    channel = Channel.objects.get()
    assert (channel.enabled, channel.disabled_because) == (False, "unsubscribed")
    assert channel.deliveries.get().status == "withdrawn"
    assert client.post(link).status_code == 200


def test_english(client, link):
    response = client.get(link, headers={"Accept-Language": "en"})
    assert "Shall that stop?" in response.text


def test_the_address_is_kept_to_the_reader(client, link):
    response = client.get(link)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"


def test_an_unknown_token_is_not_found(client):
    assert client.post("/unsubscribe/none/").status_code == 404


def test_a_hostile_name_is_text(client, build):
    channel = build.channel(build.recipient("<script>alert(1)</script>"))
    assert "<script>alert" not in client.get(f"/unsubscribe/{channel.token}/").text
