"""Actions abroad: contacts, undertakings, exclusion requests, joint action on rights."""
