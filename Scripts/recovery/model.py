"""The models of structure recovery: reads pages with their features, fits weights, writes them. For train.py and evaluate.py.

A file of weights is a list of tables, as RecoveryWeights*.swift hold them; a table has a line a feature, `name value weight value weight …`.
"""
import collections, ctypes, glob, hashlib, json, os, re, subprocess, tempfile
import numpy as np, scipy.sparse as sp
from scipy.optimize import minimize
from wording import TABLES, numbered, with_wording

LONGEST = 48  # lines of a post that are weighed as one run
NAMES = ["page", "boundary", "run", "topicBoundary", "topicRun", "parent", "topicParent", "wordedBoundary", "wordedRun"] + TABLES
WORDS = re.compile(r"words?=")
PREFIX = re.compile(r"^(T:|O:\w+:)?(S:)?")


def fold(group, folds=4): return int(hashlib.sha1(group.encode()).hexdigest(), 16) % folds


def plain(line): return re.sub(r"\s+", " ", re.sub(r"[*_`>\\#\[\]()!-]", "", line)).strip().lower()


def truth_of(path): return json.load(open(path.replace(".txt", ".truth.json")))


def variant_of(path): return path.split(".")[-2]


def pages_in(folders): return [f for folder in folders for f in sorted(glob.glob(folder + "/*.txt"))]


def features(program, what, files):
    """What features.swift prints of each file."""
    with tempfile.TemporaryFile() as sink:
        subprocess.run([program, what, *files], check=True, stdout=sink, stderr=subprocess.DEVNULL)
        sink.seek(0)
        for line in sink: yield json.loads(line)


# Where posts begin.

class LinePage:
    """A page as its lines: the features of a boundary above each, and of the runs that begin there."""

    def __init__(self, o):
        truth = truth_of(o["file"])
        name, rows = os.path.basename(o["file"]), o["rows"]
        self.group, self.isTopic, self.page = truth["group"], variant_of(name) == "linear", o["page"]
        self.fold, self.isTwice = fold(self.group), o["twice"]
        self.words, self.pairs = [numbered(row["w"]) for row in rows], [numbered(row["p"]) for row in rows]
        self.domain = name.split("-")[0] if "-" in name else None
        # Half for a text that is there as `bare` too, less for pages of other kinds of discussions.
        self.weight = 0.3 if self.domain else 0.5 if variant_of(name) == "twice" else 1
        self.boundaries = [tuple(row["f"]) for row in rows]
        self.runs = [tuple(run) for row in rows for run in row["s"]]
        self.ends = np.cumsum([len(row["s"]) for row in rows])
        self.marks = np.array([{"open": 1, "join": -1}.get(row["forced"], 0) for row in rows], np.int32)
        self.starts = self.true_starts(truth, rows)

    def true_starts(self, truth, rows):
        """The lines that open posts; None where the page's marks contradict them, or a post is longer than is weighed."""
        flat = [(number, line) for number, post in enumerate(truth["posts"]) for line in post["lines"]]
        if len(flat) != len(rows) or any(plain(a[1]) != plain(row["t"]) for a, row in zip(flat, rows)): return None
        starts = [i for i in range(len(rows)) if i == 0 or flat[i][0] != flat[i - 1][0]]
        opens = set(starts)
        if any(self.marks[i] == 1 and i not in opens or self.marks[i] == -1 and i in opens for i in range(1, len(rows))): return None
        if any(b - a > LONGEST for a, b in zip(starts, starts[1:] + [len(rows)])): return None
        return starts

    @property
    def prefixes(self):
        """The plain features hold for all pages; those with a prefix say what a kind of pages adds to them."""
        return ("",) + (("T:",) if self.isTopic else ()) + ((f"O:{self.domain}:",) if self.domain else ())


def lines_of(program, files): return [LinePage(o) for o in features(program, "boundary", files)]


