"""Who is credited: mentions, their fullest names, kinds and parties."""
