"""The terminal: several people talk with the bot in one window, and talks are written down and replayed as tests."""
