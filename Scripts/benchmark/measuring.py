"""Runs commands as whole processes and keeps what they took."""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def fail(message):
    sys.exit(f"bench: {message}")


class Run:
    """One run of a command: wall and processor seconds, and the most memory it held, in MB."""

    def __init__(self, command):
        with open(os.devnull, "rb") as nothing, tempfile.TemporaryFile() as output:
            started = time.perf_counter()
            process = subprocess.Popen(command, stdin=nothing, stdout=output, stderr=output)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(max(0, output.tell() - 10_000))
            self.output = output.read().decode(errors="replace")
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024
        self.code = process.returncode
        self.command = command

    def require(self, codes=(0,)):
        if self.code not in codes:
            fail(f"{' '.join(map(str, self.command))}: exit {self.code}: {self.output[-500:]}")
        return self


class Measure:
    """Runs of one thing, and of what it is held against."""

    def __init__(self, name, count=None, goal=""):
        self.name, self.count, self.goal = name, count, goal
        self.runs = []
        self.references = {}

    def add(self, run):
        self.runs.append(run)

    def add_reference(self, name, run):
        self.references.setdefault(name, []).append(run)

    @staticmethod
    def median(runs):
        return statistics.median(run.wall for run in runs)

    def rows(self):
        """A row for this and one for each reference: what, median, spread, posts a second, processor seconds, memory, times ours."""
        ours = self.median(self.runs)
        for name, runs in [(None, self.runs), *self.references.items()]:
            walls = sorted(run.wall for run in runs)
            median = self.median(runs)
            yield {
                "measure": self.name, "of": name or "threadbank", "goal": self.goal if name is None else "", "runs": len(runs),
                "median_seconds": round(median, 5), "least_seconds": round(walls[0], 5), "most_seconds": round(walls[-1], 5),
                "processor_seconds": round(statistics.median(run.processor for run in runs), 5),
                "posts_a_second": round(self.count / median) if self.count else None,
                "memory_megabytes": round(max(run.memory for run in runs), 1),
                "times_ours": None if name is None else round(median / ours, 3),
            }


def seconds(value):
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


def print_table(rows):
    """One line a row; a reference stands below what it is held against."""
    lines = [("measure", "median", "spread", "posts/s", "CPU", "memory", "times ours", "goal")]
    for row in rows:
        isOurs = row["of"] == "threadbank"
        lines.append((
            row["measure"] if isOurs else "  " + row["of"], seconds(row["median_seconds"]),
            f"{seconds(row['least_seconds'])} – {seconds(row['most_seconds'])}",
            f"{row['posts_a_second']:,}" if row["posts_a_second"] else "", seconds(row["processor_seconds"]),
            f"{row['memory_megabytes']:.0f} MB", "" if isOurs else f"{row['times_ours']:.2f}", row["goal"]))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


def installed(program):
    """The path of a program; says plainly where it is not there."""
    path = shutil.which(program)
    if path is None:
        print(f"{program}: not installed, left out")
    return path


def write_json(path, rows, extra):
    with open(path, "w") as file:
        json.dump({"format_version": 1, **extra, "rows": rows}, file, indent=1)
        file.write("\n")
    print(f"\nwritten: {path}")
