"""Parsers: the bytes that a source sent, read to items and rejected rows.

A parser takes the body of one response and the place to be named with a rejected row (a URL or a
file), raises nothing for what the publisher may send, and yields one result for every row.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from bundles.items import NoticeItem, RejectedRow
from crawlers.parsing import (
    cn_tbt_bulletin,
    eu_rasff,
    us_fda_recalls,
    us_federal_register,
    wto_eping,
)

Parser = Callable[[BinaryIO, str], Iterator[NoticeItem | RejectedRow]]

PARSERS: dict[str, Parser] = {
    cn_tbt_bulletin.SOURCE: cn_tbt_bulletin.parse,
    eu_rasff.SOURCE: eu_rasff.parse,
    us_fda_recalls.SOURCE: us_fda_recalls.parse,
    us_federal_register.SOURCE: us_federal_register.parse,
    wto_eping.SOURCE: wto_eping.parse,
}
