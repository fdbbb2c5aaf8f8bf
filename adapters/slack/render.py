"""What people read, as Slack takes it: the pure functions that the rest of the adapter uses."""

from adapters.slack.blocks import NameOf
from adapters.slack.home import home_view
from adapters.slack.message import Rendered, message, notice
from adapters.slack.texts import Block, Json, mrkdwn
from adapters.slack.values import chosen, files_of, value_of, values_of
from adapters.slack.views import errors, files_view, form_view, inputs_of, show_view, told_view
from bot.markdown import plain

__all__ = [
    "Block",
    "Json",
    "NameOf",
    "Rendered",
    "chosen",
    "errors",
    "files_of",
    "files_view",
    "form_view",
    "home_view",
    "inputs_of",
    "message",
    "mrkdwn",
    "notice",
    "plain",
    "show_view",
    "told_view",
    "value_of",
    "values_of",
]
