"""What a case is, who handles it, who may read it: pure rules."""
