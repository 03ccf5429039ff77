"""Back Coach: a voice skill for people whose back aches after training."""
