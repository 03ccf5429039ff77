"""What is true. Pure: no files, no clock, no chance, no speaker, no SDK."""
