"""The operator's settings: `app.yaml`, then the environment (`BISTAND_SLACK__BOT_TOKEN` is `slack.bot_token`)."""

from bot.settings.load import load
from bot.settings.model import Settings
from bot.settings.values import is_loopback

__all__ = ["Settings", "is_loopback", "load"]
