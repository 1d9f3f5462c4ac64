"""`gridsvc serve` as somebody starts it: ready in one line, answering, and gone without a trace."""

import http.client
import os
import signal
import subprocess
import sys

from benchmarks.service import free_port
from tests.infra.service_home import end, new_home, processes_of, read_line, running_pid


def test_it_serves_an_empty_city_and_leaves_nothing_running() -> None:
    port = free_port()
    with new_home() as home:
        process = subprocess.Popen(
            [sys.executable, "-m", "gridsvc.cli", "serve", "--port", str(port)],
            env={name: value for name, value in os.environ.items() if not name.startswith("GRIDSVC_")}
            | {"GRIDSVC_HOME": str(home)},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert read_line(process) == f"gridsvc ready http://127.0.0.1:{port}"
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", "/health")
            assert connection.getresponse().status == 200
            connection.close()
            assert running_pid(home) is not None
            assert end(process, signal.SIGINT) == 0
            assert processes_of(home) == []
        finally:
            process.kill()
            process.wait()
