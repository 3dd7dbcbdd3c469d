"""Which products a document is about, in codes of HS2022, how sure, and on what evidence."""

from models.products.classify import MODEL, Classification, Document, classify, classify_many
from models.products.evidence import Claim

__all__ = ["MODEL", "Claim", "Classification", "Document", "classify", "classify_many"]
