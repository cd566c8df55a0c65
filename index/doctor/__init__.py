"""Whether an index is what was written, whether its parts fit each other and the articles, and how it is mended."""
