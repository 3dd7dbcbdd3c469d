"""The pages, one module a subject. All are read-only."""
