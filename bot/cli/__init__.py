"""`bistand`: the command line. Says what to do next, and never shows a traceback for a person's mistake.

Exit codes: 0 all is well; 1 flows or transcripts have problems; 2 the call or the settings are off; 70 a fault of ours.
"""

from bot.cli.main import main

__all__ = ["main"]
