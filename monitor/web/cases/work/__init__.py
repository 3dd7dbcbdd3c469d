"""Tasks: the boards, a task, one added by hand."""
