"""Comments on a draft regulation (评议): the call to members, their answers, the text, sending it,
and what became of it."""
