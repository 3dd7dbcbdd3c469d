"""Letters and forms, and the templates of one's own."""
