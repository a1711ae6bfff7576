from typing import Any


def items_for(request: Any) -> list[Any]:
    return []
