"""Times this engine and its peers on the same weights and image, taking turns with all of them loaded and warm.

Before timing, every peer's logits must agree with this engine's to within 1e-3.

python compare.py FOLDER --java "java ... -cp benchmarks.jar" --out rows.csv [--models tiny small base]
    [--threads 1 2] [--engines ...] [--rounds 7] [--burst-millis 700] [--warm-millis 4000]
"""

import argparse
import shlex
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles

OURS = "glimpse"
JAVA_ENGINES = {OURS: "GLIMPSE", "onnxruntime-java": "ONNX_RUNTIME"}
PYTHON_ENGINES = ("onnxruntime", "openvino", "pytorch")
TOLERANCE = 1e-3
# time for an engine's threads to stop spinning after a pass
REST_SECONDS = 0.2
# warm once a burst takes at least this share of the time of the one before
WARM = 0.97
MAX_WARM_UP_SECONDS = 20
HEADER = (
    "subset,benchmark,parameters,samples,median_ms,low_quartile_ms,high_quartile_ms,"
    "rate,rate_unit,share_of_peak_percent,allocated_bytes"
)


class Engine:
    """A process that runs one engine and takes commands."""

    def __init__(self, name: str, model: str, threads: int, options: argparse.Namespace):
        self.name = name
        if name in JAVA_ENGINES:
            command = shlex.split(options.java) + ["glimpse.bench.peer.PeerRunner", JAVA_ENGINES[name]]
        else:
            command = [sys.executable, str(Path(__file__).with_name("engine.py")), name]
        command += [str(options.folder), model, str(threads)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.expect("ready")

    def expect(self, kind: str) -> list[str]:
        words = self.process.stdout.readline().split()
        if not words or words[0] != kind:
            raise SystemExit(f"{self.name} replied {' '.join(words)!r}, expected {kind}")
        return words[1:]

    def ask(self, command: str, kind: str) -> list[float]:
        print(command, file=self.process.stdin, flush=True)
        return [float(word) for word in self.expect(kind)]

    def logits(self) -> list[float]:
        return self.ask("logits", "logits")

    def run(self, millis: int) -> list[float]:
        """Runs passes for at least so long and returns the milliseconds of each."""
        times = [nanos / 1e6 for nanos in self.ask(f"run {millis}", "nanos")]
        time.sleep(REST_SECONDS)
        return times

    def warm_up(self, options: argparse.Namespace) -> None:
        """Runs bursts until they stop getting faster: Java needs seconds until its code is compiled."""
        begin = time.monotonic()
        self.run(options.burst_millis)
        before, now = float("inf"), median(self.run(options.burst_millis))
        while time.monotonic() < begin + options.warm_millis / 1000 or (
            now < WARM * before and time.monotonic() < begin + MAX_WARM_UP_SECONDS
        ):
            before, now = now, median(self.run(options.burst_millis))

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=30)


def largest_difference(a: list[float], b: list[float]) -> float:
    if len(a) != len(b):
        raise SystemExit(f"{len(b)} logits, expected {len(a)}")
    return max(abs(x - y) for x, y in zip(a, b))


def check(engines: list[Engine]) -> None:
    ours = engines[0].logits()
    for engine in engines[1:]:
        difference = largest_difference(ours, engine.logits())
        if not difference <= TOLERANCE:
            raise SystemExit(f"{engine.name}: logits differ by {difference:.2g}, expected at most {TOLERANCE}")
        largest = max(map(abs, ours))
        print(f"  {engine.name}: logits differ by at most {difference:.1e}; largest {largest:.2g}", file=sys.stderr)


def quartiles(values: list[float]) -> tuple[float, float, float]:
    low, middle, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return low, middle, high


def compare(model: str, threads: int, options: argparse.Namespace) -> dict[str, list[list[float]]]:
    """Returns, for each engine, the milliseconds of each pass in each round."""
    engines = []
    try:
        for name in [OURS] + [name for name in options.engines if name != OURS]:
            engines.append(Engine(name, model, threads, options))
        print(f"{model}, {threads} threads", file=sys.stderr)
        check(engines)
        for engine in engines:
            engine.warm_up(options)
        times = {engine.name: [] for engine in engines}
        for number in range(options.rounds):
            # in alternating order, so that no engine always runs after the same one
            for engine in engines if number % 2 == 0 else engines[::-1]:
                times[engine.name].append(engine.run(options.burst_millis))
        return times
    finally:
        for engine in engines:
            engine.close()


def csv_row(model: str, threads: int, engine: str, rounds: list[list[float]]) -> str:
    passes = [millis for burst in rounds for millis in burst]
    low, middle, high = quartiles(passes)
    label = engine.upper().replace("-", "_")
    parameters = f"engine={label} model={model.upper()} threads={threads}"
    return f"peers,compare,{parameters},{len(passes)},{middle:.6g},{low:.6g},{high:.6g},,,,"


def table_row(model: str, threads: int, engine: str, times: dict[str, list[list[float]]]) -> str:
    ours = [median(burst) for burst in times[OURS]]
    theirs = [median(burst) for burst in times[engine]]
    low, middle, high = quartiles([a / b for a, b in zip(ours, theirs)])
    return (
        f"| {model} | {threads} | {engine} | {median(ours):.1f} | {median(theirs):.1f} | {middle:.3f} "
        f"| {low:.3f} - {high:.3f} | {min(map(min, times[OURS])):.1f} | {min(map(min, times[engine])):.1f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of the models and images")
    parser.add_argument("--java", required=True, help="command that starts Java, class path included")
    parser.add_argument("--out", type=Path, required=True, help="CSV file to write the results to")
    parser.add_argument("--models", nargs="+", default=["tiny", "small", "base"])
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--engines", nargs="+", default=["onnxruntime-java", *PYTHON_ENGINES])
    parser.add_argument("--rounds", type=int, default=7, help="turns of each engine (default: %(default)s)")
    parser.add_argument("--burst-millis", type=int, default=700, help="length of a turn (default: %(default)s)")
    parser.add_argument("--warm-millis", type=int, default=4000, help="least warm-up per engine (default: %(default)s)")
    options = parser.parse_args()

    rows = [HEADER]
    table = [
        "| model | threads | peer | Glimpse, ms | peer, ms | ratio by rounds | quartiles | Glimpse, min | peer, min |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for model in options.models:
        for threads in options.threads:
            times = compare(model, threads, options)
            rows += [csv_row(model, threads, engine, rounds) for engine, rounds in times.items()]
            table += [table_row(model, threads, engine, times) for engine in times if engine != OURS]
            options.out.write_text("\n".join(rows) + "\n")
    print("\n".join(table))


if __name__ == "__main__":
    main()
