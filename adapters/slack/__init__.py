"""Slack: people report and are told in their private chat with the bot."""
