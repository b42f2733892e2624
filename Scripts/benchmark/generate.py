#!/usr/bin/env python3
"""Writes made-up discussions of any size, the same ones for the same seed.

usage: generate.py jsonl|reddit|mbox|thread POSTS [SEED] > FILE

jsonl    the interchange format: posts of about 200 bytes in containers of all sizes
reddit   comments and submissions a line, as the monthly dumps hold them; a thread is the tree under its root
mbox     mails of about 1.5 KB with References, quoted text and signatures
thread   one tree of POSTS posts, in the interchange format

Words are made up, some with endings that a stemmer takes off, and are drawn as in real texts: by Zipf's law for the first 6,000, beyond
more steeply (R. Ferrer i Cancho and R. V. Solé, 2001, "Two regimes in the frequency of words", with exponents 1 and 1.8); lengths of texts are log-normal; a few
hundred threads are alive at a time, a post in twelve opens one, and answers prefer the opening post and what was written last.

More than a million posts are made in blocks of a million, beside each other on all processors; a thread ends with its block.
"""
import itertools
import json
import math
import multiprocessing
import os
import random
import shutil
import sys
import tempfile

VOCABULARY = 600_000
KERNEL = 6_000
FIRST_DATE = 1_300_000_000
ENDINGS = ("", "", "", "s", "", "ing", "", "ed", "", "", "ly", "")
ALIVE = 300
BLOCK = 1_000_000
BLOCK_SECONDS = 41 * BLOCK  # a little more than its posts take


class Words:
    """Draws words by their rank."""

    def __init__(self, chance):
        onsets, vowels = "b d f g h k l m n p r s t v w st tr sh".split(), "a e i o u".split()
        syllables = [onset + vowel for vowel in vowels for onset in onsets]
        self.words = [self._word(rank, syllables) for rank in range(VOCABULARY)]
        weights = (1 / (rank + 2) * ((KERNEL + 2) / (rank + 2)) ** (0.8 if rank > KERNEL else 0) for rank in range(VOCABULARY))
        self.sums = list(itertools.accumulate(weights))
        self.chance = chance

    @staticmethod
    def _word(rank, syllables):
        number, parts = rank + 1, []
        while number:
            number, digit = divmod(number - 1, len(syllables))
            parts.append(syllables[digit])
        return "".join(parts) + (ENDINGS[rank % len(ENDINGS)] if rank > 40 else "")

    def text(self, mean):
        """A text of about so many words."""
        count = max(2, int(self.chance.lognormvariate(math.log(mean) - 0.32, 0.8)))
        drawn = self.chance.choices(self.words, cum_weights=self.sums, k=count)
        for place in range(9, count, 11):
            drawn[place] += "."
        return " ".join(drawn).capitalize() + "."


