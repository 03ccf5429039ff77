"""The only place that knows Alexa: envelope → Turn, Reply → response."""
