"""Companies as the State's registers know them: who is meant by a name, and what happened to it."""
