"""Words → intent and slots, from an interaction model: what Amazon's understanding does, on this machine."""
