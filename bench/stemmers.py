#!/usr/bin/python3
"""stemmers.py BUILD LANG=CORPUS.jsonl[.xz] ENGLISH.jsonl[.xz]: whether the stemmer of a language finds more,
where there are no judged queries but articles that are translated paragraph by paragraph, in the same order in
both files. Each paragraph is a query; relevant are those of other articles whose English shares half of its
content words (the larger of both numbers of them; forms without stop words, compared by their first six
letters). What is the same word by word, in either language, is neither. BM25 (k1 1.2, b 0.75), mean nDCG@10 of
the queries that have something relevant: of words as they are, of stems, and of the first five letters; with
stop words counting half, as in Pilcrow, and in full. BUILD is a build folder."""
import collections
import heapq
import json
import lzma
import math
import os
import subprocess
import sys

K1, B, DEPTH = 1.2, 0.75, 10
MIN_CONTENT, ENGLISH_LETTERS, KEPT_LETTERS, STOP_WEIGHT = 4, 6, 5, 0.5


def read(path):
    with (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf-8") as lines:
        return [[" ".join(p.split()) for p in json.loads(line)["text"].split("\n\n")] for line in lines]


def tokens_of(build, language, texts):
    """Of each text a list of (form, stem, whether it is a stop word)."""
    found = subprocess.run([os.path.join(build, "bench/tokens"), language], input="\n".join(texts) + "\n",
                           stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    return [[(*word[1:].split(":"), word[0] == "+") for word in line.split()] for line in found.splitlines()]


def find_relevant(english, others, articles):
    """Of each text the numbers of those that say the same, and of those that are the same."""
    content = [{form[:ENGLISH_LETTERS] for form, _, is_stop in text if not is_stop} for text in english]
    having = collections.defaultdict(list)
    same = [collections.defaultdict(set), collections.defaultdict(set)]
    for number, words in enumerate(content):
        for word in words:
            having[word].append(number)
        for texts, place in zip((english, others), same):
            place[tuple(form for form, _, _ in texts[number])].add(number)
    relevant, left_out = [], []
    for number, words in enumerate(content):
        shared = collections.Counter(other for word in words for other in having[word])
        out = set().union(*(place[tuple(form for form, _, _ in texts[number])]
                            for texts, place in zip((english, others), same)))
        relevant.append(set() if len(words) < MIN_CONTENT else
                        {other for other, n in shared.items() if articles[other] != articles[number] and
                         other not in out and 2 * n >= max(len(words), len(content[other]))})
        left_out.append(out)
    return relevant, left_out


def ndcg(ranked, relevant):
    gain = sum(1 / math.log2(rank + 2) for rank, number in enumerate(ranked) if number in relevant)
    return gain / sum(1 / math.log2(rank + 2) for rank in range(min(DEPTH, len(relevant))))


def weigh(texts, term_of):
    """Of each term what it adds to the score of each text that has it."""
    having = collections.defaultdict(collections.Counter)
    for number, text in enumerate(texts):
        for word in text:
            having[term_of(word)][number] += 1
    mean_length = sum(map(len, texts)) / len(texts)
    norms = [K1 * (1 - B + B * len(text) / mean_length) for text in texts]
    weights = {}
    for term, counts in having.items():
        idf = math.log(1 + (len(texts) - len(counts) + 0.5) / (len(counts) + 0.5))
        weights[term] = [(number, idf * n * (K1 + 1) / (n + norms[number])) for number, n in counts.items()]
    return weights


def measure(texts, relevant, left_out, term_of, stop_weight):
    weights = weigh(texts, term_of)
    gains = []
    for query, text in enumerate(texts):
        if not relevant[query]:
            continue
        scores = [0.0] * len(texts)
        for word in text:
            factor = stop_weight if word[2] else 1
            for number, weight in weights[term_of(word)]:
                scores[number] += factor * weight
        for number in left_out[query]:
            scores[number] = 0.0
        ranked = heapq.nlargest(DEPTH, range(len(texts)), key=scores.__getitem__)
        gains.append(ndcg(ranked, relevant[query]))
    return len(gains), sum(gains) / len(gains)


def main():
    if len(sys.argv) != 4 or "=" not in sys.argv[2]:
        sys.exit(__doc__)
    build, (language, corpus) = sys.argv[1], sys.argv[2].split("=", 1)
    subprocess.run(["cmake", "--build", build, "--target", "tokens"], stdout=subprocess.DEVNULL, check=True)
    pairs, articles = [], []
    for number, (english, other) in enumerate(zip(read(sys.argv[3]), read(corpus))):
        if len(english) == len(other):  # else they are out of step
            pairs += zip(english, other)
            articles += [number] * len(english)
    english, others = (tokens_of(build, code, texts) for code, texts in zip(("en", language), zip(*pairs)))
    relevant, left_out = find_relevant(english, others, articles)
    print("| language | texts | queries | | no stemmer | stemmer | first five letters |")
    print("|---|---|---|---|---|---|---|")
    for name, weight in (("stop words half", STOP_WEIGHT), ("in full", 1)):
        results = [measure(others, relevant, left_out, term_of, weight) for term_of in (
            lambda word: word[0], lambda word: word[1], lambda word: word[0][:KEPT_LETTERS])]
        print(f"| {language} | {len(others)} | {results[0][0]} | {name} | "
              + " | ".join(f"{value:.3f}" for _, value in results) + " |")


if __name__ == "__main__":
    main()
