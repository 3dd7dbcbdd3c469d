"""What every engine has to do: the protocol of `monitor.search.engine`, sentence by sentence.

A test module of an engine imports everything from here (`from … import *`), and gives one fixture
of module scope, `new_place`: a function that makes a `Place`, empty and all its own. That two
engines agree follows from each agreeing with `monitor.search.meaning`.
"""

import pytest

pytest.register_assert_rewrite(
    "tests.monitor.search.contract_asking", "tests.monitor.search.contract_changes"
)

from tests.monitor.search.contract_asking import *  # noqa: E402, F403
from tests.monitor.search.contract_changes import *  # noqa: E402, F403
from tests.monitor.search.contract_place import *  # noqa: E402, F403
