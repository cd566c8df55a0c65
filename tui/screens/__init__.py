"""The chat, an article, and the help."""
