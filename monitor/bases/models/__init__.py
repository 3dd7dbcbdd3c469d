"""Whose exports: bases, chambers, firms and flows; who asks to join, what was merged or is
not to be."""

from monitor.bases.models.applications import Application
from monitor.bases.models.distinctions import Distinction
from monitor.bases.models.mergers import Merger
from monitor.bases.models.trade import Base, Chamber, Enterprise, ExportFlow, ProductLine

__all__ = [
    "Application",
    "Base",
    "Chamber",
    "Distinction",
    "Enterprise",
    "ExportFlow",
    "Merger",
    "ProductLine",
]
