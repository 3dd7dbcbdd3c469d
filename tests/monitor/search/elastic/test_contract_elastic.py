"""Elasticsearch keeps the contract: on a real node."""

import pytest

from tests.monitor.search.contract import *  # noqa: F403

pytestmark = pytest.mark.elasticsearch
