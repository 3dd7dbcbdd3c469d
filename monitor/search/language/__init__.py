"""What people type, read into a tree: `parse`, and back: `printed`. docs/search.md describes it."""

from monitor.search.language.errors import QueryError
from monitor.search.language.parsing import parse
from monitor.search.language.printing import printed

__all__ = ["QueryError", "parse", "printed"]
