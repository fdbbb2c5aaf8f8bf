"""The terminal: several people talk with the bot in one window."""
