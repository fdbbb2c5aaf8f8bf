"""Mail, for when an alert cannot get through in a chat: it says that something waits there, and nothing of what."""

from adapters.mail.send import MailChannel, Server

__all__ = ["MailChannel", "Server"]
