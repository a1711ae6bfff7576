"""Why the child process refuses a file: a code and facts, which the parent puts into words (it knows the reader's language)."""


class Unreadable(Exception):
    """`facts` fill the placeholders of the message for `code` in reader.py."""

    def __init__(self, code: str, **facts: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
