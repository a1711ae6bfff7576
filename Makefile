run test lint:
	python3 dev.py $@

.PHONY: run test lint
