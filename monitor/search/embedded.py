"""The embedded engine: tantivy, in a folder. https://github.com/quickwit-oss/tantivy-py"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import Occur

from monitor.jobs.rooms import OutsideUnavailable
from monitor.search import analysis
from monitor.search.engine import FACETS, Document, Hit, Page, Query
from monitor.search.highlight import highlights

SCHEMA = "1"
"""Raised with every change of the fields: a folder of another schema is not opened, but made anew
beside it, and the index room fills it again from the database."""

BOOSTS = {"title": 3.0, "gloss": 1.5, "text": 1.0}
NAME_BOOST = 5.0
WRITER_HEAP = 64_000_000
FACET_VALUES = 60
STEMMED = "stemmed"


class EmbeddedEngine:
    """One writer at a time (tantivy locks the folder), any number of readers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"schema-{SCHEMA}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(self._folder))
        self._stem = _analyzer()
        self._index.register_tokenizer(STEMMED, self._stem)

    def write(self, documents: Sequence[Document]) -> None:
        with self._writer() as writer:
            for document in documents:
                writer.delete_documents_by_term("id", document.notice_id)
                writer.add_document(_document(document))

    def clear(self) -> None:
        with self._writer() as writer:
            writer.delete_all_documents()

    def size(self) -> int:
        self._index.reload()
        return int(self._index.searcher().num_docs)

    def search(self, query: Query) -> Page:
        self._index.reload()
        searcher = self._index.searcher()
        groups = [self._stemmed(group) for group in analysis.groups(query.text)]
        asked = self._query(query, groups)
        order = "published" if query.order == "date" else None
        found = searcher.search(asked, limit=query.limit, offset=query.offset, order_by_field=order)
        hits = []
        for key, address in found.hits:
            stored = searcher.doc(address).to_dict()
            printed = bytes(stored["printed"][0]).decode()
            passages = highlights(printed, groups, self._stemmed)
            hits.append(Hit(stored["id"][0], float(key), passages))
        # The counter is there at run time, but missing from the package's type stubs.
        total: int = found.count  # type: ignore[attr-defined]
        return Page(hits, total, self._facets(searcher, asked))

    @contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        try:
            writer = self._index.writer(heap_size=WRITER_HEAP, num_threads=1)
        except ValueError as error:
            raise OutsideUnavailable(
                f"The index in {self._folder} is being written by another process: {error}"
            ) from error
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()

    def _stemmed(self, terms: Sequence[str]) -> list[str]:
        return self._stem.analyze(" ".join(terms))

    def _query(self, query: Query, groups: list[list[str]]) -> tantivy.Query:
        must = [self._group(group) for group in groups]
        must += [self._any_of(name, values) for name, values in query.filters.items() if values]
        if query.after is not None or query.before is not None:
            must.append(
                tantivy.Query.range_query(
                    self._schema, "published", tantivy.FieldType.Integer, query.after, query.before
                )
            )
        if not must:
            return tantivy.Query.all_query()
        return tantivy.Query.boolean_query([(Occur.Must, part) for part in must])

    def _group(self, group: list[str]) -> tantivy.Query:
        should = [self._in_field(name, group, boost) for name, boost in BOOSTS.items()]
        name = tantivy.Query.term_query(self._schema, "names", "".join(group))
        should.append(tantivy.Query.boost_query(name, NAME_BOOST))
        return tantivy.Query.disjunction_max_query(should, 0.1)

    def _in_field(self, name: str, group: list[str], boost: float) -> tantivy.Query:
        if len(group) > 1:
            query = tantivy.Query.phrase_query(self._schema, name, list(group))
        elif len(group[0]) == 1 and not group[0].isascii():
            # One character of Chinese: the first or the second half of a bigram.
            query = tantivy.Query.regex_query(self._schema, name, f".?{group[0]}.?")
        else:
            query = tantivy.Query.term_query(self._schema, name, group[0])
        return tantivy.Query.boost_query(query, boost)

    def _any_of(self, name: str, values: Sequence[str]) -> tantivy.Query:
        if name not in FACETS:
            raise ValueError(f"{name!r} is no filter; allowed: {', '.join(FACETS)}")
        found = tantivy.Query.term_set_query(self._schema, name, list(values))
        return tantivy.Query.const_score_query(found, 0.0)

    def _facets(
        self, searcher: tantivy.Searcher, query: tantivy.Query
    ) -> dict[str, list[tuple[str, int]]]:
        asked = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in FACETS}
        answer = searcher.aggregate(query, asked)
        return {
            name: [(b["key"], int(b["doc_count"])) for b in answer[name]["buckets"]]
            for name in FACETS
        }


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    builder.add_integer_field("published", indexed=True, fast=True)
    for name in BOOSTS:
        builder.add_text_field(name, tokenizer_name=STEMMED)
    builder.add_text_field("names", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("printed", stored=True)
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    """English stemming leaves the bigrams of Chinese alone."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer("english")).build()


def _document(document: Document) -> tantivy.Document:
    row = tantivy.Document()
    row.add_integer("id", document.notice_id)
    row.add_integer("published", document.published)
    row.add_text("title", analysis.stream(document.title))
    row.add_text("text", analysis.stream(document.text))
    row.add_text("gloss", analysis.stream(document.gloss))
    row.add_bytes("printed", f"{document.title}\n{document.text}".encode())
    for name in document.names:
        row.add_text("names", analysis.name(name))
    for facet, values in document.facets.items():
        for value in values:
            row.add_text(facet, value)
    return row
