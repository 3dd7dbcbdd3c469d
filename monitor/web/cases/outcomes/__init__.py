"""Outcomes, and what is learned of them."""
