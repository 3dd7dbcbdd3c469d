"""What is kept sealed, and under which keys."""

import json
import stat
import threading
from pathlib import Path

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection
from django.db.models import TextField, Value
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from alerts.models import Channel, Recipient
from monitor.accounts.secrets import rotation, sealing
from monitor.accounts.secrets.fields import sealed_fields
from monitor.accounts.secrets.sealing import CannotUnseal, sealed, unsealed

CANARY = "xoxb-canary-4711"
CONFIG = {"token": CANARY, "channel": "#预警"}


@pytest.fixture(autouse=True)
def _own_keys(settings: Settings, tmp_path: Path) -> None:
    settings.FENGHUO_KEYS = ()
    settings.FENGHUO_KEYS_FILE = tmp_path / "encryption-keys"


@pytest.fixture
def channel(db: None) -> Channel:
    recipient = Recipient.objects.create(name="值班台")
    return Channel.objects.create(recipient=recipient, kind="slack", config=CONFIG)


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT config FROM alerts_channel")
        return str(cursor.fetchone()[0])


@given(st.text())
def test_what_was_sealed_is_unsealed(text: str) -> None:
    assert unsealed(sealed(text)) == text


def test_two_sealings_of_one_text_differ() -> None:
    assert sealed(CANARY) != sealed(CANARY)
    assert CANARY not in sealed(CANARY)


def test_a_text_that_was_never_sealed_is_refused() -> None:
    with pytest.raises(CannotUnseal, match="encryption-keys"):
        unsealed('{"token": "x"}')


def test_the_first_key_seals_and_all_unseal(settings: Settings) -> None:
    old, new = sealing.new_key(), sealing.new_key()
    settings.FENGHUO_KEYS = (old,)
    text = sealed(CANARY)
    settings.FENGHUO_KEYS = (new, old)
    assert unsealed(text) == CANARY
    assert not sealing.is_current(text)
    assert sealing.is_current(sealed(CANARY))
    settings.FENGHUO_KEYS = (new,)
    with pytest.raises(CannotUnseal):
        unsealed(text)


def test_the_key_is_made_once_and_only_its_owner_reads_it(settings: Settings) -> None:
    sealed(CANARY)
    file: Path = settings.FENGHUO_KEYS_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["encryption-keys"]
    before = file.read_text()
    sealed(CANARY)
    assert file.read_text() == before


def test_of_many_that_start_at_once_all_have_the_same_key() -> None:
    found = []
    together = threading.Barrier(8)

    def start() -> None:
        together.wait()
        found.append(sealing.keys())

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


@pytest.mark.parametrize(("content", "said"), [("", "holds no key"), ("short\n", "no Fernet key")])
def test_a_file_without_a_key_is_said_to_be_so(settings: Settings, content: str, said: str) -> None:
    settings.FENGHUO_KEYS_FILE.write_text(content)
    with pytest.raises(ImproperlyConfigured, match=said):
        sealed(CANARY)


def test_a_column_is_read_as_it_was_written(channel: Channel) -> None:
    assert Channel.objects.get().config == CONFIG
    Channel.objects.update(config={"to": "x@example.org"})
    assert Channel.objects.values_list("config", flat=True)[0] == {"to": "x@example.org"}


def test_what_the_database_holds_says_nothing(channel: Channel) -> None:
    assert CANARY not in stored()
    assert "slack" not in stored()
    assert json.loads(unsealed(stored())) == CONFIG


def test_nothing_is_looked_up_by_a_sealed_column(channel: Channel) -> None:
    with pytest.raises(FieldError, match="Unsupported lookup"):
        Channel.objects.filter(config=CONFIG).exists()
    with pytest.raises(FieldError):
        Channel.objects.filter(config__token=CANARY).exists()
    assert Channel.objects.filter(config__isnull=False).count() == 1


def test_the_channels_are_among_the_sealed_columns() -> None:
    assert "alerts.Channel.config" in {str(field) for field in sealed_fields()}


def test_what_an_older_version_kept_open_is_sealed(channel: Channel) -> None:
    # Past the manager, which would read what it tells of, and cannot.
    Channel._base_manager.update(config=Value(json.dumps(CONFIG), TextField()))
    assert CANARY in stored()
    (field,) = (f for f in sealed_fields() if f.model is Channel)
    assert rotation.seal_open_ones(field) == 1
    assert CANARY not in stored()
    assert Channel.objects.get().config == CONFIG
    assert rotation.seal_open_ones(field) == 0


def test_keys_of_the_environment_are_not_changed_by_a_command(
    settings: Settings, channel: Channel
) -> None:
    old = sealing.keys()[0]
    settings.FENGHUO_KEYS = (sealing.new_key(), old)
    assert not rotation.begin()
    with pytest.raises(rotation.KeysElsewhere, match="FENGHUO_ENCRYPTION_KEYS"):
        rotation.finish()
    settings.FENGHUO_KEYS = settings.FENGHUO_KEYS[:1]
    assert Channel.objects.get().config == CONFIG
