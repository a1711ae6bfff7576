"""A hostile file in, plain rows out. `read(data, name)` is the whole interface; nothing else here is imported from outside."""

from imports.reading.cells import Cell, CellError, Formula
from imports.reading.reader import Sheet, UnreadableFile, Workbook, read

__all__ = ["Cell", "CellError", "Formula", "Sheet", "UnreadableFile", "Workbook", "read"]
