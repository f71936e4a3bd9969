# The same as run.py, for those who type make.
.PHONY: demo test lint bench i18n
demo test lint bench i18n:
	@python3 run.py $@
