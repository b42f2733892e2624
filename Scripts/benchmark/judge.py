#!/usr/bin/env python3
"""Measures the ranking of `search --any` against plain FTS5 on questions whose answers people have judged.

usage: judge.py FILE.xml THREADBANK [--stems]

FILE.xml     SemEval-2016 task 3, subtasks B and C (CQA-QL): questions, ten related ones each with ten comments, all judged
THREADBANK   the binary that is measured
--stems      asks an archive with English stemming; without it the archive takes words as they are

All related questions and their comments become one archive, each question a thread. Each original question's words are the query. The related
ones, and then the comments under them, are put in the order of the hits (what is not found comes last, in the order of the file), and
MAP and MRR are taken as the task's scorer does: over the questions that have anything relevant. Beside it stands FTS5 with its Porter
stemmer and bm25 as they come, any of the words.
"""
import csv
import io
import json
import math
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET


def read(path):
    """The questions by id: their text, and what is judged of each as (key, whether it is relevant)."""
    questions, posts = {}, {}
    for element in ET.parse(path).getroot().findall("OrgQuestion"):
        question = questions.setdefault(
            element.get("ORGQ_ID"),
            {"text": f"{element.findtext('OrgQSubject') or ''} {element.findtext('OrgQBody') or ''}", "questions": [], "comments": []})
        for thread in element.findall("Thread"):
            related = thread.find("RelQuestion")
            key = related.get("RELQ_ID")
            posts[key] = {"key": key, "thread": key, "thread_title": related.findtext("RelQSubject") or "", "title": related.findtext("RelQSubject") or "",
                          "body": related.findtext("RelQBody") or ""}
            question["questions"].append((key, related.get("RELQ_RELEVANCE2ORGQ") != "Irrelevant"))
            for comment in thread.findall("RelComment"):
                posts[comment.get("RELC_ID")] = {"key": comment.get("RELC_ID"), "thread": key, "parent": key, "body": comment.findtext("RelCText") or ""}
                question["comments"].append((comment.get("RELC_ID"), comment.get("RELC_RELEVANCE2ORGQ") == "Good"))
    return questions, posts


def words(text):
    """Its words, each once."""
    return list(dict.fromkeys(word.lower() for word in re.findall(r"[^\W_]+", text)))


class Plain:
    """FTS5 as it comes."""

    def __init__(self, posts):
        self.database = sqlite3.connect(":memory:")
        self.database.execute("CREATE VIRTUAL TABLE f USING fts5 (key UNINDEXED, title, body, tokenize = 'porter unicode61 remove_diacritics 2')")
        rows = ((post["key"], post.get("title"), post["body"]) for post in posts.values())
        self.database.executemany("INSERT INTO f VALUES (?, ?, ?)", rows)

    def ranking(self, query):
        match = " OR ".join(f'"{word}"' for word in query)
        return [row[0] for row in self.database.execute("SELECT key FROM f WHERE f MATCH ? ORDER BY bm25(f), rowid", (match,))]


class Ours:
    """The binary, on an archive of its own."""

    def __init__(self, posts, binary, folder, stems):
        self.binary, self.archive = binary, os.path.join(folder, "judged.sqlite")
        lines = os.path.join(folder, "judged.jsonl")
        with open(lines, "w") as file:
            for post in posts.values():
                file.write(json.dumps({"source": "judged", **post}) + "\n")
        self.run("init", "--stemming", "english" if stems else "none")
        self.run("import", lines, "--from", "jsonl", "--quiet")
        rows = self.run("sql", "SELECT id, source_key FROM posts", "--format", "csv", "--max-rows", "1000000").stdout.decode()
        self.keys = {int(row['id']): row["source_key"] for row in csv.DictReader(io.StringIO(rows))}

    def run(self, *arguments):
        return subprocess.run([self.binary, *arguments, "--archive", self.archive], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def ranking(self, query):
        # In quotes no word is an operator.
        text = " ".join(f'"{word}"' for word in query)
        hits = json.loads(self.run("search", "--any", text, "--limit", "100000", "--format", "json").stdout)["hits"]
        return [self.keys[hit["post_id"]] for hit in hits]


def figures(judged, ranking):
    """Average precision and reciprocal rank; None where nothing is relevant."""
    places = {key: place for place, key in enumerate(ranking)}
    order = sorted(judged, key=lambda one: places.get(one[0], math.inf))
    found = [place for place, (_, is_relevant) in enumerate(order, 1) if is_relevant]
    if not found:
        return None
    return sum(count / place for count, place in enumerate(found, 1)) / len(found), 1 / found[0]


def main():
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    if len(arguments) != 2:
        sys.exit(__doc__)
    questions, posts = read(arguments[0])
    with tempfile.TemporaryDirectory() as folder:
        searches = {"FTS5": Plain(posts), "threadbank": Ours(posts, arguments[1], folder, "--stems" in sys.argv)}
        rankings = {
            name: [search.ranking(words(question["text"])) for question in questions.values()] for name, search in searches.items()}
    print(f"{len(questions)} questions, {len(posts)} posts")
    print(f"{'':12}{'MAP FTS5':>12}{'threadbank':>12}{'gain':>8}{'±':>8}{'better':>8}{'worse':>8}{'MRR FTS5':>12}{'threadbank':>12}")
    for part in ("questions", "comments"):
        pairs = []
        for place, question in enumerate(questions.values()):
            both = [figures(question[part], rankings[name][place]) for name in ("FTS5", "threadbank")]
            if both[0]:
                pairs.append(both)
        gains = [ours[0] - plain[0] for plain, ours in pairs]
        mean = [[statistics.mean(pair[which][value] for pair in pairs) for which in (0, 1)] for value in (0, 1)]
        error = statistics.stdev(gains) / math.sqrt(len(gains))
        print(f"{part:12}{mean[0][0]:12.4f}{mean[0][1]:12.4f}{statistics.mean(gains):+8.4f}{error:8.4f}{sum(gain > 0 for gain in gains):8}"
              f"{sum(gain < 0 for gain in gains):8}{mean[1][0]:12.4f}{mean[1][1]:12.4f}")


main()