class Posts:
    """Posts in the order of time: (number, number of the parent or None, number of the opening post, author, date)."""

    def __init__(self, numbers, count, chance, is_one_thread=False):
        self.numbers, self.chance, self.is_one_thread = numbers, chance, is_one_thread
        self.authors = max(20, count // 12)

    def __iter__(self):
        chance, threads, date = self.chance, [], FIRST_DATE + self.numbers.start // BLOCK * BLOCK_SECONDS
        for number in self.numbers:
            date += int(chance.expovariate(1 / 40))
            author = int(self.authors * chance.random() ** 3)
            if not threads or not self.is_one_thread and chance.random() < 1 / 12:
                thread = (number, [number])
                if len(threads) < ALIVE:
                    threads.append(thread)
                else:
                    threads[int(ALIVE * chance.random())] = thread
                yield number, None, number, author, date
                continue
            # Threads are found in the order of their birth; the square prefers some, so that a few grow large.
            opening, recent = threads[int(len(threads) * chance.random() ** 2)]
            draw = chance.random()
            parent = opening if draw < 0.3 else recent[-1] if draw < 0.6 else chance.choice(recent)
            recent.append(number)
            if len(recent) > 60:
                del recent[0]
            yield number, parent, opening, author, date


def jsonl(posts, words, chance, is_one_thread=False):
    for number, parent, opening, author, date in posts:
        line = {"source": "bench", "key": f"k{number}", "author": f"writer{author}", "created_at": date}
        if not is_one_thread:
            line["forum"] = f"forum{opening % 40}"
            line["thread"] = f"topic{opening}"
        if parent is None:
            line["title"] = words.text(7)
        else:
            line["parent"] = f"k{parent}"
        line["score"] = int(chance.paretovariate(1.2)) - 1
        line["body"] = words.text(41)
        yield json.dumps(line)


def reddit(posts, words, chance):
    for number, parent, opening, author, date in posts:
        common = {"id": base36(number + 46_656), "author": f"writer{author}", "created_utc": date, "subreddit": f"forum{opening % 40}",
                  "score": int(chance.paretovariate(1.2)), "edited": False, "retrieved_on": date + 100_000, "gilded": 0,
                  "distinguished": None, "author_flair_text": None}
        if parent is None:
            yield json.dumps(common | {"title": words.text(7), "selftext": words.text(41), "is_self": True, "num_comments": 0})
        else:
            kind = "t3_" if parent == opening else "t1_"
            yield json.dumps(common | {"body": words.text(41), "link_id": "t3_" + base36(opening + 46_656),
                                       "parent_id": kind + base36(parent + 46_656)})


def base36(number):
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def mbox(posts, words, chance):
    import email.utils
    parents, titles, texts = {}, {}, {}
    address = lambda author: f"writer{author}@example.org"
    for number, parent, opening, author, date in posts:
        parents[number] = parent
        if parent is None:
            titles[number] = words.text(6).rstrip(".")
        subject = titles[opening] if parent is None else "Re: " + titles[opening]
        paragraphs = [words.text(50) for _ in range(chance.randint(1, 5))]
        lines = []
        if parent in texts:
            lines += [f"On {email.utils.formatdate(date - 4000)}, writer wrote:"] + ["> " + line for line in texts[parent]] + [""]
        for paragraph in paragraphs:
            lines += wrapped(paragraph) + [""]
        texts[number] = [line for line in lines if line and not line.startswith(">")][:6]
        texts.pop(number - 3000, None)
        yield f"From {address(author)} Thu Mar 10 09:00:00 2011"
        yield f"From: Writer {author} <{address(author)}>"
        yield "To: <bench@lists.example.org>"
        yield f"Date: {email.utils.formatdate(date)}"
        yield f"Subject: {subject}"
        yield f"Message-ID: <{number}.bench@example.org>"
        if parent is not None:
            chain, above = [], parent
            while above is not None and len(chain) < 12:
                chain.append(above)
                above = parents.get(above)
            yield f"In-Reply-To: <{parent}.bench@example.org>"
            yield "References: " + "\n ".join(f"<{one}.bench@example.org>" for one in reversed(chain))
        yield "List-Id: <bench.lists.example.org>"
        yield "MIME-Version: 1.0"
        yield "Content-Type: text/plain; charset=utf-8"
        yield ""
        for line in lines + ["-- ", f"Writer {author}", ""]:
            yield ">" + line if line.lstrip(">").startswith("From ") else line


def wrapped(text, width=72):
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = line + " " + word if line else word
    return lines + [line]


def write(kind, numbers, count, seed, file):
    """Writes the posts of these numbers, of `count` in all."""
    chance = random.Random(seed + numbers.start)
    words, posts = Words(chance), Posts(numbers, count, chance, is_one_thread=kind == "thread")
    if kind == "thread":
        lines = jsonl(posts, words, chance, is_one_thread=True)
    else:
        lines = {"jsonl": jsonl, "reddit": reddit, "mbox": mbox}[kind](posts, words, chance)
    for line in lines:
        file.write(line + "\n")


def write_block(job):
    path, *rest = job
    with open(path, "w") as file:
        write(*rest, file)
    return path


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in ("jsonl", "reddit", "mbox", "thread"):
        sys.exit(__doc__)
    kind, count = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) == 4 else 1
    if count <= BLOCK or kind == "thread":
        write(kind, range(count), count, seed, sys.stdout)
        return
    # The blocks wait beside the output where that is a file: the temporary folder may be in memory.
    beside = os.path.dirname(os.path.realpath("/proc/self/fd/1")) if os.path.isfile("/proc/self/fd/1") else None
    with tempfile.TemporaryDirectory(dir=beside) as folder, multiprocessing.Pool() as pool:
        jobs = [(os.path.join(folder, str(start)), kind, range(start, min(start + BLOCK, count)), count, seed) for start in range(0, count, BLOCK)]
        for path in pool.imap(write_block, jobs):
            with open(path) as block:
                shutil.copyfileobj(block, sys.stdout, 1 << 20)
            os.unlink(path)


if __name__ == "__main__":
    main()
