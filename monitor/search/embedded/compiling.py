"""From a tree to a query of tantivy, on one state of the index."""

import tantivy
from tantivy import Occur
from tantivy import Query as T

from monitor.search import analysis
from monitor.search.embedded.schema import HS
from monitor.search.engine import hs_level
from monitor.search.meaning import bounds, lone
from monitor.search.tree import (
    And,
    Dated,
    Dates,
    Everything,
    Node,
    Not,
    Or,
    Tag,
    Tagged,
    Text,
    Widened,
    Words,
)

IN_TITLE = 2.0
BY_NAME = 100.0
"""A case number or a code that is one of the notice's own names outranks any mention of it."""
MAYBE, LIKELY, SURE = 1.0, 1.0, 2.0
"""What an HS code that was not typed adds, one upon the other: less than the rarest words do."""
LONGEST = 100
"""Characters of a prefix that is looked for as an expression; of a longer one the automaton would
grow too large."""

Scored = list[tuple[Occur, tantivy.Query]]


class Compiler:
    """Leaves no alternative in that the index does not hold: most forms of a word occur in none of
    its languages."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def query(self, node: Node) -> tantivy.Query:
        match node:
            case Everything():
                return T.all_query()
            case Words():
                return self._words(node)
            case Tagged():
                return self._tagged(node)
            case Dated():
                return self._dated(node)
            case Widened(words, also):
                return self._widened(words, also)
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return _any([self.query(part) for part in parts])
            case Not():
                return self._all_of((node,))

    def filtered(self, query: tantivy.Query, filters: tuple[Node, ...]) -> tantivy.Query:
        """The query where all of the filters hold; they count nothing for relevance."""
        if not filters:
            return query
        must = [T.const_score_query(self.query(node), 0.0) for node in filters]
        return T.boolean_query([(Occur.Must, part) for part in (query, *must)])

    def _all_of(self, parts: tuple[Node, ...]) -> tantivy.Query:
        clauses: Scored = [
            (Occur.MustNot, self.query(part.part))
            if isinstance(part, Not)
            else (Occur.Must, self.query(part))
            for part in parts
        ]
        if all(occur is Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, T.all_query()))
        return T.boolean_query(clauses)

    def _widened(self, words: Node, also: tuple[Tagged | Words, ...]) -> tantivy.Query:
        """What is added up: a notice that says the words and has the code ranks first."""
        tags = [other for other in also if isinstance(other, Tagged)]
        found = [self.query(words)]
        found += [self.query(other) for other in also if isinstance(other, Words)]
        found += [self._ranked(tag, 1 / (n + 1)) for n, tag in enumerate(tags)]
        return T.boolean_query([(Occur.Should, query) for query in found])

    def _ranked(self, tagged: Tagged, weight: float) -> tantivy.Query:
        """Notices that are sure to be about these goods, then those that probably are, then those
        that may be."""
        found: Scored = [(Occur.Must, T.const_score_query(self._tagged(tagged), MAYBE * weight))]
        if tagged.tag is Tag.MAYBE:
            likely = self._tagged(Tagged(Tag.HS, tagged.values))
            sure = _any([self._terms(f"sure{len(c)}", (c,)) for c in tagged.values])
            found += [
                (Occur.Should, T.const_score_query(likely, LIKELY * weight)),
                (Occur.Should, T.const_score_query(sure, SURE * weight)),
            ]
        return T.boolean_query(found)

    def _words(self, words: Words) -> tantivy.Query:
        field = "text" if words.within is Text.ANY else words.within.value
        if words.prefix and (start := analysis.prefixes(words.text)):
            fields = ("text", "surfaces") if words.within is Text.ANY else (field,)
            return _any([self._beginning(name, start) for name in fields])
        if single := lone(words.text):
            return T.regex_query(self._schema, field, f".?{single}.?")
        found = self._forms(words.text, field)
        if words.within is not Text.ANY:
            return found
        return self._anywhere(words.text, found)

    def _beginning(self, field: str, start: str) -> tantivy.Query:
        if len(start) <= LONGEST:
            return T.regex_query(self._schema, field, f"{start}.*")
        terms = [term for term, _count in self._searcher.terms_with_prefix(field, start)]
        return self._terms(field, tuple(terms)) if terms else T.empty_query()

    def _anywhere(self, text: str, found: tantivy.Query) -> tantivy.Query:
        ranked = T.boolean_query(
            [
                (Occur.Must, found),
                (Occur.Should, T.boost_query(self._forms(text, "title"), IN_TITLE)),
            ]
        )
        name = analysis.name(text)
        if not name or not self._searcher.doc_freq("names", name):
            return ranked
        return _any([ranked, T.boost_query(self._terms("names", (name,)), BY_NAME)])

    def _forms(self, text: str, field: str) -> tantivy.Query:
        return _any(
            [
                self._phrase(field, form)
                for form in analysis.forms(text)
                if all(self._searcher.doc_freq(field, term) for term in form)
            ]
        )

    def _phrase(self, field: str, form: analysis.Form) -> tantivy.Query:
        if len(form) > 1:
            return T.phrase_query(self._schema, field, list(form))
        return T.term_query(self._schema, field, form[0])

    def _tagged(self, tagged: Tagged) -> tantivy.Query:
        if tagged.tag is not Tag.HS:
            return self._terms(tagged.tag.value, tagged.values)
        levels: dict[str, list[str]] = {}
        for code in tagged.values:
            levels.setdefault(hs_level(code), []).append(code)
        found = ((level, tuple(codes)) for level, codes in levels.items() if level in HS)
        return _any([self._terms(level, codes) for level, codes in found])

    def _terms(self, field: str, values: tuple[str, ...]) -> tantivy.Query:
        if len(values) == 1:
            return T.const_score_query(
                T.term_query(self._schema, field, values[0], index_option="basic"), 1.0
            )
        return T.term_set_query(self._schema, field, list(values))

    def _dated(self, dated: Dated) -> tantivy.Query:
        first, last = bounds(dated)
        field = "published" if dated.dates is Dates.PUBLISHED else "deadlines"
        return T.range_query(self._schema, field, tantivy.FieldType.Integer, first, last)


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    if not queries:
        return T.empty_query()
    return queries[0] if len(queries) == 1 else T.disjunction_max_query(queries, 0.1)
