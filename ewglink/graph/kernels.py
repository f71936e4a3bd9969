"""Compiled kernels: a plain function made fast by numba where numba is there, kept on disk between runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Any

from ewglink import places


@cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any] | None:
    """`function` compiled, without the interpreter's lock; None where numba is not installed.

    The first call with arguments of a new kind compiles (seconds); later runs read the kernel from the cache folder.
    """
    folder = os.environ.setdefault("NUMBA_CACHE_DIR", str(places.cache_folder() / "kernels"))
    try:
        import numba
    except ImportError:
        return None
    setattr(numba.config, "CACHE_DIR", folder)  # noqa: B010 (numba reads the variable only when first imported)
    made: Callable[..., Any] = numba.njit(cache=True, nogil=True)(function)
    return made
