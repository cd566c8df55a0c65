"""Whether the sources of an answer say the same: quotes are read as values, and values compared."""
