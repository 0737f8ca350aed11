"""What a notebook shows: tables, marked text, listings, checks, and the story that ties them together."""
