"""Where the organisation's people are read from."""
