"""The legal calendar: rules as data, counted, and every date with its reasons. No records."""
