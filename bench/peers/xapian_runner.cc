/* Xapian's own TermGenerator and WritableDatabase as a peer: English stems beside the words as
 * written, positions, the text as the document's data. */
#include "corpus.h"
#include "peer.h"

#include <cstdlib>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>
#include <xapian.h>

namespace
{

/* Slot of the article's id; the term that its paragraphs have in common begins with XA. */
constexpr Xapian::valueno article_slot = 0;

size_t add_paragraphs(Xapian::WritableDatabase &database, Xapian::TermGenerator &generator,
                      const article &item)
{
    const std::string id(item.id, item.id_bytes);
    size_t at = 0, length = 0, n = 0;
    const char *text = nullptr;
    while (next_paragraph(item.text, item.text_bytes, &at, &text, &length)) {
        Xapian::Document document;
        const std::string paragraph(text, length);
        generator.set_document(document);
        generator.set_termpos(0);
        generator.index_text(paragraph);
        document.set_data(paragraph);
        document.add_value(article_slot, id);
        document.add_boolean_term("XA" + id);
        database.add_document(document);
        n++;
    }
    return n;
}

struct counts {
    size_t articles, paragraphs;
};

/* Of each group of n_parts articles the one at part. */
counts add_articles(Xapian::WritableDatabase &database, const char *path, unsigned part,
                    unsigned n_parts, bool replaces)
{
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("english"));
    corpus_reader reader;
    corpus_open(&reader, path);
    corpus_skip(&reader, part);
    counts n = {0, 0};
    for (article item; corpus_next(&reader, &item); corpus_skip(&reader, n_parts - 1)) {
        if (replaces)
            database.delete_document("XA" + std::string(item.id, item.id_bytes));
        n.paragraphs += add_paragraphs(database, generator, item);
        n.articles++;
    }
    corpus_close(&reader);
    return n;
}

counts make_part(const std::string &path, const char *corpus, unsigned part, unsigned n_parts)
{
    Xapian::WritableDatabase database(path, Xapian::DB_CREATE_OR_OVERWRITE);
    const counts n = add_articles(database, corpus, part, n_parts, false);
    database.commit();
    return n;
}

std::string part_path(const char *path, unsigned part)
{
    return std::string(path) + ".part" + std::to_string(part);
}

/* A process tells what it added through a pipe; its peak memory is known when it has ended. */
counts make_parts(const char *path, const char *corpus, unsigned n_parts, long *peak_kb)
{
    counts sum = {0, 0};
    int pipes[2];
    if (pipe(pipes) != 0)
        fail("pipe", "cannot be made");
    std::vector<pid_t> children;
    for (unsigned part = 0; part < n_parts; part++) {
        const pid_t child = fork();
        if (child < 0)
            fail("fork", "no process");
        if (child == 0) {
            const counts n = make_part(part_path(path, part), corpus, part, n_parts);
            _exit(write(pipes[1], &n, sizeof n) == sizeof n ? 0 : 1);
        }
        children.push_back(child);
    }
    for (const pid_t child : children) {
        int status = 0;
        struct rusage usage;
        counts n;
        if (wait4(child, &status, 0, &usage) != child || status != 0 ||
            read(pipes[0], &n, sizeof n) != sizeof n)
            fail("a process", "failed");
        sum.articles += n.articles;
        sum.paragraphs += n.paragraphs;
        *peak_kb += usage.ru_maxrss;
    }
    return sum;
}

/* A database has one writer, in one thread. More cores take a process and a database each, which
 * are then compacted into one. */
void make_index(const char *path, const char *corpus, unsigned n_processes)
{
    counts n;
    long peak_kb = 0;
    if (n_processes == 1) {
        n = make_part(path, corpus, 0, 1);
    } else {
        n = make_parts(path, corpus, n_processes, &peak_kb);
        Xapian::Database parts;
        for (unsigned part = 0; part < n_processes; part++)
            parts.add_database(Xapian::Database(part_path(path, part)));
        parts.compact(path);
    }
    report_committed(n.articles, n.paragraphs, peak_kb);
}

void update(const char *path, const char *corpus)
{
    Xapian::WritableDatabase database(path, Xapian::DB_OPEN);
    const counts n = add_articles(database, corpus, 0, 1, true);
    database.commit();
    report_committed(n.articles, n.paragraphs, 0);
}

struct reader {
    Xapian::Database database;
    Xapian::Enquire enquire;
    Xapian::QueryParser parser;

    explicit reader(const char *path) : database(path), enquire(database)
    {
        parser.set_stemmer(Xapian::Stem("english"));
        parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
        parser.set_database(database);
    }
};

void *open_reader(const char *path)
{
    return new reader(path);
}

void close_reader(void *opened)
{
    delete static_cast<reader *>(opened);
}

Xapian::Query make_query(Xapian::QueryParser &parser, const std::string &words, search_mode mode)
{
    if (mode == SEARCH_PHRASE)
        return parser.parse_query('"' + words + '"', Xapian::QueryParser::FLAG_PHRASE);
    parser.set_default_op(mode == SEARCH_AND ? Xapian::Query::OP_AND : Xapian::Query::OP_OR);
    return parser.parse_query(words, 0);
}

size_t search(void *opened, const char *words, search_mode mode, unsigned limit, bool reads_text,
              FILE *out)
{
    reader &from = *static_cast<reader *>(opened);
    from.enquire.set_query(make_query(from.parser, words, mode));
    const Xapian::MSet hits = from.enquire.get_mset(0, limit);
    for (auto hit = hits.begin(); reads_text && hit != hits.end(); ++hit) {
        const Xapian::Document document = hit.get_document();
        const std::string text = document.get_data();
        if (out != nullptr)
            fprintf(out, "%.3f %s: %s\n", hit.get_weight(),
                    document.get_value(article_slot).c_str(), text.c_str());
    }
    return hits.size();
}

} // namespace

int main(int argc, char **argv)
{
    static const peer xapian = {make_index, update, open_reader, search, close_reader};
    try {
        return peer_main(argc, argv, &xapian);
    } catch (const Xapian::Error &error) {
        fail("libxapian", error.get_description().c_str());
    }
    return 1;
}
