"""One kernel for all notebook tests."""

from __future__ import annotations

import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from notebook_runs import runner


@pytest.fixture(scope="session")
def run(root):
    kernel = AsyncKernelManager(kernel_name="python3")
    yield runner(kernel, root)
    if kernel.has_kernel:
        run_sync(kernel.shutdown_kernel)(now=True)
