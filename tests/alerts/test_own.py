"""A person says whether they are reminded by mail."""

import pytest
from django.urls import reverse

from alerts.models import Channel
from alerts.personal import reach
from monitor.accounts.models import User
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def test_mail_is_turned_on_and_off_for_oneself_alone() -> None:
    one, other = (User.objects.create(username=f"{name}@example.org") for name in ("one", "other"))
    theirs = reach(other)
    client, address = signed_in(one), reverse("own_reminders")
    assert address in client.get(reverse("account")).content.decode()
    client.post(address, {"on": ""})
    assert Channel.objects.filter(recipient__person=one).count() == 0
    client.post(address, {"on": "1"})
    mail = Channel.objects.get(recipient__person=one)
    assert (mail.config, mail.enabled) == ({"to": "one@example.org"}, True)
    client.post(address, {"on": ""})
    mail.refresh_from_db()
    assert (mail.enabled, mail.disabled_because) == (False, "unsubscribed")
    client.post(address, {"on": "1"})
    mail.refresh_from_db()
    theirs.refresh_from_db()
    assert (mail.enabled, theirs.enabled) == (True, True)
    assert Channel.objects.count() == 2
