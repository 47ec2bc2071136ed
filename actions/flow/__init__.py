"""The machinery every form-filling flow shares: what a question is, what was heard, what to do about it.

Pure: no Rasa, no clock, no I/O. `actions.forms` connects it to Rasa.
"""
