"""Exercises that take too long for the suite: drills/README.md."""
