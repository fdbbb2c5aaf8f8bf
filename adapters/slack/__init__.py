"""The way to people in Slack."""
