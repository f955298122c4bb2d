"""The invented country of Korsavel: everything below `sample-data/`."""
