"""The training step of `./sluice bench` in PyTorch, twice: as one writes it, and tuned by hand.

    peer_torch.py --mode eager|tuned --size S|M|L [--threads N] [--rounds N] [--seconds X]
    peer_torch.py --self-test DIR    DIR holds the vectors, src/test/resources/vectors/wen-li

Made for Debian's python3-torch with libopenblas0-pthread: /usr/bin/python3. Prints one line of JSON.

Both do the same: f(x) = sign(Wx) max(0, |Wx| - b) of both views, InfoNCE with in-batch negatives and no
gradient through the second view, SGD with L2 decay. eager leaves the gradient to autograd and the update to
torch.optim.SGD; tuned computes both by hand into buffers made once.
"""

import argparse
import json
import os
import statistics
import sys
import time


def argue():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mode", choices=["eager", "tuned"], default="eager")
    parser.add_argument("--size", choices=["S", "M", "L"], default="S")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5, help="measured rounds, the first of them after a warm-up")
    parser.add_argument("--seconds", type=float, default=1.0, help="length of a round")
    parser.add_argument("--self-test", metavar="DIR", help="hold both modes against the test vectors in DIR")
    parser.add_argument("--any-blas", action="store_true", help="measure even on the slow reference BLAS")
    return parser.parse_args()


ARGUMENTS = argue()
# OpenBLAS and OpenMP read these when they are loaded, so they stand before the import.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = str(ARGUMENTS.threads)

import torch  # noqa: E402

SIZES = {  # inputs d1, neurons m, pairs B
    "S": (256, 128, 256),
    "M": (1024, 512, 512),
    "L": (4096, 2048, 1024),
}


class Eager:
    """As one writes it: autograd and an optimiser of the library."""

    def __init__(self, weights, thresholds, temperature, rate, decay):
        self.weights = weights.clone().requires_grad_(True)
        self.thresholds = thresholds
        self.temperature = temperature
        self.optimiser = torch.optim.SGD([self.weights], lr=rate, weight_decay=decay)
        self.targets = None

    def encode(self, inputs):
        a = inputs @ self.weights.t()
        return a - torch.clamp(a, -self.thresholds, self.thresholds)

    def step(self, view0, view1):
        if self.targets is None:
            self.targets = torch.arange(view0.shape[0])
        f0 = self.encode(view0)
        with torch.no_grad():
            f1 = self.encode(view1)
        logits = (f0 @ f1.t()) / self.temperature
        loss = self.temperature * torch.nn.functional.cross_entropy(logits, self.targets)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        return loss.item()

    def current(self):
        return self.weights.detach()


class Tuned:
    """The same by hand: buffers made once, everything in place, factors folded into the products."""

    def __init__(self, weights, thresholds, temperature, rate, decay):
        self.weights = weights.clone()
        self.thresholds = thresholds
        self.minus = -thresholds
        self.temperature = temperature
        self.rate = rate
        self.decay = decay
        self.buffers = None

    def allocate(self, pairs):
        like = self.weights
        neurons = like.shape[0]
        self.buffers = True
        self.f0 = like.new_empty(pairs, neurons)
        self.f1 = like.new_empty(pairs, neurons)
        self.clamped = like.new_empty(pairs, neurons)
        self.gradient = like.new_empty(pairs, neurons)
        self.silent = torch.empty(pairs, neurons, dtype=torch.bool)
        self.similarity = like.new_empty(pairs, pairs)
        self.logs = like.new_empty(pairs, pairs)

    def encode(self, inputs, response):
        torch.mm(inputs, self.weights.t(), out=response)
        torch.clamp(response, self.minus, self.thresholds, out=self.clamped)
        response.sub_(self.clamped)

    @torch.no_grad()
    def step(self, view0, view1):
        pairs = view0.shape[0]
        if self.buffers is None:
            self.allocate(pairs)
        self.encode(view0, self.f0)
        self.encode(view1, self.f1)
        torch.addmm(self.similarity, self.f0, self.f1.t(), beta=0, alpha=1 / self.temperature, out=self.similarity)
        torch._log_softmax(self.similarity, 1, False, out=self.logs)
        loss = -self.temperature * self.logs.diagonal().mean().item()
        self.logs.exp_()
        self.logs.diagonal().sub_(1)
        torch.mm(self.logs, self.f1, out=self.gradient)
        torch.eq(self.f0, 0, out=self.silent)
        self.gradient.masked_fill_(self.silent, 0)
        self.weights.addmm_(self.gradient.t(), view0, beta=1 - self.rate * self.decay, alpha=-self.rate / pairs)
        return loss

    def current(self):
        return self.weights


