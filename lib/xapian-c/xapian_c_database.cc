/* Reading: databases, their terms and postings, metadata and documents. */
#include "handles.hh"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace
{

void open_shards(const char *const *paths, size_t n_paths, xc_database **out)
{
    auto opened = std::make_unique<xc_database>();
    if (n_paths == 1) {
        opened->db = Xapian::Database(std::string(paths[0]));
    } else {
        for (size_t i = 0; i < n_paths; i++)
            opened->db.add_database(Xapian::Database(std::string(paths[i])));
    }
    *out = opened.release();
}

void read_stats(const Xapian::Database &db, xc_stats *out)
{
    xc_stats stats = {};
    stats.n_docs = db.get_doccount();
    stats.last_docid = db.get_lastdocid();
    stats.n_shards = static_cast<uint32_t>(db.size());
    stats.total_length = db.get_total_length();
    stats.average_length = stats.n_docs ? db.get_avlength() : 0.0;
    stats.has_positions = db.has_positions();
    *out = stats;
}

void read_uuid(const Xapian::Database &db, char *out)
{
    xc::require(db.size() == 1, "a combined database has no uuid of its own");
    std::string uuid = db.get_uuid();
    if (uuid.size() != XC_UUID_BYTES)
        throw xc::failure(XC_UNSUPPORTED, "this kind of database has no uuid");
    std::memcpy(out, uuid.c_str(), XC_UUID_BYTES + 1);
}

void each_key(const Xapian::Database &db, const std::string &prefix, xc_key_callback callback,
              void *context)
{
    Xapian::TermIterator end = db.metadata_keys_end(prefix);
    for (Xapian::TermIterator i = db.metadata_keys_begin(prefix); i != end; ++i) {
        const std::string key = *i;
        if (!callback(context, key.data(), key.size()))
            break;
    }
}

/* The key found, or "". */
std::string seek_key(const Xapian::Database &db, const std::string &prefix, const std::string &key)
{
    Xapian::TermIterator end = db.metadata_keys_end(prefix);
    Xapian::TermIterator i = db.metadata_keys_begin(prefix);
    if (i != end && *i < key)
        i.skip_to(key);
    return i == end ? std::string() : *i;
}

void each_term(const Xapian::Database &db, const std::string &prefix, bool with_occurrences,
               xc_term_callback callback, void *context)
{
    Xapian::TermIterator end = db.allterms_end(prefix);
    for (Xapian::TermIterator i = db.allterms_begin(prefix); i != end; ++i) {
        const std::string bytes = *i;
        xc_term term = {};
        term.bytes = bytes.data();
        term.length = bytes.size();
        term.n_docs = i.get_termfreq();
        if (with_occurrences)
            term.n_occurrences = db.get_collection_freq(bytes);
        if (!callback(context, &term))
            break;
    }
}

using c_array = std::unique_ptr<uint32_t[], decltype(&std::free)>;

c_array new_array(size_t n)
{
    c_array array(static_cast<uint32_t *>(std::malloc(n * sizeof(uint32_t))), &std::free);
    if (!array)
        throw std::bad_alloc();
    return array;
}

void read_postings(const Xapian::Database &db, const std::string &term, uint32_t **docids,
                   uint32_t **wdfs, size_t *n)
{
    size_t n_docs = db.get_termfreq(term), i = 0;
    if (n_docs == 0)
        return;
    c_array found = new_array(n_docs), counts = new_array(wdfs ? n_docs : 1);
    Xapian::PostingIterator at = db.postlist_begin(term), end = db.postlist_end(term);
    for (; at != end && i < n_docs; ++at, i++) {
        found[i] = *at;
        if (wdfs)
            counts[i] = at.get_wdf();
    }
    if (wdfs)
        *wdfs = counts.release();
    *docids = found.release();
    *n = i;
}

/* The posting list of every document has their lengths. */
void read_lengths(const Xapian::Database &db, uint32_t first, size_t n, uint32_t *lengths)
{
    std::fill(lengths, lengths + n, 0);
    Xapian::PostingIterator i = db.postlist_begin(std::string()),
                            end = db.postlist_end(std::string());
    i.skip_to(first);
    for (; i != end && *i - first < n; ++i)
        lengths[*i - first] = i.get_doclength();
}

Xapian::Document get_document(xc_database *database, uint32_t docid)
{
    xc::require(docid != 0, "document ids start at 1");
    return xc::open_database(database).get_document(docid);
}

} // namespace

xc_status xc_database_open(const char *path, xc_database **out, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(out != nullptr, "no output");
        *out = nullptr;
        xc::require(path != nullptr, "no path");
        open_shards(&path, 1, out);
    });
}

xc_status xc_database_open_many(const char *const *paths, size_t n_paths, xc_database **out,
                                xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(out != nullptr, "no output");
        *out = nullptr;
        xc::require(paths && n_paths > 0, "no paths");
        xc::require(std::all_of(paths, paths + n_paths, [](const char *path) { return path; }),
                    "no path");
        open_shards(paths, n_paths, out);
    });
}

