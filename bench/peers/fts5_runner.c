/* SQLite FTS5 as a peer: porter stemming, bm25, the text in the table. */
#include "corpus.h"
#include "peer.h"

#include <sqlite3.h>
#include <stdlib.h>

static sqlite3 *open_database(const char *path, int flags)
{
    sqlite3 *database;
    if (sqlite3_open_v2(path, &database, flags, NULL) != SQLITE_OK)
        fail(path, sqlite3_errmsg(database));
    return database;
}

static void execute(sqlite3 *database, const char *sql)
{
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(sql, sqlite3_errmsg(database));
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK)
        fail(sql, sqlite3_errmsg(database));
    return statement;
}

/* For a statement that returns no rows. */
static void run(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE)
        fail(sqlite3_sql(statement), sqlite3_errmsg(sqlite3_db_handle(statement)));
    sqlite3_reset(statement);
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text, size_t length)
{
    sqlite3_bind_text(statement, at, text, (int)length, SQLITE_STATIC);
}

/* An article is the rows [first, behind) of paragraph. */
static void remove_article(sqlite3 *database, const article *item)
{
    sqlite3_stmt *find = prepare(database, "select first, behind from article where id = ?");
    bind_text(find, 1, item->id, item->id_bytes);
    if (sqlite3_step(find) == SQLITE_ROW) {
        sqlite3_stmt *clear =
            prepare(database, "delete from paragraph where rowid >= ? and rowid < ?");
        sqlite3_bind_int64(clear, 1, sqlite3_column_int64(find, 0));
        sqlite3_bind_int64(clear, 2, sqlite3_column_int64(find, 1));
        run(clear);
        sqlite3_finalize(clear);
        sqlite3_stmt *drop = prepare(database, "delete from article where id = ?");
        bind_text(drop, 1, item->id, item->id_bytes);
        run(drop);
        sqlite3_finalize(drop);
    }
    sqlite3_finalize(find);
}

/* The rows of paragraph count up, so that an article's follow each other. */
static size_t add_paragraphs(sqlite3_stmt *add, const article *item)
{
    const char *text;
    size_t at = 0, length, n = 0;
    while (next_paragraph(item->text, item->text_bytes, &at, &text, &length)) {
        bind_text(add, 1, text, length);
        run(add);
        n++;
    }
    return n;
}

/* In one transaction. */
static void add_articles(sqlite3 *database, const char *path, bool replaces)
{
    sqlite3_stmt *add = prepare(database, "insert into paragraph(text) values(?)");
    sqlite3_stmt *put =
        prepare(database, "insert into article(id, title, first, behind) values(?, ?, ?, ?)");
    execute(database, "begin");
    corpus_reader reader;
    corpus_open(&reader, path);
    article item;
    size_t n_articles = 0, n_paragraphs = 0;
    while (corpus_next(&reader, &item)) {
        if (replaces)
            remove_article(database, &item);
        size_t n = add_paragraphs(add, &item);
        sqlite3_int64 last = sqlite3_last_insert_rowid(database);
        bind_text(put, 1, item.id, item.id_bytes);
        bind_text(put, 2, item.title, item.title_bytes);
        sqlite3_bind_int64(put, 3, n == 0 ? 0 : last + 1 - (sqlite3_int64)n);
        sqlite3_bind_int64(put, 4, n == 0 ? 0 : last + 1);
        run(put);
        n_articles++;
        n_paragraphs += n;
    }
    corpus_close(&reader);
    sqlite3_finalize(add);
    sqlite3_finalize(put);
    execute(database, "commit");
    report_committed(n_articles, n_paragraphs, 0);
}

/* A commit is durable: the rollback journal and full synchronisation are SQLite's defaults. One
 * thread is all that SQLite can write in. */
static void make_index(const char *path, const char *corpus, unsigned threads)
{
    (void)threads;
    remove(path);
    sqlite3 *database = open_database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    execute(database, "pragma page_size = 8192");
    execute(database, "pragma cache_size = -262144");
    execute(database, "create table article(id text primary key, title text, first integer, "
                      "behind integer)");
    execute(database, "create index article_first on article(first)");
    execute(database,
            "create virtual table paragraph using fts5(text, tokenize = 'porter unicode61')");
    add_articles(database, corpus, false);
    sqlite3_close(database);
}

static void update(const char *path, const char *corpus)
{
    sqlite3 *database = open_database(path, SQLITE_OPEN_READWRITE);
    add_articles(database, corpus, true);
    sqlite3_close(database);
}

typedef struct reader {
    sqlite3 *database;
    sqlite3_stmt *rank, *read;
} reader;

static void *open_reader(const char *path)
{
    reader *opened = malloc(sizeof *opened);
    if (opened == NULL)
        fail(path, "no memory");
    opened->database = open_database(path, SQLITE_OPEN_READONLY);
    execute(opened->database, "pragma mmap_size = 4294967296");
    execute(opened->database, "pragma cache_size = -262144");
    opened->rank = prepare(opened->database, "select rank, rowid from paragraph "
                                             "where paragraph match ? order by rank limit ?");
    opened->read = prepare(opened->database,
                           "select rank, text, (select id from article where first <= hit.rowid "
                           "order by first desc limit 1) "
                           "from paragraph as hit where paragraph match ? order by rank limit ?");
    return opened;
}

static void close_reader(void *opened)
{
    reader *closing = opened;
    sqlite3_finalize(closing->rank);
    sqlite3_finalize(closing->read);
    sqlite3_close(closing->database);
    free(closing);
}

static char *make_query(const char *words, search_mode mode)
{
    switch (mode) {
    case SEARCH_OR:
        return join_words(words, "\"", "\" OR \"", "\"");
    case SEARCH_AND:
        return join_words(words, "\"", "\" AND \"", "\"");
    default:
        return join_words(words, "\"", " ", "\"");
    }
}

static size_t search(void *opened, const char *words, search_mode mode, unsigned limit,
                     bool reads_text, FILE *out)
{
    reader *from = opened;
    sqlite3_stmt *find = reads_text ? from->read : from->rank;
    char *query = make_query(words, mode);
    sqlite3_bind_text(find, 1, query, -1, SQLITE_STATIC);
    sqlite3_bind_int(find, 2, (int)limit);
    size_t n = 0;
    while (sqlite3_step(find) == SQLITE_ROW) {
        n++;
        const unsigned char *text = reads_text ? sqlite3_column_text(find, 1) : NULL;
        if (out != NULL)
            fprintf(out, "%.3f %s: %s\n", -sqlite3_column_double(find, 0),
                    sqlite3_column_text(find, 2), text);
    }
    sqlite3_reset(find);
    free(query);
    return n;
}

int main(int argc, char **argv)
{
    static const peer fts5 = {make_index, update, open_reader, search, close_reader};
    return peer_main(argc, argv, &fts5);
}
