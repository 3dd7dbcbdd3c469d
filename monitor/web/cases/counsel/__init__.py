"""Counsel: the list, offers, mandates, statements."""
