#!/usr/bin/env python3
"""Makes pages with a known truth out of an archive, for train.py and evaluate.py.

usage: threadbank export > EXPORT.jsonl
       pages.py EXPORT.jsonl OUT [--variants bare,twice,authored,linear] [--name NAME] [--from KIND,KIND] [--beside FOLDER]
                [--least POSTS] [--most POSTS] [--limit PAGES] [--marks] [--seed NUMBER]

Of each thread whose replies are stated (by the origin, a mail's header, or the order of a topic) it writes, a variant a page,
OUT/NAME.VARIANT.txt, as a person would copy the page as text, and OUT/NAME.VARIANT.truth.json, what that page says:

  bare      answers in reading order, a paragraph a line, and nothing else; the opening post is not shown
  twice     up to five answers of several paragraphs first, then the whole page
  authored  "name 12 points 3 hours ago" above each answer, and "Reply" below it; the hours are drawn by chance
  linear    the opening post, then all others in the order of time; of questions the comments stand below what they are on

Long threads are cut into pages of whole branches, --most posts (40) long. Left out are pages of less than --least posts (2), posts
without a text that is known (deleted ones stand as "deleted by creator"), quotations, and code in blocks.

  --name NAME      these are pages of another kind of discussions: train.py gives them weights of their own beside the common ones
  --from KIND      only of these kinds of sources (reddit, discourse, stackexchange, mail, …)
  --beside FOLDER  pages that stand there already are left out (two long lines in common, or three with a page made before), and
                   other pages of their threads get the same group
  --limit PAGES    of more pages so many are taken by chance
  --marks          keeps Markdown as it was typed; else marks go and links keep their words, as a browser shows them
  --seed NUMBER    what chance draws from (1)

truth: {"group": the thread, "posts": [{"lines": [text…], "parent": index or null, "author": name or null}]}. Pages of one group belong
on one side of any split. The same export and seed give the same pages. Needs Python 3 alone.
"""
import argparse, collections, glob, hashlib, json, os, random, re, sys

GONE = "deleted by creator"
LONG = 60  # characters from which a line is told from all others


def read(path, kinds):
    """The posts of an export: key to post, and each post's answers in their order."""
    posts, names = {}, {}
    with open(path, encoding="utf8") as lines:
        for line in lines:
            post = json.loads(line)
            if "kind" not in post or post["kind"] == "text" or kinds and post["kind"] not in kinds: continue
            site = (post["kind"], post.get("source"))
            own = [post["key"]] if "key" in post else ["~" + name for name in post.get("aliases", [])]
            if not own: continue
            post["id"] = site + (own[0],)
            posts[post["id"]] = post
            for name in post.get("aliases", []): names[site + ("~" + name,)] = post["id"]
    answers = collections.defaultdict(list)
    for post in posts.values():
        parent = post.get("parent")
        if parent is None: continue
        name = post["id"][:2] + ("~" + parent["alias"] if isinstance(parent, dict) else parent,)
        post["above"] = name if name in posts else names.get(name)
        answers[post["above"]].append(post)
    for below in answers.values(): below.sort(key=lambda p: (-p.get("score", 0), p.get("created_at", ""), p["id"]))
    return posts, answers


def letter(body):
    """A mail's own paragraphs: no quotations and who said them, no signature, wrapped lines joined."""
    lines = []
    for block in re.split(r"\n\s*\n", re.split(r"\n-- ?\n", body)[0]):
        own = [l.strip() for l in block.split("\n") if l.strip() and not l.lstrip().startswith((">", "|"))]
        own = [l for l in own if not re.search(r"(wrote|writes|schrieb):?$|@\S+:$|^_{20,}|^-{5,}", l)]
        if not own: continue
        wrapped = sum(map(len, own)) / len(own) > 35
        lines += [" ".join(own)] if wrapped else own
    return lines


def paragraphs(post, marks):
    body = post.get("body") or ""
    if post["kind"] == "mail": return letter(body)
    if marks: return [l.strip() for l in body.split("\n") if l.strip()]
    body = re.sub(r"(?s)```.*?(```|$)|~~~.*?(~~~|$)", "", body)
    body = re.sub(r"(?m)^[^\n]{0,60}:\n\n(?=>)", "", body)
    body = re.sub(r"(?m)^(>.*|    .*|#+ )", "", body)
    body = re.sub(r"!?\[([^\]]*)\]\([^)\s]*\)", r"\1", body)
    body = re.sub(r"[*_]{1,3}(\S(?:[^*_\n]*\S)?)[*_]{1,3}", r"\1", body).replace("`", "")
    return [l.strip() for l in re.sub(r"\\([*_#>\[\]\-.~])", r"\1", body).split("\n") if l.strip()]


def lines_of(post, marks):
    if post.get("state") in ("deleted", "removed"): return [GONE]
    return paragraphs(post, marks)


def walk(roots, answers):
    """Posts in reading order, each with the post that it stands below (None at the outermost level) and its branch's number."""
    stack = [(post, None, number) for number, post in reversed(list(enumerate(roots)))]
    while stack:
        post, above, branch = stack.pop()
        yield post, above, branch
        stack += [(answer, post["id"], branch) for answer in reversed(answers[post["id"]])]


