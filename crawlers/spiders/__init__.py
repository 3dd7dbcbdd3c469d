"""One spider a source, in the folder of its jurisdiction."""

from importlib import import_module

from crawlers.families import SourceSpider

PLACES = {
    "us-federal-register": "crawlers.spiders.us.federal_register:FederalRegister",
    "eu-rasff": "crawlers.spiders.eu.rasff:Rasff",
    "wto-eping": "crawlers.spiders.wto.eping:Eping",
}


def spider(source: str) -> type[SourceSpider]:
    """The spider of a source. Raises `KeyError` for one that is not crawled."""
    module, name = PLACES[source].split(":")
    found: type[SourceSpider] = getattr(import_module(module), name)
    return found
