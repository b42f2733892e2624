#!/usr/bin/env python3
"""Measures structure recovery on pages with a known truth, each fourth of the groups by weights fitted on the other three.

usage: evaluate.py FEATURES FOLDER OTHER... [--calibration OUT] [--weights FOLDER]     the tables of figures and of confidences
       evaluate.py FEATURES FOLDER OTHER... --leave-out [--parts 0,1,2,3]              what each group of cues is worth

Figures are of FOLDER; the OTHER folders help to fit. --calibration writes what train.py stores; --weights keeps the fitted weights
of each fourth there, and takes them from there where they are. Needs what train.py needs.
"""
import argparse, collections, json, os, re, subprocess, sys, tempfile
import numpy as np
sys.dont_write_bytecode = True  # nothing is left beside the sources
from model import *

VARIANTS = ["bare", "twice", "linear", "authored"]

# Cues by what they look at: names of features of lines and runs, and of parents.
GROUPS = [
    ("first and last words", r"(above\.|next\.)?words?|(above\.)?last\.word|opening", r"(above\.)?word|(above\.|parent\.)?opening"),
    ("marks and letters at the ends", r"(above\.)?(first|last)|ends(\.begins)?|begins|next\.begins|closes", r"small|ends|above\.(ends|small)"),
    ("lengths", r"(above\.|next\.)?length|lengths|two\.above|page(\.length)?|bytes|least|first\.last", r"(above\.|parent\.)?lengths?|words|(above\.)?paragraphs"),
    ("how many lines and sentences", r"lines|page\.lines|sentences|count", r""),
    ("shared rare words", r"shared(\.\w+)?|cohesion", r"((most|best|sibling)\.)?shared"),
    ("questions and persons", r"asks|me|to\.you|you", r"(above\.|parent\.)?(asks|you)|questions|me|says\.you|points\.back|parent\.(questions|me)"),
    ("habits of writing", r"(two\.)?habit\..*", r""),
    ("lists, links, code, quotations", r"list|link|code|quoted|repeats|addendum|heads\..*|closes\.link|left\.out", r"repeats"),
    ("where on the page", r"opens\..*|opening\.post|place", r"index|posts|part"),
    ("tombstones", r"", r"(above\.|parent\.)?gone"),
    ("distance, and answers beside", r"", r"place|sibling|first\.answer"),
    ("names", r"", r"named|first\.word|own|same\.author|behind\.own|before\.own|answers\.answer|calls|sibling\.author"),
    ("points", r"", r"points(\.above)?|sibling\.points"),
]


# What comes out, beside the truth.

def key(lines): return tuple(x for x in map(plain, lines) if x)


class Scores:
    """Posts that are true, made, and both; edges of which child and parent are right; each edge's confidence."""

    def __init__(self): self.counts, self.edges = collections.defaultdict(lambda: np.zeros(4)), []

    def add(self, o):
        truth, variant = truth_of(o["file"])["posts"], variant_of(o["file"])
        places, of = collections.defaultdict(list), {}
        for number, post in enumerate(truth): places[key(post["lines"])].append(number)
        for number, post in enumerate(o["posts"]):
            same = places[key(post["body"].split("\n"))]
            if same: of[number] = same.pop(0)
        right = 0
        for number, post in enumerate(o["posts"]):
            parent = None if post["parent"] < 0 else of.get(post["parent"], -1)
            is_right = number in of and parent == truth[of[number]]["parent"]
            right += is_right
            # The opening post of a topic answers nothing: that is no edge.
            if number or not o["shown"]: self.edges.append((post["conf"], is_right, rule(post["ev"]), truth_of(o["file"])["group"], variant))
        self.counts[variant] += [len(truth), len(o["posts"]), len(of), right]

    def f1(self, variant):
        true, made, whole, right = self.counts[variant]
        return 2 * whole / max(1, true + made), 2 * right / max(1, true + made)


def rule(evidence):
    """Which rule set a parent of fixed confidence; None for a weighed one."""
    rules = {"the first answer": "first answer", "thanks for an": "thanks for an explanation", "thanks go": "thanks", "speaks to @": "@name",
             "quotes": "quotation", "refers to @": "as @name says", "set in": "indent", "not set in": "indent"}
    return next((name for begin, name in rules.items() if evidence.startswith(begin)), None)


def recovered(program, weights, files, scores):
    with tempfile.TemporaryFile() as sink:
        subprocess.run([program, "recover", *files], check=True, stdout=sink, env=dict(os.environ, RECOVERY_WEIGHTS=weights))
        sink.seek(0)
        for line in sink: scores.add(json.loads(line))
    return scores


# How sure it is.

