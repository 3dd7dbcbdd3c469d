"""What claims of performance rest on: figures and ratios of one run, never asserted in a test."""
