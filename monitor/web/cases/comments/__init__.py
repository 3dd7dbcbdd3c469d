"""Comments on a draft: the call, what firms answer, the text."""
