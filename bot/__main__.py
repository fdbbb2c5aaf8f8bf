"""`python -m bot` is `bistand`."""

from bot.cli import main

main()
