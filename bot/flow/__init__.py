"""The flow language: reading, checking and walking flows. Pure: files are read elsewhere."""
