"""How long a turn takes: alone, and with everything that makes it durable. See README.md for what is measured."""
