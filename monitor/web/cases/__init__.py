"""Pages of cases: each room has its views, its forms, its words, and what its pages are made of."""
