"""Words as data: see `actions.flow.words`."""
