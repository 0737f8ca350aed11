"""The docs site: its pictures, and what its pages take from elsewhere in the repository."""
