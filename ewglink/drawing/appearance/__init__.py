"""Appearance by rule: ordered rules that say how what meets a condition looks, evaluated without changing the case."""
