"""What every channel keeps."""

import pytest
from pydantic import SecretStr

from alerts.channels import registry
from alerts.channels.base import ChannelBroken

EXAMPLES = {
    "console": {},
    "email": {"to": "wang@example.org"},
    "slack": {"webhook_url": "https://hooks.slack.com/services/T/B/hush"},
    "webhook": {"url": "https://example.org/hush", "secret": "hush hush hush hush"},
}


def test_every_kind_has_an_example():
    assert set(EXAMPLES) == set(registry.CHANNELS)


@pytest.mark.parametrize("kind", EXAMPLES)
class TestEvery:
    def test_refuses_what_it_does_not_know_and_repeats_no_value(self, kind):
        with pytest.raises(ChannelBroken, match="colour") as refusal:
            registry.transport(kind).read({**EXAMPLES[kind], "colour": "hush"})
        assert "hush" not in str(refusal.value)

    def test_is_named_without_its_secrets(self, kind):
        transport = registry.transport(kind)
        assert transport.describe(EXAMPLES[kind])
        assert "hush" not in transport.describe(EXAMPLES[kind])
        assert "hush" not in repr(transport.read(EXAMPLES[kind]))

    def test_has_secrets_only_as_such(self, kind):
        config = registry.transport(kind).read(EXAMPLES[kind])
        values = [getattr(config, name) for name in type(config).model_fields]
        hidden = [v for v in values if isinstance(v, SecretStr)]
        assert len(config.secrets()) == len(hidden)