def line_features(pages, without, least=5, least_of_words=12):
    counts, groups = collections.Counter(), collections.defaultdict(set)
    for page in pages:
        own = collections.Counter(f for names in page.boundaries for f in names)
        begins = np.concatenate([[0], page.ends[:-1]])
        for begin, end in zip(begins, page.ends): own.update("S:" + f for run in page.runs[begin:min(begin + 6, end)] for f in run)
        for prefix in page.prefixes:
            for f, n in own.items(): counts[prefix + f] += n; groups[prefix + f].add(page.group)
    def kept(f):
        n, is_word = counts[f], WORDS.search(f)
        if without(PREFIX.sub("", f)): return False
        if f.startswith("O:"): return n >= 12 and not is_word
        return n >= least and (not is_word or n >= least_of_words and len(groups[f]) >= 4)
    return {f: k for k, f in enumerate(sorted(filter(kept, counts)))}


class Lines:
    """Pages as matrices. Equal rows are held once."""
    library = None

    def __init__(self, pages, index):
        self.boundary, self.boundaryRow = self.matrix([(p.prefixes, names, "") for p in pages for names in p.boundaries], index)
        self.run, self.runRow = self.matrix([(p.prefixes, names, "S:") for p in pages for names in p.runs], index)
        counts = [len(p.boundaries) for p in pages]
        self.lines = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.runs = np.concatenate([[0], np.cumsum(np.concatenate([np.diff(p.ends, prepend=0) for p in pages]))]).astype(np.int64)
        self.marks = np.concatenate([p.marks for p in pages])
        self.weight = np.array([p.weight for p in pages], float)
        self.lineWeight = np.repeat(self.weight, counts)
        self.runWeight = np.repeat(self.lineWeight, np.diff(self.runs))
        self.firsts = self.lines[:-1]
        self.opens, self.isPost = np.zeros(self.lines[-1]), np.zeros(self.runs[-1])
        for top, page in zip(self.firsts, pages):
            for a, b in zip(page.starts, page.starts[1:] + [len(page.boundaries)]):
                self.opens[top + a] = 1; self.isPost[self.runs[top + a] + b - a - 1] = 1
        self.opens[self.firsts] = 0

    @staticmethod
    def matrix(rows, index):
        known, of, columns, ends = {}, [], [], [0]
        for prefixes, names, kind in rows:
            row = known.get((prefixes, names))
            if row is None:
                row = known[prefixes, names] = len(ends) - 1
                columns += [k for f in names for p in prefixes if (k := index.get(p + kind + f)) is not None]
                ends.append(len(columns))
            of.append(row)
        matrix = sp.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(index)))
        return (matrix, matrix.T.tocsr()), np.array(of)

    @classmethod
    def cuts(cls):
        if cls.library is None:
            folder = tempfile.mkdtemp(); path = os.path.join(folder, "cuts.so")
            source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cuts.c")
            subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", path, source, "-lm"], check=True)
            cls.library = ctypes.CDLL(path); os.remove(path); os.rmdir(folder)
        return cls.library.cuts

    def loss(self, w, penalty):
        boundary, run = (self.boundary[0] @ w)[self.boundaryRow], (self.run[0] @ w)[self.runRow]
        whole, share = np.zeros(len(self.weight)), np.zeros(len(run))
        at = lambda a: a.ctypes.data_as(ctypes.c_void_p)
        self.cuts()(ctypes.c_long(len(whole)), at(self.lines), at(self.runs), at(boundary), at(run), at(self.marks), at(whole), at(share))
        gold = (self.runWeight * self.isPost) @ run + (self.lineWeight * self.opens) @ boundary
        opens = np.add.reduceat(share, self.runs[:-1]); opens[self.firsts] = 0
        rows = lambda of, values, n: np.bincount(of, values, n)
        slope = self.boundary[1] @ rows(self.boundaryRow, self.lineWeight * (opens - self.opens), self.boundary[0].shape[0])
        slope += self.run[1] @ rows(self.runRow, self.runWeight * (share - self.isPost), self.run[0].shape[0])
        return self.weight @ whole - gold + penalty / 2 * w @ w, slope + penalty * w


