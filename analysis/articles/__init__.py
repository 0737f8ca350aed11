"""Articles from files: text, HTML, PDF, Word, e-mail, JSONL, WARC."""
