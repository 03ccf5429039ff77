"""What to do with a turn. Pure; knows the domain only."""
