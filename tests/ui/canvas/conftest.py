"""The compiled kernels are loaded before the tests that would otherwise begin to load them behind."""

from __future__ import annotations

import pytest

from ewglink.painting import kernel_loading


@pytest.fixture(scope="session", autouse=True)
def loaded_kernels() -> kernel_loading.Kernels | None:
    """The kernels, None where numba is not installed."""
    return kernel_loading.load()
