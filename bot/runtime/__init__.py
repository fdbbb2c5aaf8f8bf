"""The one door in and the one door out: takes events, keeps what is owed, delivers it. Knows ports only."""
