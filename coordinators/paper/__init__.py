"""Boards on the wall, contact cards in pockets, armbands: what they say, whether it still holds, and how they are printed."""
