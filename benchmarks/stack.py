#!/usr/bin/env python3
"""Measures the monitoring stack on this machine, with real servers on loopback ports.

    python3 benchmarks/stack.py latency [DRILLS]   from a detector's verdict to a webhook, in seconds (10 drills)
    python3 benchmarks/stack.py cost [ROUNDS]      what remote write costs an unpaced run at size M (12 rounds)

Needs prometheus, prometheus-alertmanager (Debian's packages of these names) and python3; the program is ./sluice.
Nothing else should run on the machine.
"""
import contextlib
import http.server
import json
import os
import pathlib
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait(url):
    for _ in range(300):
        with contextlib.suppress(OSError):
            if urllib.request.urlopen(url, timeout=2).status == 200:
                return
        time.sleep(0.1)
    sys.exit(f"{url} did not answer")


class Webhook:
    """Takes notifications and remembers when the first of each run came."""

    def __init__(self, port):
        self.first = {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                now = time.time()
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/alerts":
                    for alert in json.loads(body)["alerts"]:
                        labels = alert["labels"]
                        if alert["status"] == "firing" and labels["alertname"] == "CompleteCollapse":
                            outer.first.setdefault(labels["run"], now)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *words):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()


@contextlib.contextmanager
def program(*command, log):
    with open(log, "wb") as out:
        process = subprocess.Popen([str(word) for word in command], stdout=out, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextlib.contextmanager
def prometheus(folder, configuration):
    port = free_port()
    with program(
        "prometheus",
        f"--config.file={configuration}",
        f"--storage.tsdb.path={folder / 'tsdb'}",
        f"--web.listen-address=127.0.0.1:{port}",
        "--web.enable-remote-write-receiver",
        log=folder / "prometheus.log",
    ):
        wait(f"http://127.0.0.1:{port}/-/ready")
        yield f"http://127.0.0.1:{port}"


def sluice(folder, *arguments):
    return [ROOT / "sluice", "run", "wen-li", "--data-dir", folder, *arguments]


def run_folder(folder):
    for _ in range(600):
        runs = list((folder / "runs").glob("*/history.db"))
        if runs:
            return runs[0].parent
        time.sleep(0.1)
    said = folder.with_suffix(".log")
    sys.exit(f"no run in {folder}: {said.read_text() if said.exists() else ''}")


def detected(folder):
    """When the detector of complete collapse spoke, in seconds; the history is the witness."""
    with sqlite3.connect(f"file:{folder / 'history.db'}?mode=ro", uri=True) as history:
        row = history.execute(
            "SELECT min(time_ms) FROM events WHERE label = 'collapse_detected' AND json LIKE '%\"complete\"%'"
        ).fetchone()
    return None if row[0] is None else row[0] / 1e3


def latency(folder, drills):
    files = folder / "prometheus"
    shutil.copytree(ROOT / "prometheus", files)
    page, manager, hook = free_port(), free_port(), free_port()
    configuration = files / "prometheus.yml"
    configuration.write_text(
        configuration.read_text().replace('"127.0.0.1:8080"', f'"127.0.0.1:{page}"')
        .replace("127.0.0.1:9093", f"127.0.0.1:{manager}")
    )
    routes = files / "alertmanager.yml"
    routes.write_text(routes.read_text().replace("127.0.0.1:9095", f"127.0.0.1:{hook}"))
    webhook = Webhook(hook)
    seconds = []
    with program(
        "prometheus-alertmanager",
        f"--config.file={routes}",
        f"--storage.path={folder / 'alertmanager'}",
        f"--web.listen-address=127.0.0.1:{manager}",
        "--cluster.listen-address=",
        log=folder / "alertmanager.log",
    ), prometheus(folder, configuration):
        wait(f"http://127.0.0.1:{manager}/-/ready")
        for drill in range(drills):
            data = folder / f"drill-{drill}"
            command = sluice(data, "--preset", "drill-threshold-runaway", "--seed", drill, "--pace", "100", "--port", page)
            with program(*command, log=folder / f"drill-{drill}.log"):
                run = run_folder(data)
                deadline = time.time() + 90
                while run.name not in webhook.first and time.time() < deadline:
                    time.sleep(0.02)
                if run.name not in webhook.first:
                    sys.exit(f"drill {drill} brought no notification; see {folder}")
                while detected(run) is None:
                    time.sleep(0.1)
                seconds.append(webhook.first[run.name] - detected(run))
                print(f"  drill {drill}: {seconds[-1]:.2f} s", flush=True)
            time.sleep(2)
    print(
        f"verdict to webhook over {drills} drills: median {statistics.median(seconds):.2f} s, "
        f"{min(seconds):.2f} to {max(seconds):.2f} s"
    )


SIZE_M = ["features=256", "inputs=1024", "neurons=512", "batch=512"]
STEPS, WARM = 400, 80


def cpu_seconds(pid, name):
    """Processor time of a process's threads whose names begin so."""
    seconds = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            stat = (task / "stat").read_text()
            if stat.split("(")[1].startswith(name):
                user, system = stat.rsplit(")", 1)[1].split()[11:13]
                seconds += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return seconds


def steps(run):
    with contextlib.suppress(sqlite3.OperationalError), sqlite3.connect(f"file:{run / 'history.db'}?mode=ro", uri=True) as history:
        return history.execute("SELECT count(*), min(time_ms), max(time_ms) FROM steps WHERE step >= ?", (WARM,)).fetchone()
    return 0, None, None


def rate(data, *more):
    """Steps a second from the times of the steps, and the sender's share of one core; without the first steps."""
    settings = [word for setting in SIZE_M for word in ("--set", setting)]
    command = sluice(data, *settings, "--steps", "1000000", "--pace", "max", "--no-web", *more)
    with program(*command, log=data.with_suffix(".log")) as process:
        run = run_folder(data)
        while steps(run)[0] < 1:
            time.sleep(0.2)
        begun, busy = time.time(), cpu_seconds(process.pid, "sluice-remote")
        while steps(run)[0] < STEPS:
            time.sleep(0.5)
        share = (cpu_seconds(process.pid, "sluice-remote") - busy) / (time.time() - begun)
    count, first, last = steps(run)
    return 1e3 * (count - 1) / (last - first), share


def cost(folder, rounds):
    configuration = folder / "prometheus.yml"
    configuration.write_text("storage: {tsdb: {out_of_order_time_window: 24h}}\n")
    losses, shares = [], []
    with prometheus(folder, configuration) as url:
        for number in range(rounds):
            arms = {"without": [], "with": ["--remote-write", f"{url}/api/v1/write"]}
            # each round the other way about, so that a drift of the machine falls on both
            order = sorted(arms, reverse=number % 2 == 0)
            rates = {arm: rate(folder / f"{number}-{arm}", *arms[arm]) for arm in order}
            losses.append(100 * (1 - rates["with"][0] / rates["without"][0]))
            shares.append(100 * rates["with"][1])
            print(
                f"  round {number}: {rates['without'][0]:.2f} steps/s without, {rates['with'][0]:.2f} with: "
                f"{losses[-1]:+.1f} %; the sender used {shares[-1]:.2f} % of a core", flush=True,
            )
    print(
        f"remote write costs, over {rounds} pairs at size M: median {statistics.median(losses):.1f} % of the step rate "
        f"({min(losses):.1f} to {max(losses):.1f} %); its threads used {statistics.median(shares):.2f} % of a core"
    )


def main():
    what = {"latency": (latency, 10), "cost": (cost, 12)}
    words = sys.argv[1:]
    if not words or words[0] not in what or len(words) > 2 or not all(word.isdigit() for word in words[1:]):
        sys.exit(__doc__)
    measure, default = what[words[0]]
    with tempfile.TemporaryDirectory(prefix="sluice-stack-") as folder:
        measure(pathlib.Path(folder), int(words[1]) if len(words) == 2 else default)


if __name__ == "__main__":
    main()
