"""What is wrong with a query, where, and what to type instead."""


class QueryError(ValueError):
    """`at` and `end` are offsets into the query as typed; `instead` is an example that works.

    The sentences are in the reader's language.
    """

    def __init__(self, problem: str, at: int, end: int, instead: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.at = at
        self.end = end
        self.instead = instead

    def __str__(self) -> str:
        return f"{self.problem} {self.instead}".strip()

    def pointed(self, query: str) -> str:
        """The query with the place marked below it, for a terminal."""
        width = max(1, _width(query[self.at : self.end]))
        return f"{query}\n{' ' * _width(query[: self.at])}{'^' * width}\n{self}"


def _width(text: str) -> int:
    """Columns on a terminal: characters of East Asia take two."""
    return sum(2 if ord(character) >= 0x1100 else 1 for character in text)
