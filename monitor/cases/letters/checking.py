"""Whether what the manifest names exists: templates, their fields, rules of `config/deadlines`."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from monitor.cases.letters.catalog import LANGUAGES, Catalog, Sort
from monitor.cases.letters.own import FaultyError
from monitor.cases.letters.own import check as examine
from monitor.deadlines.library import Library
from monitor.deadlines.tables import RulesError


def check(catalog: Catalog) -> Iterator[str]:
    """What is wrong, a line each."""
    library = Library.load(Path(settings.FENGHUO_DEADLINES))
    rules = {rule for ruleset in library.rulesets for rule in ruleset.versions}
    for sort in catalog.manifest.letters:
        yield from _templates(catalog, sort)
        yield from (
            f"{sort.id}: dates: there is no rule `{r}`" for r in sort.dates if r not in rules
        )
        absent = [each for each in sort.authorities if each not in library.authorities]
        yield from (f"{sort.id}: authorities: there is no `{each}`" for each in absent)
    used = {name for sort in catalog.manifest.letters for name in sort.all_fields}
    yield from (f"fields: no letter has `{name}`" for name in sorted(set(catalog.blanks) - used))
    unknown = set(catalog.desks) - set(library.authorities)
    yield from (f"authorities: there is no `{name}`" for name in sorted(unknown))


def _templates(catalog: Catalog, sort: Sort) -> Iterator[str]:
    for language in LANGUAGES:
        path = catalog.path(sort.id, language)
        try:
            examine(catalog, sort, language, catalog.template(sort.id, language))
        except RulesError as error:
            yield str(error)
        except FaultyError as error:
            yield from (f"{path.name}: {fault}" for fault in error.faults)
