"""Tables of how paragraphs are worded that open posts, end them, or are whole ones: for model.py.

Four logistic regressions on the words of a paragraph and of the one above it. What they say of a page is a cue of the boundary
model. Scores of the pages that it learns from are those of tables that have not seen these pages' groups.
"""
import collections, copy
import numpy as np, scipy.sparse as sp
from scipy.optimize import minimize

TASKS = ["pair", "whole", "first", "last"]
TABLES = ["below", "above", "pair", "whole", "first", "last"]
KEPT = {"pair": 3000, "whole": 1000, "first": 500, "last": 500}
LIMITS = [-2.5, -1.6, -1, -0.65, -0.3, 0, 0.3, 0.65, 1, 1.35, 1.9]  # as in ParagraphScores.swift
OTHERS = 0.3  # what pages of other kinds of discussions count
names = {}


def numbered(features):
    """Features as numbers: there are millions of them."""
    return np.fromiter((names.setdefault(f, len(names)) for f in features), np.int32)


def bucket(score): return int(np.searchsorted(LIMITS, score, side="right"))


def rows_of(task, page):
    """The lines that a task learns from, and whether it is true of them."""
    if not page.starts or page.isTwice: return
    for start, end in zip(page.starts, page.starts[1:] + [len(page.boundaries)]):
        for line in range(start, end):
            if task == "pair" and line and page.marks[line] == 0: yield line, line == start
            if task == "whole": yield line, end - start == 1
            if task == "first" and end - start > 1: yield line, line == start
            if task == "last" and end - start > 1: yield line, line == end - 1


class Table:
    """A task with the features of all lines of some pages."""

    def __init__(self, task, pages, least=8):
        self.task, self.pages = task, pages
        self.tops = np.concatenate([[0], np.cumsum([len(p.boundaries) for p in pages])])
        # Of a pair features are numbered thrice: of the paragraph below, the one above, and both.
        columns, ends = [], [0]
        for page in pages:
            for line in range(len(page.boundaries)):
                parts = [page.words[line] * 3]
                if task == "pair" and line: parts += [page.words[line - 1] * 3 + 1, page.pairs[line] * 3 + 2]
                columns += parts; ends.append(ends[-1] + sum(map(len, parts)))
        columns = np.concatenate(columns)
        self.X = sp.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(names) * 3))
        found = [(top + line, true, (page.domain, page.isTopic), page.fold)
                 for top, page in zip(self.tops, pages) for line, true in rows_of(task, page)]
        self.rows, self.true, self.folds = (np.array([f[k] for f in found]) for k in (0, 1, 3))
        # In each kind of discussions both answers weigh the same.
        sizes, counts = collections.Counter((f[1], f[2]) for f in found), collections.Counter(f[2] for f in found)
        self.weight = np.array([(OTHERS if f[2][0] else 1) * counts[f[2]] / 2 / sizes[f[1], f[2]] for f in found])
        seen = np.bincount(self.X[self.rows].indices, minlength=self.X.shape[1])
        self.known = np.flatnonzero(seen >= least)
        self.X = self.X[:, self.known].tocsr()

    def fit(self, without=None, penalty=10, steps=50):
        """The weights of the features that tell most, learned from all rows but those of one fold."""
        chosen = np.flatnonzero(self.folds != without)
        X, y, weight = self.X[self.rows[chosen]], self.true[chosen] * 2.0 - 1, self.weight[chosen]
        def best(X):
            XT = X.T.tocsr()
            def loss(w):
                z = y * (X @ w)
                return weight @ np.logaddexp(0, -z) + penalty / 2 * w @ w, XT @ (-y * weight / (1 + np.exp(z))) + penalty * w
            return minimize(loss, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
        w = best(X)
        if KEPT[self.task] and KEPT[self.task] < len(w):
            telling = np.abs(w) * np.sqrt(np.bincount(X.indices, minlength=len(w)))
            kept = np.sort(np.argsort(-telling, kind="stable")[:KEPT[self.task]])
            w = np.zeros(len(w)); w[kept] = best(X[:, kept].tocsr())
        return np.round(w, 2)

    def scores(self, w, fold=None):
        """Of each page (of a fold) the scores of its lines."""
        z = self.X @ w
        return {k: z[self.tops[k]:self.tops[k + 1]] for k, page in enumerate(self.pages) if fold is None or page.fold == fold}


def with_wording(pages):
    """The pages with the scores as features, and the tables as {name: {feature: weight}}."""
    scores, tables = {}, {name: {} for name in TABLES}
    for task in TASKS:
        table, scores[task] = Table(task, pages), {}
        for fold in sorted({p.fold for p in pages}): scores[task].update(table.scores(table.fit(fold), fold))
        of = list(names)
        for column, weight in zip(table.known, table.fit()):
            if weight: tables[task if task != "pair" else TABLES[column % 3]][of[column // 3]] = weight
    return [scored(page, {task: scores[task][k] for task in TASKS}) for k, page in enumerate(pages)], tables


def scored(page, scores):
    """The page with the scores as features: as BoundaryFeatures.swift and SegmentFeatures.swift name them. Topics
    and pages whose text stands twice have none: there boundaries became likelier and cuts no better."""
    said, whole, first, last = ([bucket(x) for x in scores[task]] for task in TASKS)
    if page.isTwice or page.isTopic and not page.domain: return page
    copied, runs = copy.copy(page), []
    next = [x // 2 for x in said[1:]] + ["x"]
    copied.boundaries = [names + (f"said={said[i]}", f"said.next={next[i]}") if i else names
                         for i, names in enumerate(page.boundaries)]
    for start, (begin, end) in enumerate(zip(np.concatenate([[0], page.ends[:-1]]), page.ends)):
        for k in range(end - begin):
            own = (f"opening={first[start]}", f"closing={last[start + k]}") if k else (f"whole={whole[start]}",)
            runs.append(page.runs[begin + k] + own)
    copied.runs = runs
    return copied
