"""The stage: people talk with the bot under a clock that moves; talks are written down and replayed as tests."""
