"""The identifier schemes: every module here is found and becomes one, or several, of them."""