def correction(edges, points=8):
    """Where likelihoods lie and which share was right, rising: so many equal parts, put together where they do not rise."""
    order = sorted((likelihood, right) for likelihood, right, *_ in edges)
    parts = [[np.mean([x for x, _ in part]), np.mean([y for _, y in part]), len(part)]
             for part in np.array_split(np.array(order, float), points)]
    rising = []
    for part in parts:
        rising.append(part)
        while len(rising) > 1 and rising[-1][1] <= rising[-2][1]:
            (x, y, n), (p, q, m) = rising.pop(), rising.pop()
            rising.append([(x * n + p * m) / (n + m), (y * n + q * m) / (n + m), n + m])
    inner = [(round(float(x), 2), round(float(y), 2)) for x, y, _ in rising]
    return [(0, inner[0][1] / 2 if inner[0][0] > 0.05 else inner[0][1])] + inner + [(1, max(inner[-1][1], min(0.96, inner[-1][1] + 1 - inner[-1][0])))]


def corrected(points, likelihood): return float(np.interp(likelihood, *zip(*points)))


def bins(edges):
    """Lines of "said, right, how many" for ten bins of confidence."""
    of = collections.defaultdict(list)
    for said, right in edges: of[min(9, int(said * 10))].append((said, right))
    return [(np.mean([x for x, _ in b]), np.mean([y for _, y in b]), len(b)) for _, b in sorted(of.items())]


def fixed(edges):
    """Share that was right of each rule's edges."""
    of = collections.defaultdict(list)
    for said, right, name, *_ in edges:
        if name: of[name].append((said, right))
    return {name: (np.mean([x for x, _ in b]), np.mean([y for _, y in b]), len(b)) for name, b in of.items()}


# Everything by fourths.

class Fourths:
    def __init__(self, program, folders):
        self.program = program
        files = pages_in(folders)
        self.own = [f for f in files if f.startswith(folders[0])]
        self.group = {f: truth_of(f)["group"] for f in self.own}
        self.pages = None
        self.sources = [f for f in files if variant_of(f) != "authored"], [f for f in self.own if variant_of(f) != "twice"]

    def fit(self, numbers, to, without=(nothing, nothing)):
        if not self.pages: self.pages = lines_of(self.program, self.sources[0]), parents_of(self.program, self.sources[1])
        for number in numbers:
            lines, parents = ([p for p in pages if fold(p.group) != number] for pages in self.pages)
            with open(os.path.join(to, f"{number}.txt"), "w") as out: out.write("\n%%\n".join(fit_all(lines, parents, without)))
            print("fitted without part", number, file=sys.stderr)

    def scores(self, numbers, to, seen=False):
        scores = Scores()
        for number in numbers:
            files = [f for f in self.own if (fold(self.group[f]) != number) == seen]
            recovered(self.program, os.path.join(to, f"{number}.txt"), files, scores)
        return scores


def report(fourths, folder, calibration):
    missing = [n for n in range(4) if not os.path.exists(os.path.join(folder, f"{n}.txt"))]
    if missing: fourths.fit(missing, folder)
    unseen, seen = fourths.scores(range(4), folder), fourths.scores(range(4), folder, seen=True)
    print("| pages | posts F1 | seen | edges F1 | seen |\n| --- | --- | --- | --- | --- |")
    for variant in VARIANTS:
        (a, b), (c, d) = unseen.f1(variant), seen.f1(variant)
        print(f"| {variant} | {a:.3f} | {c:.3f} | {b:.3f} | {d:.3f} |")
    print("\nfixed confidences: said, right, how many")
    for name, (said, right, count) in sorted(fixed(unseen.edges).items()): print(f"  {name}: {said:.2f} {right:.2f} {count}")
    weighed = [e for e in unseen.edges if not e[2]]
    told = [(e[0], e[1]) for e in unseen.edges if e[2]]
    for number in range(4):
        points = correction([e for e in weighed if fold(e[3]) != number])
        told += [(corrected(points, e[0]), e[1]) for e in weighed if fold(e[3]) == number]
    for name, edges in (("as the models hold it", [(e[0], e[1]) for e in unseen.edges]), ("corrected by the other three parts", told)):
        print(f"\n{name}:\n| said | right | edges |\n| --- | --- | --- |")
        for said, right, count in bins(edges): print(f"| {said:.2f} | {right:.2f} | {count} |")
    points = correction(weighed)
    print("\ncorrection of all parts:", points)
    if calibration: json.dump(points, open(calibration, "w"))


def leave_out(fourths, folder, parts):
    def line(name, scores): print(f"| {name} | " + " | ".join("%.3f, %.3f" % scores.f1(v) for v in VARIANTS) + " |", flush=True)
    print("| without | " + " | ".join(VARIANTS) + " |\n| --- | --- | --- | --- | --- |")
    def named(names): return lambda feature: re.fullmatch(names, feature.split("=", 1)[0])
    for name, *without in [("nothing", r"", r"")] + GROUPS:
        fourths.fit(parts, folder, [named(names) for names in without])
        line(name, fourths.scores(parts, folder))


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("program"); options.add_argument("folders", nargs="+"); options.add_argument("--calibration")
    options.add_argument("--weights"); options.add_argument("--leave-out", action="store_true")
    options.add_argument("--parts", default="0,1,2,3")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fourths = Fourths(args.program, args.folders)
        if args.leave_out: return leave_out(fourths, folder, [int(n) for n in args.parts.split(",")])
        if args.weights: os.makedirs(args.weights, exist_ok=True)
        report(fourths, args.weights or folder, args.calibration)


main()