MODES = {"eager": Eager, "tuned": Tuned}


def blas():
    """The BLAS that is loaded, by its file."""
    with open("/proc/self/maps") as maps:
        files = {line.split()[-1] for line in maps if "blas" in line}
    names = sorted(os.path.realpath(name) for name in files)
    fast = [name for name in names if any(word in name for word in ("openblas", "mkl", "blis"))]
    return (fast or names or ["none"])[0], bool(fast)


def processor():
    with open("/proc/cpuinfo") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def measure():
    library, fast = blas()
    if not fast and not ARGUMENTS.any_blas:
        sys.exit(
            f"peer_torch.py: PyTorch runs on {library}, a comparison with which would be unfair; "
            "apt-get install libopenblas0-pthread, or say --any-blas"
        )
    torch.set_num_threads(ARGUMENTS.threads)
    torch.manual_seed(1)
    inputs, neurons, pairs = SIZES[ARGUMENTS.size]
    batches = []
    for _ in range(4):
        anchors = 0.35 * torch.randn(pairs, inputs)
        mask = torch.randint(0, 2, (pairs, inputs), dtype=torch.float32)
        batches.append((2 * mask * anchors, 2 * (1 - mask) * anchors))
    weights = 0.02 * torch.randn(neurons, inputs)
    thresholds = torch.full((neurons,), 0.02)
    model = MODES[ARGUMENTS.mode](weights, thresholds, 1.0, 0.05, 0.001)

    def round_of(seconds):
        steps = 0
        begin = now = time.perf_counter()
        while now - begin < seconds or steps < 3:
            loss = model.step(*batches[steps % len(batches)])
            steps += 1
            now = time.perf_counter()
        if loss != loss:
            sys.exit("peer_torch.py: the loss is not a number")
        return 1e3 * (now - begin) / steps

    round_of(max(1.0, ARGUMENTS.seconds))
    rounds = [round_of(ARGUMENTS.seconds) for _ in range(ARGUMENTS.rounds)]
    print(
        json.dumps(
            {
                "who": "torch-" + ARGUMENTS.mode,
                "size": ARGUMENTS.size,
                "threads": ARGUMENTS.threads,
                "median_ms": statistics.median(rounds),
                "best_ms": min(rounds),
                "rounds_ms": rounds,
                "torch": torch.__version__,
                "blas": library,
                "cpu": processor(),
            }
        )
    )


def self_test(folder):
    """Both modes against the loss and the updated weights of v1 and v2, in float64 and in float32."""
    checked = 0
    for name in ("v1_linear_bias0", "v2_bias_mask"):
        with open(os.path.join(folder, name + ".json")) as file:
            vector = json.load(file)
        settings = vector["settings"]
        given = {key: torch.tensor(value, dtype=torch.float64) for key, value in vector["input"].items()}
        anchors = given["z"] @ given["M"].t() + given["xi"]
        expected = torch.tensor(vector["expect"]["W_next"], dtype=torch.float64)
        for mode, make in MODES.items():
            for precision, tolerance in ((torch.float64, 1e-9), (torch.float32, 2e-5)):
                model = make(
                    given["W"].to(precision), given["b"].to(precision), settings["tau"], settings["eta"], settings["lam"]
                )
                loss = model.step((given["A1"] * anchors).to(precision), (given["A2"] * anchors).to(precision))
                off = (model.current().double() - expected).abs().max().item() / expected.abs().max().item()
                off = max(off, abs(loss - vector["expect"]["loss"]) / abs(vector["expect"]["loss"]))
                if not off <= tolerance:
                    sys.exit(f"peer_torch.py: {mode} misses {name} by {off:.2e} in {precision}, allowed {tolerance:.0e}")
                checked += 1
    print(f"self-test: {checked} comparisons passed")


if __name__ == "__main__":
    if ARGUMENTS.self_test:
        self_test(ARGUMENTS.self_test)
    else:
        measure()
