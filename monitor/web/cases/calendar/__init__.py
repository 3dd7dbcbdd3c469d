"""The legal calendar of a case: page, picture, feed."""
