"""The only reader of content/ and interaction_models/, and the keeper of a user's progress."""
