"""The roster as a target of the import pipeline: who may, what would change, writing it, and where to look afterwards."""
