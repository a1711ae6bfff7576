"""A hostile file in, plain rows out.

From outside only `reader` and the kinds of cells (`cells`) are used. The other modules run in the child process, which
imports this package and must stay light: nothing is imported here.
"""
