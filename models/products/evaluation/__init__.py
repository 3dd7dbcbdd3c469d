"""How good the matcher is: the labelled sets, the baselines, the figures. `fenghuo evaluate`."""
