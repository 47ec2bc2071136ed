"""Rasa's extension points, one module each. Runs in the bot's own Python 3.10."""
