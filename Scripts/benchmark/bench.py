#!/usr/bin/env python3
"""The measures of Scripts/bench, which says how it is called.

Inputs are made by generate.py, the same ones each time. References run in turns with threadbank, so that both meet the same machine:
loader.c, which stores the same rows by SQLite alone, and where they are installed `notmuch`, `mu` and `sqlite-utils`. Each archive made is
proved by `check`.
"""
import argparse
import mailbox
import os
import shutil
import sqlite3
import subprocess
import sys

sys.dont_write_bytecode = True
from measuring import Measure, Run, fail, installed, print_table, write_json  # noqa: E402

TOOLS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(TOOLS))
WORK = os.path.join(ROOT, ".build", "bench")


def number(text):
    factors = {"k": 1000, "M": 1_000_000}
    return int(float(text.rstrip("kM")) * factors.get(text[-1], 1))


def size_name(count):
    return f"{count // 1_000_000}M" if count % 1_000_000 == 0 else f"{count // 1000}k" if count % 1000 == 0 else str(count)


def made(kind, count):
    """The path of an input, made where it is not there yet."""
    path = os.path.join(WORK, f"{kind}-{size_name(count)}")
    if not os.path.exists(path):
        print(f"making {os.path.relpath(path, ROOT)}")
        with open(path + ".part", "w") as file:
            subprocess.run([sys.executable, os.path.join(TOOLS, "generate.py"), kind, str(count)], stdout=file, check=True)
        os.rename(path + ".part", path)
    return path


def pragma(path, name):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    value = database.execute("PRAGMA " + name).fetchone()[0]
    database.close()
    return value