xc_status xc_database_reopen(xc_database *database, bool *changed, xc_error *err)
{
    return xc::guard(err, [=] {
        if (changed)
            *changed = false;
        bool newer = xc::open_database(database).reopen();
        if (changed)
            *changed = newer;
    });
}

xc_status xc_database_close(xc_database *database, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(database != nullptr, "no database");
        database->closed = true;
        database->db.close();
    });
}

void xc_database_free(xc_database *database)
{
    (void)xc::guard(nullptr, [=] { delete database; });
}

xc_status xc_database_stats(xc_database *database, xc_stats *out, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(out != nullptr, "no output");
        *out = xc_stats();
        read_stats(xc::open_database(database), out);
    });
}

xc_status xc_database_uuid(xc_database *database, char out[XC_UUID_BYTES + 1], xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(out != nullptr, "no output");
        out[0] = '\0';
        read_uuid(xc::open_database(database), out);
    });
}

xc_status xc_metadata_get(xc_database *database, const char *key, size_t key_length, char **value,
                          size_t *length, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(value && length, "no output");
        *value = nullptr;
        *length = 0;
        const std::string wanted = xc::to_string(key, key_length);
        xc::require(!wanted.empty(), "the key is empty");
        xc::give_bytes(xc::open_database(database).get_metadata(wanted), value, length);
    });
}

xc_status xc_metadata_seek(xc_database *database, const char *prefix, size_t prefix_length,
                           const char *key, size_t key_length, char **found_key,
                           size_t *found_length, char **value, size_t *value_length, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(found_key && found_length && value && value_length, "no output");
        *found_key = *value = nullptr;
        *found_length = *value_length = 0;
        Xapian::Database &db = xc::open_database(database);
        const std::string found =
            seek_key(db, xc::to_string(prefix, prefix_length), xc::to_string(key, key_length));
        if (found.empty())
            return;
        const std::string bytes = db.get_metadata(found);
        std::unique_ptr<char, void (*)(void *)> kept(xc::duplicate(bytes), xc_free);
        xc::give_bytes(found, found_key, found_length);
        *value = kept.release();
        *value_length = bytes.size();
    });
}

xc_status xc_metadata_each_key(xc_database *database, const char *prefix, size_t prefix_length,
                               xc_key_callback callback, void *context, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(callback != nullptr, "no callback");
        each_key(xc::open_database(database), xc::to_string(prefix, prefix_length), callback,
                 context);
    });
}

xc_status xc_database_each_term(xc_database *database, const char *prefix, size_t prefix_length,
                                bool with_occurrences, xc_term_callback callback, void *context,
                                xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(callback != nullptr, "no callback");
        each_term(xc::open_database(database), xc::to_string(prefix, prefix_length),
                  with_occurrences, callback, context);
    });
}

xc_status xc_database_term(xc_database *database, const char *term, size_t length, uint32_t *n_docs,
                           uint64_t *n_occurrences, xc_error *err)
{
    return xc::guard(err, [=] {
        if (n_docs)
            *n_docs = 0;
        if (n_occurrences)
            *n_occurrences = 0;
        const std::string wanted = xc::to_string(term, length);
        Xapian::Database &db = xc::open_database(database);
        Xapian::doccount docs = n_docs ? db.get_termfreq(wanted) : 0;
        Xapian::totallength occurrences = n_occurrences ? db.get_collection_freq(wanted) : 0;
        if (n_docs)
            *n_docs = docs;
        if (n_occurrences)
            *n_occurrences = occurrences;
    });
}

xc_status xc_database_postings(xc_database *database, const char *term, size_t length,
                               uint32_t **docids, uint32_t **wdfs, size_t *n, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(docids && n, "no output");
        *docids = nullptr;
        if (wdfs)
            *wdfs = nullptr;
        *n = 0;
        read_postings(xc::open_database(database), xc::to_string(term, length), docids, wdfs, n);
    });
}

xc_status xc_database_lengths(xc_database *database, uint32_t first, size_t n, uint32_t *lengths,
                              xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(lengths || n == 0, "no output");
        xc::require(first != 0, "document ids start at 1");
        read_lengths(xc::open_database(database), first, n, lengths);
    });
}

xc_status xc_document_data(xc_database *database, uint32_t docid, char **data, size_t *length,
                           xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(data && length, "no output");
        *data = nullptr;
        *length = 0;
        xc::give_bytes(get_document(database, docid).get_data(), data, length);
    });
}

xc_status xc_document_value(xc_database *database, uint32_t docid, uint32_t slot, char **value,
                            size_t *length, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(value && length, "no output");
        *value = nullptr;
        *length = 0;
        xc::require(slot != XC_NO_SLOT, "no slot");
        xc::give_bytes(get_document(database, docid).get_value(slot), value, length);
    });
}

xc_status xc_document_length(xc_database *database, uint32_t docid, uint32_t *length, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(length != nullptr, "no output");
        *length = 0;
        xc::require(docid != 0, "document ids start at 1");
        *length = xc::open_database(database).get_doclength(docid);
    });
}
