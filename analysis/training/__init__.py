"""The models, each made by one seeded command. Not installed with the package."""