def fit_lines(pages, without, penalty=25, steps=60, least=0.08):
    pages = [p for p in pages if p.starts]
    def fit(index):
        lines = Lines(pages, index)
        return minimize(lines.loss, np.zeros(len(index)), (penalty,), jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return pruned(fit, line_features(pages, without), least)


# Whom a post answers: a softmax over the right-most path of the true tree; on topics over the posts above.

class ParentPage:
    def __init__(self, o):
        truth = truth_of(o["file"])
        self.group, self.isTopic = truth["group"], variant_of(o["file"]) == "linear"
        self.weight = 1 if self.isTopic else 0.7
        self.parents = [-1 if p["parent"] is None else p["parent"] for p in truth["posts"]]
        # For each post the features of each parent, the unshown opening post first; and of each answer above beside which it stands.
        self.arcs = [post["a"] for post in o["arcs"]]
        self.beside = [post["s"] for post in o["arcs"]]

    def is_walk(self):
        path = [-1]
        for index, parent in enumerate(self.parents):
            while path and path[-1] != parent: path.pop()
            if not path: return False
            path.append(index)
        return True

    def choices(self, draw=None):
        """For each post the candidates' features and which of them is right; `draw` says which one the posts below see, else the right one."""
        history, latest = [], {}
        for post, parent in enumerate(self.parents):
            if self.isTopic:
                if post == 0: continue
                candidates = list(range(max(0, post - 24), post))
                if candidates[0] != 0: candidates.insert(0, 0)
            else:
                candidates, above = [-1], post - 1
                while above >= 0: candidates.append(above); above = history[above]
            beside = lambda c: [] if self.isTopic else self.beside[post][(0 if c == -1 else post + 1) + latest.get(c, -1) + 1]
            rows = [self.arcs[post][c + 1] + beside(c) for c in candidates]
            if parent in candidates: yield rows, candidates.index(parent)
            history.append(candidates[draw(rows)] if draw else parent); latest[history[-1]] = post


def parents_of(program, files): return [ParentPage(o) for o in features(program, "parents", files)]


def parent_features(pages, without, least=12):
    counts, groups, right = collections.Counter(), collections.defaultdict(set), collections.Counter()
    for page in pages:
        for post, arcs in enumerate(page.arcs):
            for names in arcs:
                for f in names: counts[f] += 1; groups[f].add(page.group)
            right.update(set(arcs[page.parents[post] + 1]))
            if not page.isTopic: counts.update(f for names in page.beside[post] for f in names)
    def kept(f): return counts[f] >= least and not without(f) and ("word=" not in f or len(groups[f]) >= 6 and counts[f] >= 30 and right[f] >= 4)
    return {f: k for k, f in enumerate(sorted(filter(kept, counts)))}


def drawing(weights, seed=1):
    """Draws a candidate as likely as weights hold it."""
    rng = np.random.RandomState(seed)
    def draw(rows):
        scores = np.array([sum(weights.get(f, 0) for f in row) for row in rows]); shares = np.exp(scores - scores.max())
        return int(np.searchsorted(np.cumsum(shares / shares.sum()), rng.random_sample()).clip(0, len(rows) - 1))
    return draw


def fit_parents(pages, without, penalty, steps=120, least=0.06, histories=2, true=0.2):
    """Of walks the most weight is not on the true tree's history but on ones that are drawn: recovery errs above a post, too."""
    pages = [p for p in pages if p.isTopic or p.is_walk()]
    choices = [(rows, right, p.weight) for p in pages for rows, right in p.choices()]
    index = parent_features(pages, without)
    def fit(index):
        columns, ends = [], [0]
        for rows, _, _ in choices:
            for row in rows: columns += [index[f] for f in row if f in index]; ends.append(len(columns))
        X = sp.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(index))); XT = X.T.tocsr()
        counts = np.array([len(rows) for rows, _, _ in choices]); starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        gold = starts + [right for _, right, _ in choices]; weight = np.array([weight for _, _, weight in choices])
        def loss(w):
            s = X @ w; top = np.maximum.reduceat(s, starts); e = np.exp(s - np.repeat(top, counts)); sums = np.add.reduceat(e, starts)
            slope = e / np.repeat(sums, counts); slope[gold] -= 1
            return (weight * (top + np.log(sums) - s[gold])).sum() + penalty / 2 * w @ w, XT @ (slope * np.repeat(weight, counts)) + penalty * w
        return minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    if not pages[0].isTopic:
        weights = fit(index); draw = drawing({f: weights[k] for f, k in index.items()})
        choices = [(rows, right, weight * true) for rows, right, weight in choices]
        choices += [(rows, right, p.weight * (1 - true) / histories) for _ in range(histories) for p in pages for rows, right in p.choices(draw)]
    return pruned(fit, index, least)


