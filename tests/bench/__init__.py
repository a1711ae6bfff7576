"""The benchmark of the roster import (`python3 dev.py bench import`); what it measures and how: docs/performance.md."""
