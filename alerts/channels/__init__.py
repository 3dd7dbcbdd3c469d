"""One folder per way to reach a recipient; `registry.py` names them."""
