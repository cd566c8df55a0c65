"""Times that a quote tells by the day its article was published: "on Friday", "last week"."""
