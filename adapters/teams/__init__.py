"""Microsoft Teams. See docs/teams.md."""
