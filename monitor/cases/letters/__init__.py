"""Letters and forms of a case, filled from templates that Word opens."""