def entries(posts, marks, missing=None):
    """Posts that have a text, as the truth holds them; one whose text is not known leaves its answers to the post above it."""
    out, at = [], {missing: None}
    for post, above in posts:
        lines = lines_of(post, marks)
        if not lines: at[post["id"]] = at.get(above); continue
        at[post["id"]] = len(out)
        out.append({"lines": lines, "parent": at.get(above), "author": post.get("author"), "score": post.get("score", 1)})
    return out


def answer_pages(opening, answers, marks, most):
    """Pages of whole branches."""
    page, size = [], 0
    branches = collections.defaultdict(list)
    for post, above, branch in walk(answers[opening], answers): branches[branch].append((post, above))
    for branch in branches.values():
        if len(branch) > 150: continue
        if page and size + len(branch) > most: yield entries(page, marks); page, size = [], 0
        page += branch; size += len(branch)
    if page: yield entries(page, marks)


def topic(opening, posts, answers, marks):
    """The opening post and what followed; None where its text is not known."""
    first = posts[opening]
    if first.get("state") in ("deleted", "removed", "missing") or not lines_of(first, marks): return None
    below = [(post, above or opening) for post, above, _ in walk(answers[opening], answers)]
    if first["kind"] != "stackexchange": below.sort(key=lambda x: (x[0].get("created_at", ""), x[0].get("place", 0)))
    made = entries([(first, None), *below], marks)
    # Answers that time puts above what they answer, as clocks of mails do, answer the opening post.
    for index, post in enumerate(made):
        if index and (post["parent"] is None or post["parent"] >= index): post["parent"] = 0
    return made


def texts(posts, variants, rng):
    flat = [l for p in posts for l in p["lines"]]
    first = [p for p in posts if len(p["lines"]) > 1][:5]
    if "linear" in variants: yield "linear", flat
    if "bare" in variants: yield "bare", flat
    if "twice" in variants and first: yield "twice", [l for p in first for l in p["lines"]] + flat
    if "authored" in variants and any(p["author"] for p in posts):
        header = lambda p: "%s %d points %d hours ago" % (p["author"] or "[deleted]", p["score"], rng.randint(2, 23))
        yield "authored", [l for p in posts for l in [header(p), *p["lines"], "Reply"]]


def long_lines(posts): return {l for p in posts for l in p["lines"] if len(l) > LONG}


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("export"); options.add_argument("out")
    options.add_argument("--variants", default="bare,twice,authored,linear"); options.add_argument("--name")
    options.add_argument("--from", dest="kinds"); options.add_argument("--beside")
    options.add_argument("--least", type=int, default=2); options.add_argument("--most", type=int, default=40)
    options.add_argument("--limit", type=int)
    options.add_argument("--marks", action="store_true"); options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    variants = args.variants.split(",")
    posts, answers = read(args.export, args.kinds and args.kinds.split(","))
    os.makedirs(args.out, exist_ok=True)
    beside = {}
    for path in glob.glob(args.beside + "/*.truth.json") if args.beside else []:
        truth = json.load(open(path))
        for line in long_lines(truth["posts"]): beside[line] = truth["group"]
    made, seen, kept = collections.Counter(), set(), []
    for opening in sorted((p["id"] for p in posts.values() if not p.get("above")), key=str):
        pages = []
        if set(variants) - {"linear"}: pages += [(p, set(variants) - {"linear"}) for p in answer_pages(opening, answers, args.marks, args.most)]
        if "linear" in variants and answers[opening]:
            page = topic(opening, posts, answers, args.marks)
            if page and len(page) <= 150: pages.append((page, {"linear"}))
        pages = [page for page in pages if len(page[0]) >= args.least]
        known = collections.Counter(beside[l] for page, _ in pages for l in sorted(long_lines(page)) if l in beside)
        group = known.most_common(1)[0][0] if known and known.most_common(1)[0][1] >= 2 else ":".join(str(x) for x in opening if x)
        for page, kinds in pages:
            lines = long_lines(page)
            if len(lines & beside.keys()) >= 2 or kinds != {"linear"} and len(lines & seen) >= 3: made["left out"] += 1; continue
            seen |= lines
            kept.append((page, kinds, group))
    if args.limit and len(kept) > args.limit: kept = random.Random(args.seed).sample(kept, args.limit)
    for page, kinds, group in kept:
        key = hashlib.sha1("\n".join(l for p in page for l in p["lines"]).encode()).hexdigest()[:10]
        truth = {"group": group, "posts": [{k: p[k] for k in ("lines", "parent", "author")} for p in page]}
        for variant, text in texts(page, kinds, random.Random(f"{args.seed} {key}")):
            name = os.path.join(args.out, f"{args.name + '-' if args.name else ''}{key}.{variant}")
            with open(name + ".txt", "w") as file: file.write("\n".join(text) + "\n")
            with open(name + ".truth.json", "w") as file: json.dump(truth, file, ensure_ascii=False)
            made[variant + " pages"] += 1; made[variant + " posts"] += len(page)
    print(", ".join(f"{count} {name}" for name, count in sorted(made.items())), file=sys.stderr)


main()
