"""The shipped network in other runtimes' formats, so that the bench measures them with the same weights."""
