"""The file of a case: its documents and their versions."""
