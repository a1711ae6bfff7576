"""How much a spreadsheet may be. A real roster of 100,000 people passes; every bomb dies on the way in."""

MEBIBYTE = 1024 * 1024

MAX_INFLATED = 256 * MEBIBYTE  # of all parts of a workbook together, counted as they inflate, not as the archive claims
MAX_RATIO = 200  # of a part of more than RATIO_FROM: text deflates by 10 to 30, zeros by 1,000
RATIO_FROM = 8 * MEBIBYTE
MAX_PARTS = 500
MAX_DIRECTORY = MAX_PARTS * 512  # bytes of the archive's own table of contents
MAX_PART_IN_MEMORY = 4 * MEBIBYTE  # workbook.xml, and one row of a sheet

MAX_ROWS = 120_000
MAX_COLUMNS = 256
MAX_SHEETS = 60
MAX_FIELD = 100_000  # characters of one csv field
MAX_LINE = 500_000  # characters of one line of text

HEAD_ROWS = 30  # filled rows of each sheet that are looked at before one is chosen: headers are looked for in the first 20
HEAD_TEXT = 250  # characters of a cell in them
HEAD_MERGES = 1_000
HEAD_CELLS = 100_000  # filled ones in all of them: each may be a header
KEPT_CELLS = 500_000  # of a sheet that stays in memory while others are looked at; a bigger one is read again when it is chosen

CHILD_MEMORY = 512 * MEBIBYTE
CHILD_CPU_SECONDS = 40
WAIT_SECONDS = 60  # for one child, all in all; what the parent does between two answers does not count
FRAME_ROWS = 500
FRAME_BYTES = 2 * MEBIBYTE  # of several rows; one long row may be more
MAX_ANSWER = 32 * MEBIBYTE
MAX_WIRE = 256 * MEBIBYTE  # what the parent is ready to hear from one child
