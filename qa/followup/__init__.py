"""Follow-up questions, completed from the conversation by rule before they are asked of the articles."""
