"""Rubricator: an offline desktop application for human coders of news articles."""

__version__ = "0.1.0"
