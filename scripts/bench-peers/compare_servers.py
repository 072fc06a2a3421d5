"""Loads this server and MLServer with ONNX Runtime, one after the other, on the same weights, image and processor cores.

Both speak the Open Inference Protocol: over gRPC under load from ghz, and over HTTP as JSON under load from vegeta. Each
connection sends its next request once it has the reply. Before that, their logits must agree to within 1e-3.

python compare_servers.py FOLDER --program scripts/glimpse [--model tiny] [--threads 2] [--connections 1 8 64 256]
    [--seconds 20] [--rounds 3] [--ghz ghz] [--vegeta vegeta]
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

import grpc
import numpy as np
from mlserver.grpc import dataplane_pb2, dataplane_pb2_grpc

import converted_model

TOLERANCE = 1e-3
START_SECONDS = 120
WARM_CONNECTIONS = 8
PROTO = Path(__file__).parents[2] / "collab/service-proto/src/main/proto/grpc_service.proto"
# nothing is refused: every request of a closed loop counts
PATIENT = ["--max-queue=60000", "--request-timeout=120000", "--max-body-memory=1073741824", "--max-peer-requests=4096"]
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
MIB = 1 << 20


class Server:
    """A server as a process of its own, with everything that it starts."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], http: int, grpc_port: int):
        self.name, self.http, self.grpc = name, http, grpc_port
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 (close() closes it)
        self.process = subprocess.Popen(
            command, stdout=self.log, stderr=self.log, env={**os.environ, **environment}, start_new_session=True
        )
        end = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > end:
                self.process.kill()
                self.log.seek(0)
                raise SystemExit(f"{name} didn't start:\n{self.log.read().decode(errors='replace')[-2000:]}")
            time.sleep(0.2)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http}/v2/models/model/ready", timeout=2) as reply:
                return reply.status == 200
        except OSError:
            return False

    def infer(self, request: dataplane_pb2.ModelInferRequest) -> np.ndarray:
        with grpc.insecure_channel(f"127.0.0.1:{self.grpc}") as channel:
            reply = dataplane_pb2_grpc.GRPCInferenceServiceStub(channel).ModelInfer(request, timeout=60)
        for index, output in enumerate(reply.outputs):
            if output.name == "logits":
                raw = reply.raw_output_contents[index] if reply.raw_output_contents else None
                return np.frombuffer(raw, np.float32) if raw else np.array(output.contents.fp32_contents, np.float32)
        raise SystemExit(f"{self.name} gave no logits")

    def processes(self) -> list[Path]:
        """Returns the folders of its processes in /proc: it leads a session."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # ended meanwhile
                continue
            if fields[3] == str(self.process.pid):
                found.append(folder)
        return found

    def resident_bytes(self) -> int:
        pages = sum(int((folder / "statm").read_text().split()[1]) for folder in self.processes())
        return pages * os.sysconf("SC_PAGE_SIZE")

    def processor_seconds(self) -> float:
        stats = [(folder / "stat").read_text().rpartition(")")[2].split() for folder in self.processes()]
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / CLOCK_TICKS

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def start_ours(options: argparse.Namespace) -> Server:
    port = free_port()
    model = options.folder / f"{options.model}.safetensors"
    command = [str(options.program), "serve", f"--name=model={model}", f"--port={port}", f"--threads={options.threads}"]
    return Server("Glimpse", command + PATIENT, {}, port, port)


def start_peer(options: argparse.Namespace, folder: Path) -> Server:
    http, grpc_port = free_port(), free_port()
    model = folder / "model"
    model.mkdir()
    settings = {
        "parallel_workers": 0,
        "host": "127.0.0.1",
        "http_port": http,
        "grpc_port": grpc_port,
        "metrics_port": free_port(),
        "debug": False,
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    uri = str((options.folder / f"{options.model}.onnx").resolve())
    described = {"name": "model", "implementation": "mlserver_model.OnnxModel", "parameters": {"uri": uri}}
    (model / "model-settings.json").write_text(json.dumps(described))
    environment = {"PYTHONPATH": str(Path(__file__).parent), "PEER_THREADS": str(options.threads)}
    program = Path(sys.executable).with_name("mlserver")
    return Server("MLServer", [str(program), "start", str(folder)], environment, http, grpc_port)


def request_of(pixels: np.ndarray, name: str) -> dataplane_pb2.ModelInferRequest:
    tensor = dataplane_pb2.ModelInferRequest.InferInputTensor(name=name, datatype="FP32", shape=pixels.shape)
    return dataplane_pb2.ModelInferRequest(model_name="model", inputs=[tensor], raw_input_contents=[pixels.tobytes()])


def checked(output: str, what: str, answers: dict[str, int], expected: str) -> None:
    if list(answers) != [expected]:
        raise SystemExit(f"{what}: replies {answers}, expected {expected} alone\n{output[-500:]}")


def output_of(command: list[str], given: bytes = b"") -> bytes:
    done = subprocess.run(command, check=False, input=given, capture_output=True)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]}: exit code {done.returncode}\n{(done.stdout + done.stderr).decode()[-1000:]}")
    return done.stdout


def load_grpc(server: Server, options: argparse.Namespace, body: Path, connections: int, seconds: int) -> list[float]:
    """Returns requests per second and the 50th, 95th and 99th percentile of the milliseconds."""
    command = [options.ghz, "--insecure", "--proto", str(PROTO), "--call", "inference.GRPCInferenceService/ModelInfer"]
    command += ["--binary-file", str(body), "--concurrency", str(connections), "--connections", str(connections)]
    command += ["--duration", f"{seconds}s", "--duration-stop", "wait", "--timeout", "120s", "--format", "json"]
    report = output_of(command + [f"127.0.0.1:{server.grpc}"]).decode()
    figures = json.loads(report)
    checked(report, f"{server.name} over gRPC", figures["statusCodeDistribution"], "OK")
    times = {one["percentage"]: one["latency"] / 1e6 for one in figures["latencyDistribution"]}
    return [figures["rps"], times[50], times[95], times[99]]


def load_http(server: Server, options: argparse.Namespace, body: Path, connections: int, seconds: int) -> list[float]:
    """Returns what load_grpc does."""
    target = f"POST http://127.0.0.1:{server.http}/v2/models/model/infer\nContent-Type: application/json\n@{body}\n"
    command = [options.vegeta, "attack", "-rate=0", f"-workers={connections}", f"-max-workers={connections}"]
    command += [f"-connections={connections}", f"-duration={seconds}s", "-timeout=120s"]
    report = output_of([options.vegeta, "report", "-type=json"], output_of(command, target.encode())).decode()
    figures = json.loads(report)
    checked(report, f"{server.name} over HTTP", figures["status_codes"], "200")
    return [figures["throughput"]] + [figures["latencies"][name] / 1e6 for name in ("50th", "95th", "99th")]


LOADS = {"gRPC": load_grpc, "HTTP JSON": load_http}


def measure(server: Server, bodies: dict[str, Path], options: argparse.Namespace) -> list[tuple]:
    rows = []
    for protocol, load in LOADS.items():
        load(server, options, bodies[protocol], WARM_CONNECTIONS, options.seconds)  # Java compiles
        for connections in options.connections:
            before = server.processor_seconds()
            figures = load(server, options, bodies[protocol], connections, options.seconds)
            used = server.processor_seconds() - before
            rows.append((protocol, connections, *figures, used / options.seconds, server.resident_bytes() / MIB))
            print(
                f"{server.name}: {protocol}, {connections}: {figures[0]:.1f}/s, p99 {figures[3]:.1f} ms",
                file=sys.stderr,
            )
    return rows


def write_bodies(folder: Path, server: str, pixels: np.ndarray, name: str) -> dict[str, Path]:
    binary, text = folder / f"{server}.bin", folder / f"{server}.json"
    binary.write_bytes(request_of(pixels, name).SerializeToString())
    tensor = {"name": name, "datatype": "FP32", "shape": pixels.shape, "data": [float(x) for x in pixels.reshape(-1)]}
    text.write_text(json.dumps({"inputs": [tensor], "outputs": [{"name": "logits"}]}))
    return {"gRPC": binary, "HTTP JSON": text}


def table(rounds: list[dict[str, list[tuple]]]) -> str:
    lines = [
        "| protocol | connections | server | requests/s | p50, ms | p95, ms | p99, ms | cores | memory, MiB | requests/s, ratio by rounds |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for index, row in enumerate(rounds[0]["Glimpse"]):
        ratios = sorted(one["Glimpse"][index][2] / one["MLServer"][index][2] for one in rounds)
        for name in ("Glimpse", "MLServer"):
            middle = [median(one[name][index][column] for one in rounds) for column in range(2, len(row))]
            ratio = f"{median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})" if name == "Glimpse" else ""
            rate, p50, p95, p99, cores, memory = middle
            lines.append(
                f"| {row[0]} | {row[1]} | {name} | {rate:.1f} | {p50:.1f} | {p95:.1f} | {p99:.1f} "
                f"| {cores:.2f} | {memory:.0f} | {ratio} |"
            )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of the models and images")
    parser.add_argument("--program", type=Path, required=True, help="the glimpse to start")
    parser.add_argument("--model", default="tiny", help="(default: %(default)s)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of each server (default: all cores)")
    parser.add_argument("--connections", nargs="+", type=int, default=[1, 8, 64, 256])
    parser.add_argument("--seconds", type=int, default=20, help="time per measurement (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each server (default: %(default)s)")
    parser.add_argument("--ghz", default="ghz", help="loads gRPC (default: %(default)s)")
    parser.add_argument("--vegeta", default="vegeta", help="loads HTTP (default: %(default)s)")
    options = parser.parse_args()
    for tool in (options.ghz, options.vegeta):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} not found; bench/README.md says how to install it")

    model = converted_model.load(options.folder / f"{options.model}.safetensors")
    pixels = converted_model.image(options.folder / f"{options.model}.f32", model)
    # ghz takes bodies for templates; the two lower bytes of such numbers are 0, so that none holds "{{"
    pixels = np.round(pixels * 64) / 64
    rounds = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        ours = write_bodies(work, "ours", pixels, "pixels")
        peers = write_bodies(work, "peer", pixels, "image")
        for number in range(options.rounds):
            rows, logits = {}, []
            turns = [(ours, True), (peers, False)]
            for bodies, first in turns if number % 2 == 0 else turns[::-1]:
                folder = Path(tempfile.mkdtemp(dir=work))
                server = start_ours(options) if first else start_peer(options, folder)
                try:
                    logits.append(server.infer(request_of(pixels, "pixels" if first else "image")))
                    if len(logits) == 2 and not np.max(np.abs(logits[0] - logits[1])) <= TOLERANCE:
                        raise SystemExit(f"logits differ by {np.max(np.abs(logits[0] - logits[1])):.2g}")
                    rows[server.name] = measure(server, bodies, options)
                finally:
                    server.close()
            rounds.append(rows)
            print(table(rounds), file=sys.stderr)
    print(table(rounds))


if __name__ == "__main__":
    main()