# What kind of page it is: a logistic regression.

def fit_page(pages, penalty=0.5):
    pages = [p for p in pages if len(p.boundaries) >= 8 and not p.domain]
    sizes, groups = collections.Counter(p.group for p in pages), collections.defaultdict(set)
    for p in pages:
        for f in p.page: groups[f].add(p.group)
    index = {f: i for i, f in enumerate(sorted(f for f in groups if not f.startswith(("uses=", "often=")) or len(groups[f]) >= 8))}
    X = np.zeros((len(pages), len(index))); y = np.array([p.isTopic for p in pages], float)
    for i, p in enumerate(pages): X[i, [index[f] for f in p.page if f in index]] = 1
    # Many pages of one thread tell little more than one.
    weight = np.array([sizes[p.group] ** -0.5 for p in pages])
    def loss(w):
        z = X @ w
        return (weight * np.logaddexp(0, -z * (2 * y - 1))).sum() + penalty / 2 * w @ w, X.T @ (weight * (1 / (1 + np.exp(-z)) - y)) + penalty * w
    w = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B").x
    return {f: w[i] for f, i in index.items() if abs(w[i]) > 0.03}


# All of it.

def pruned(fit, index, least):
    """Fits, drops what weighs little, and fits the rest again."""
    w = fit(index)
    index = {f: k for k, f in enumerate(sorted(f for f, i in index.items() if abs(w[i]) >= least))}
    w = fit(index)
    return {f: w[i] for f, i in index.items() if abs(w[i]) >= 0.015}


def table(weights):
    rows = collections.OrderedDict()
    for feature, weight in sorted(weights.items()):
        name, value = feature.split("=", 1); rows.setdefault(name, []).append(f"{value.replace(' ', '_') or '-'} {weight:.2f}")
    return "\n".join(name + " " + " ".join(values) for name, values in rows.items())


def nothing(feature): return False


def fit_all(lines, parents, without=(nothing, nothing)):
    """The tables of NAMES. Features of lines and of parents for which `without` holds are left out."""
    cut, (scored, wording) = fit_lines(lines, without[0]), with_wording(lines)
    worded = fit_lines(scored, without[0])
    walks, topics = [p for p in parents if not p.isTopic], [p for p in parents if p.isTopic]
    def part(prefix, *others, cut=cut): return table({f[len(prefix):]: w for f, w in cut.items() if f.startswith(prefix) and not f.startswith(others)})
    return [table(fit_page(lines)), part("", "S:", "T:", "O:"), part("S:", "-"), part("T:", "T:S:"), part("T:S:", "-"),
            table(fit_parents(walks, without[1], 12)), table(fit_parents(topics, without[1], 60))] + [
            part("", "S:", "T:", "O:", cut=worded), part("S:", "-", cut=worded)] + [table(wording[name]) for name in TABLES]
