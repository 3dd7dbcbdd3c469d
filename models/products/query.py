"""What is asked of the matcher."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """A document as it is read: what names the product, what else is said, ISO 639-1.

    `is_notice`: an authority words it (`boilerplate.is_notice`)."""

    title: str
    text: str = ""
    language: str = "en"
    is_notice: bool = False
