"""What tantivy holds of a notice. https://docs.rs/tantivy/latest/tantivy/schema/"""

from importlib.metadata import version

import tantivy

from monitor.search.document import Analysed
from monitor.search.engine import fingerprint, hs_level, ordinal
from monitor.search.tree import Tag

STREAMS = ("title", "text", "company", "authority")
TAGS = tuple(tag.value for tag in Tag if tag is not Tag.HS)
HS = ("hs2", "hs4", "hs6")
SURE = ("sure2", "sure4", "sure6")
NUMBERS = ("published", "newest", "soonest", "deadlines")
SPACES = "spaces"
"""The name of the tokenizer that splits a stream at its spaces and does nothing else."""

FINGERPRINT = fingerprint(
    {"tantivy": version("tantivy").split(".")[:2], "layout": 1}
    | {"streams": STREAMS, "tags": TAGS, "hs": HS, "sure": SURE, "numbers": NUMBERS}
)
"""`layout` is raised when a field is indexed otherwise under the same name."""


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    for name in NUMBERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in STREAMS:
        builder.add_text_field(name, tokenizer_name=SPACES, index_option="position")
    for name in ("surfaces", "names", "spoken", *SURE):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (*TAGS, *HS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def spaces() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def document(notice: Analysed) -> tantivy.Document:
    row = tantivy.Document()
    row.add_integer("id", notice.notice_id)
    row.add_integer("published", notice.published)
    row.add_integer("newest", ordinal(notice.published, notice.notice_id))
    row.add_integer("soonest", ordinal(notice.soonest, notice.notice_id))
    for day in notice.deadlines:
        row.add_integer("deadlines", day)
    row.add_text("title", notice.title)
    row.add_text("text", notice.text)
    row.add_text("company", notice.company)
    row.add_text("authority", notice.authority)
    _add(row, "surfaces", notice.surfaces)
    _add(row, "names", notice.names)
    _add(row, "spoken", notice.spoken)
    for tag, values in notice.tags.items():
        for value in values:
            name = hs_level(value) if tag is Tag.HS else tag.value
            if tag is not Tag.HS or name in HS:
                row.add_text(name, value)
    for code in notice.sure:
        row.add_text(f"sure{len(code)}", code)
    return row


def _add(row: tantivy.Document, name: str, values: "frozenset[str] | tuple[str, ...]") -> None:
    for value in values:
        row.add_text(name, value)
