"""Which products a document is about, in codes of HS2022, how sure, and on what evidence."""

from models.products.classify import (
    MODEL,
    Claim,
    Classification,
    Document,
    classify,
    classify_many,
)

__all__ = ["MODEL", "Claim", "Classification", "Document", "classify", "classify_many"]
