"""Whose exports: bases, chambers, firms and flows; who asks to join, and what was merged."""

from monitor.bases.models.applications import Application
from monitor.bases.models.mergers import Merger
from monitor.bases.models.trade import Base, Chamber, Enterprise, ExportFlow, ProductLine

__all__ = [
    "Application",
    "Base",
    "Chamber",
    "Enterprise",
    "ExportFlow",
    "Merger",
    "ProductLine",
]
