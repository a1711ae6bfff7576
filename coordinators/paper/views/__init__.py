"""Pages of boards, cards and armbands, a module for each kind."""
