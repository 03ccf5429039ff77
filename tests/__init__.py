"""Tests mirror skill/. A package by name, because a third-party one of that name may be installed."""
