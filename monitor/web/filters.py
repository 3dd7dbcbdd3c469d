"""Filters that stand in an address: read strictly, unknown words are left out of the question."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict


def chosen(request: HttpRequest, name: str, allowed: Iterable[str]) -> list[str]:
    """The values of a repeated parameter that are allowed, in the order of `allowed`."""
    given = set(request.GET.getlist(name))
    return [word for word in allowed if word in given]


def one(request: HttpRequest, name: str, allowed: Iterable[str], default: str) -> str:
    """The value of a parameter if it is allowed, else the default."""
    given = request.GET.get(name)
    return given if given is not None and given in set(allowed) else default


def page_number(parameters: QueryDict) -> int:
    """1 where none or nonsense is given. Nine digits at most: a database takes no more."""
    given = parameters.get("page", "")
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 10 else 1
