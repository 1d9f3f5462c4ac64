"""Compiling kernels: numba's compiler with types for mypy and a cache that notices changes in any kernel."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numba
from numba.core.caching import FunctionCache

Kernel: TypeAlias = Callable[..., Any]


@cache
def _sources() -> str:
    """A digest of all kernels: one contains the machine code of those it calls, from other files too."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class _Cache(FunctionCache):
    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        return (*super()._index_key(sig, codegen), _sources())  # type: ignore[no-untyped-call]


def _compiler(**options: Any) -> Callable[[Kernel], Any]:
    """numba's compiler: no lock of the interpreter is held, division by zero is not looked for."""
    given: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True} | options
    compiler: Callable[[Kernel], Any] = numba.njit(**given)
    return compiler


def inner(kernel: Kernel) -> Kernel:
    """For kernels that are called by other kernels only: compiled into them."""
    compiled: Kernel = _compiler(no_cpython_wrapper=True)(kernel)
    return compiled


def entry(signature: str) -> Callable[[Kernel], Kernel]:
    """For kernels that are called from Python: compiled, or taken from the cache, when their module is imported.

    The cache lies beside the source; where that cannot be written, in the user's cache folder; `NUMBA_CACHE_DIR` names
    another place.
    """

    def compile_now(kernel: Kernel) -> Kernel:
        dispatcher = _compiler()(kernel)
        dispatcher._cache = _Cache(dispatcher.py_func)  # type: ignore[no-untyped-call]
        dispatcher.compile(signature)
        dispatcher.disable_compile()
        compiled: Kernel = dispatcher
        return compiled

    return compile_now