class Bench:
    def __init__(self, options):
        self.options = options
        self.measures = []
        self.sizes = []
        self.loader_bytes = {}
        self.binary = options.binary
        self.loader = os.path.join(WORK, "loader")
        if subprocess.run(["cc", "-O2", "-o", self.loader, os.path.join(TOOLS, "loader.c"), "-lsqlite3"]).returncode:
            print("the C loader cannot be compiled (cc and libsqlite3-dev are needed), left out")
            self.loader = None

    def archive(self, name, isKept=False):
        path = os.path.join(WORK, name + ".sqlite")
        if not isKept:
            for ending in ("", "-wal", "-shm"):
                if os.path.exists(path + ending):
                    os.unlink(path + ending)
        return path

    def ours(self, archive, *words, codes=(0,)):
        return Run([self.binary, "--archive", archive, *words]).require(codes)

    def measure(self, name, count=None, goal=""):
        self.measures.append(Measure(name, count, goal))
        return self.measures[-1]

    def wants(self, name):
        return not self.options.only or name in self.options.only

    # Posts

    def posts(self, kind, count):
        """Imports made-up posts, and again, and leaves the archive."""
        lines = made(kind, count)
        self.require_room(6 * os.path.getsize(lines))
        label = f"{kind} {size_name(count)}"
        first = self.measure(f"import {label}", count, "loader / ours ≥ 0.6; ≤ 200 MB")
        again = self.measure(f"  again {label}", count, "≤ 1/5 of the first")
        forced = self.measure(f"  --again {label}", count, "≤ the first")
        utils = kind == "jsonl" and count <= 100_000 and installed("sqlite-utils")
        for _ in range(self.options.rounds):
            path = self.archive(label.replace(" ", "-"))
            first.add(self.ours(path, "import", lines))
            if self.loader:
                theirs = self.archive("loader")
                self.ours(theirs, "init")
                self.give_pages(theirs, path)
                first.add_reference("loader", Run([self.loader, theirs, lines]).require())
                self.loader_bytes[label] = os.path.getsize(theirs)
                self.archive("loader")
            again.add(self.ours(path, "import", lines))
            forced.add(self.ours(path, "import", lines, "--again"))
        if utils:
            first.add_reference("sqlite-utils", self.sqlite_utils(utils, lines))
        self.measure(f"  check {label}", count).add(self.prove(path))
        self.note_size(path, label)
        return path

    @staticmethod
    def require_room(count):
        """Both archives, their logs and what `check` sorts."""
        free = shutil.disk_usage(WORK).free
        if free < count:
            fail(f"about {count >> 30} GiB are needed in {os.path.relpath(WORK, ROOT)}, {free >> 30} are free")

    @staticmethod
    def give_pages(archive, model):
        """Gives an empty archive pages of the size that another has: an import chooses it by its inputs."""
        size = pragma(model, "page_size")
        if pragma(archive, "page_size") == size:
            return
        database = sqlite3.connect(archive, isolation_level=None)
        for sql in ("PRAGMA journal_mode = DELETE", f"PRAGMA page_size = {size}", "VACUUM", "PRAGMA journal_mode = WAL"):
            database.execute(sql).fetchall()
        database.close()

    def sqlite_utils(self, program, lines):
        target = self.archive("sqlite-utils")
        run = Run(["sh", "-c", '"$0" insert "$1" posts "$2" --nl --pk key && "$0" enable-fts "$1" posts title body',
                   program, target, lines]).require()
        self.archive("sqlite-utils")
        return run

    # Mail

    def mail(self, count):
        box = made("mbox", count)
        folder = os.path.join(WORK, f"maildir-{size_name(count)}")
        if not os.path.exists(folder):
            print(f"splitting it to {os.path.relpath(folder, ROOT)}")
            split = mailbox.Maildir(folder + ".part", create=True)
            for one in mailbox.mbox(box):
                split.add(one)
            os.rename(folder + ".part", folder)
        asBox = self.measure(f"import mbox {size_name(count)} mails", count)
        asFiles = self.measure(f"import maildir {size_name(count)} mails", count, "notmuch ≥ 15 times, mu ≥ 8 times ours")
        notmuch, mu = installed("notmuch"), installed("mu")
        for _ in range(self.options.rounds):
            path = self.archive("mail")
            asBox.add(self.ours(path, "import", box))
            path = self.archive("mail")
            asFiles.add(self.ours(path, "import", folder))
            if notmuch:
                asFiles.add_reference("notmuch new", self.notmuch(notmuch, folder))
            if mu:
                asFiles.add_reference("mu index", self.mu(mu, folder))
        self.prove(path)
        self.note_size(path, f"maildir {size_name(count)}")

    @staticmethod
    def notmuch(program, folder):
        home = os.path.join(WORK, "notmuch")
        shutil.rmtree(home, ignore_errors=True)
        os.makedirs(home)
        config = os.path.join(home, "config")
        with open(config, "w") as file:
            file.write(f"[database]\npath={home}/database\nmail_root={folder}\n[user]\nname=bench\nprimary_email=bench@example.org\n"
                       "[new]\ntags=\nignore=\n[maildir]\nsynchronize_flags=false\n")
        os.makedirs(os.path.join(home, "database"))
        run = Run([program, "--config", config, "new", "--no-hooks", "--quiet"]).require()
        shutil.rmtree(home)
        return run

    @staticmethod
    def mu(program, folder):
        home = os.path.join(WORK, "mu")
        shutil.rmtree(home, ignore_errors=True)
        Run([program, "init", "--quiet", "--muhome", home, "--maildir", folder]).require()
        run = Run([program, "index", "--quiet", "--muhome", home]).require()
        shutil.rmtree(home)
        return run

    # Reading

    def search(self, path, count):
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        common, matches = database.execute("SELECT term, doc FROM posts_words ORDER BY doc DESC LIMIT 1").fetchone()
        rare = database.execute("SELECT term FROM posts_words WHERE doc BETWEEN 20 AND 40 ORDER BY term LIMIT 1").fetchone()[0]
        database.close()
        size = size_name(count)
        plain = "SELECT rowid FROM posts_fts WHERE posts_fts MATCH '{}' ORDER BY bm25(posts_fts) LIMIT 20"
        program = installed("sqlite3")
        cases = [
            (f"search, a rare word, {size}", ["search", rare], "≤ 12 ms at 1M", plain.format(rare)),
            (f"search, the commonest word ({matches:,})", ["search", common], f"≤ {matches * 0.00012 + 15:.0f} ms", plain.format(common)),
            ("  its --count", ["search", common, "--count"], "≤ 60 ms at 1M", None),
            ("  its facets", ["search", common, "--facets", "--limit", "0"], "≤ 150 ms at 1M", None),
        ]
        for name, words, goal, sql in cases:
            measure = self.measure(name, None, goal)
            for _ in range(self.options.rounds * 3):
                measure.add(self.ours(path, *words, "--format", "json", codes=(0, 1)))
                if program and sql:
                    measure.add_reference("sqlite3, bm25", Run([program, path, sql]).require())

    def thread(self):
        for count, goal in ((200, "≤ 10 ms"), (100_000, "≤ 300 ms")):
            path = self.archive(f"thread-{count}")
            self.ours(path, "import", made("thread", count))
            self.prove(path)
            measure = self.measure(f"thread of {count:,} posts to JSON", None, goal)
            for _ in range(self.options.rounds * 3):
                measure.add(self.ours(path, "thread", "1", "--format", "json"))

    def start(self):
        measure = self.measure("--version", None, "≤ 5 ms")
        for _ in range(self.options.rounds * 10):
            measure.add(Run([self.binary, "--version"]).require())
            measure.add_reference("true", Run(["true"]))

    def given(self, path):
        name = os.path.basename(os.path.normpath(path))
        measure = self.measure(f"import {name}")
        archive = None
        for _ in range(self.options.rounds):
            archive = self.archive("given")
            # Some of what is given may be unreadable, which is told and no failure here.
            measure.add(self.ours(archive, "import", path, codes=(0, 2)))
        self.prove(archive)
        self.note_size(archive, name)

    # Proofs and sizes

    def prove(self, path):
        return self.ours(path, "check")

    def note_size(self, path, label):
        """Bytes by table, its indexes among them, against the bytes of titles and bodies."""
        if not self.wants("size"):
            return
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        text = database.execute(
            "SELECT sum(length(CAST(COALESCE(title, '') AS BLOB)) + length(CAST(COALESCE(body, '') AS BLOB))) FROM posts").fetchone()[0]
        count = database.execute("SELECT count(*) FROM posts").fetchone()[0]
        database.close()
        size = os.path.getsize(path)
        self.sizes.append({"archive": label, "posts": count, "text_bytes": text, "bytes": size, "times_text": round(size / max(1, text), 3),
                           "page_bytes": pragma(path, "page_size"), "free_bytes": pragma(path, "freelist_count") * pragma(path, "page_size"),
                           "loader_bytes": self.loader_bytes.get(label), "tables": self.tables(path)})

    @staticmethod
    def tables(path):
        """Bytes by table and index, the largest first; asked of the sqlite3 shell where this Python's SQLite cannot tell."""
        sql = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC"
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return dict(database.execute(sql).fetchall())
        except sqlite3.Error:
            shell = shutil.which("sqlite3")
            answer = subprocess.run([shell, "-readonly", path, sql], stdout=subprocess.PIPE, text=True) if shell else None
            if answer is None or answer.returncode:
                print("sizes by table are left out: neither this Python's SQLite nor a sqlite3 shell has dbstat")
                return {}
            return {name: int(size) for name, size in (line.rsplit("|", 1) for line in answer.stdout.splitlines())}
        finally:
            database.close()

    def print_sizes(self):
        for size in self.sizes:
            loader = f", {size['bytes'] / size['loader_bytes']:.2f} times the loader's" if size["loader_bytes"] else ""
            print(f"\n{size['archive']}: {size['bytes']:,} bytes, {size['times_text']:.2f} times its text{loader}; pages of {size['page_bytes']},"
                  f" {size['free_bytes']:,} bytes free; bytes a post by table:")
            for name, count in list(size["tables"].items())[:14]:
                if count * 200 >= size["bytes"]:
                    print(f"  {name:<26}{count / max(1, size['posts']):8.1f}  {count / size['bytes']:6.1%}")

    # All

    def run(self):
        for count in self.options.posts:
            path = None
            if self.wants("import"):
                self.posts("reddit", count)
                path = self.posts("jsonl", count)
            if self.wants("search"):
                if path is None:
                    path = self.archive(f"jsonl-{size_name(count)}", isKept=True)
                    if not os.path.exists(path):
                        self.ours(path, "import", made("jsonl", count))
                self.search(path, count)
        if self.wants("mail"):
            self.mail(self.options.mails)
        if self.wants("thread"):
            self.thread()
        if self.wants("start"):
            self.start()
        for path in self.options.inputs:
            if self.wants("given"):
                self.given(path)
        rows = [row for measure in self.measures for row in measure.rows()]
        print()
        print_table(rows)
        self.print_sizes()
        processors = os.cpu_count()
        version = Run([self.binary, "--version"]).output.strip()
        write_json(self.options.json, rows, {"threadbank": version, "processors": processors, "sizes": self.sizes})

    def instructions(self):
        """Instructions of the hot paths, in millions, and the functions that take most of them."""
        if not installed("valgrind"):
            fail("--instructions needs valgrind")
        lines, mails = made("jsonl", 10_000), made("mbox", 1000)
        # Valgrind gives up on Swift's debug information; the symbols stay.
        binary = os.path.join(WORK, "threadbank-stripped")
        subprocess.run(["objcopy", "--strip-debug", self.binary, binary], check=True)
        cases = []
        cases.append(("import jsonl 10k", ["--archive", self.archive("instructions-jsonl"), "import", lines]))
        cases.append(("import reddit 10k", ["--archive", self.archive("instructions-reddit"), "import", made("reddit", 10_000)]))
        cases.append(("import mbox 1k", ["--archive", self.archive("instructions-mbox"), "import", mails]))
        for count in (200, 10_000):
            path = self.archive(f"thread-{count}")
            self.ours(path, "import", made("thread", count))
            cases.append((f"thread of {count:,} posts", ["--archive", path, "thread", "1", "--format", "json"]))
        cases.append(("--version", ["--version"]))
        for name, words in cases:
            profile = os.path.join(WORK, "callgrind." + name.replace(" ", "-"))
            run = Run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", binary, *words]).require()
            total = next(line.split()[-1] for line in run.output.splitlines() if "Collected" in line)
            print(f"\n{name}: {int(total) / 1e6:,.1f} million instructions")
            top = subprocess.run(["callgrind_annotate", "--threshold=80", profile], stdout=subprocess.PIPE, text=True).stdout
            if shutil.which("swift"):
                top = subprocess.run(["swift", "demangle", "--simplified"], input=top, stdout=subprocess.PIPE, text=True).stdout
            for line in [line for line in top.splitlines() if "%)" in line][1:16]:
                print("  " + line.strip()[:130])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=lambda text: [number(one) for one in text.split(",")], default=[100_000])
    parser.add_argument("--mails", type=number, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", type=lambda text: text.split(","), default=[])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--json", default=os.path.join(WORK, "results.json"))
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("inputs", nargs="*")
    options = parser.parse_args()
    os.makedirs(WORK, exist_ok=True)
    bench = Bench(options)
    bench.instructions() if options.instructions else bench.run()


if __name__ == "__main__":
    main()
