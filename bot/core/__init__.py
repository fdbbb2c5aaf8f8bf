"""The vocabulary that everything else speaks: pure values, no I/O, no clock, no randomness."""
