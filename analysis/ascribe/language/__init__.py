"""The parsed text: tokens, sentences, quotations."""
