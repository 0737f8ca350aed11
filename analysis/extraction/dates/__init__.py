"""Date expressions and what they mean relative to a day."""
