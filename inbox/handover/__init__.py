"""What one person in post leaves to the next.

sections.py  what the package holds: one function for each kind of open matter; a new room adds its own
content.py   the package of one handover, live or as it was frozen when it was accepted
workflow.py  its life: begun, handed over, accepted          policies.py  who may do which of these
"""
