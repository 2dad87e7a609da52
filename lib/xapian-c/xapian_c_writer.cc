/* Writing: documents and the writer.
 *
 * libxapian commits by itself every so many documents, and commits when it closes. A transaction
 * that is always open keeps it from both, so that nothing is committed but by xc_writer_commit. */
#include "handles.hh"

#include <memory>

namespace
{

int creation_flags(unsigned flags)
{
    const unsigned known =
        XC_WRITER_OVERWRITE | XC_WRITER_NO_TERMLIST | XC_WRITER_NO_SYNC | XC_WRITER_DANGEROUS;
    xc::require((flags & ~known) == 0, "unknown flags");
    static const int actions[] = {Xapian::DB_OPEN, Xapian::DB_CREATE, Xapian::DB_CREATE_OR_OPEN,
                                  Xapian::DB_CREATE_OR_OVERWRITE};
    int result = actions[flags & XC_WRITER_OVERWRITE] | Xapian::DB_BACKEND_GLASS;
    if (flags & XC_WRITER_NO_TERMLIST)
        result |= Xapian::DB_NO_TERMLIST;
    if (flags & XC_WRITER_NO_SYNC)
        result |= Xapian::DB_NO_SYNC;
    if (flags & XC_WRITER_DANGEROUS)
        result |= Xapian::DB_DANGEROUS;
    return result;
}

xc_writer *open_writer(const char *path, int flags, uint32_t block_size_bytes)
{
    auto writer = std::make_unique<xc_writer>();
    writer->db =
        Xapian::WritableDatabase(std::string(path), flags, static_cast<int>(block_size_bytes));
    writer->db.begin_transaction(false);
    return writer.release();
}

/* After a failed commit no transaction is open, and freeing the writer would commit what may be
 * left of the batch. */
void abandon(xc_writer *writer) noexcept
{
    writer->failed = true;
    (void)xc::guard(nullptr, [=] { writer->db.begin_transaction(false); });
}

/* Runs what libxapian answers by throwing the batch away when it fails. */
template <typename Change> void change(xc_writer *writer, Change &&make)
{
    xc::require(writer != nullptr, "no writer");
    if (writer->failed)
        throw xc::failure(XC_CLOSED,
                          "an earlier failure discarded what the writer had not committed");
    try {
        make(writer->db);
    } catch (...) {
        abandon(writer);
        throw;
    }
}

} // namespace

xc_status xc_document_new(xc_document **out, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(out != nullptr, "no output");
        *out = nullptr;
        *out = new xc_document();
    });
}

xc_status xc_document_clear(xc_document *document, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(document != nullptr, "no document");
        document->document = Xapian::Document();
    });
}

void xc_document_free(xc_document *document)
{
    (void)xc::guard(nullptr, [=] { delete document; });
}

xc_status xc_document_set_data(xc_document *document, const char *data, size_t length,
                               xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(document != nullptr, "no document");
        xc::require(length <= XC_MAX_DATA_BYTES, "the data is too long");
        document->document.set_data(xc::to_string(data, length));
    });
}

xc_status xc_document_add_term(xc_document *document, const char *term, size_t length, uint32_t wdf,
                               xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(document != nullptr, "no document");
        xc::require(xc::key_fits(term, length, XC_MAX_TERM_BYTES), "the term is empty or too long");
        document->document.add_term(std::string(term, length), wdf);
    });
}

xc_status xc_document_set_value(xc_document *document, uint32_t slot, const char *value,
                                size_t length, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(document != nullptr, "no document");
        xc::require(slot != XC_NO_SLOT, "no slot");
        xc::require(length <= XC_MAX_DATA_BYTES, "the value is too long");
        document->document.add_value(slot, xc::to_string(value, length));
    });
}

xc_status xc_writer_open(const char *path, unsigned flags, uint32_t block_size_bytes,
                         xc_writer **out, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(out != nullptr, "no output");
        *out = nullptr;
        xc::require(path != nullptr, "no path");
        xc::require_block_size(block_size_bytes);
        *out = open_writer(path, creation_flags(flags), block_size_bytes);
    });
}

xc_status xc_writer_add(xc_writer *writer, const xc_document *document, uint32_t *docid,
                        xc_error *err)
{
    return xc::guard(err, [=] {
        if (docid)
            *docid = 0;
        xc::require(document != nullptr, "no document");
        change(writer, [=](Xapian::WritableDatabase &db) {
            Xapian::docid added = db.add_document(document->document);
            if (docid)
                *docid = added;
        });
    });
}

xc_status xc_writer_set_metadata(xc_writer *writer, const char *key, size_t key_length,
                                 const char *value, size_t value_length, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(xc::key_fits(key, key_length, XC_MAX_METADATA_KEY_BYTES),
                    "the key is empty or too long");
        xc::require(value_length <= XC_MAX_DATA_BYTES, "the value is too long");
        const std::string stored = xc::to_string(value, value_length);
        change(writer, [&](Xapian::WritableDatabase &db) {
            db.set_metadata(std::string(key, key_length), stored);
        });
    });
}

xc_status xc_writer_commit(xc_writer *writer, xc_error *err)
{
    return xc::guard(err, [=] {
        change(writer, [](Xapian::WritableDatabase &db) {
            db.commit_transaction();
            db.commit();
            db.begin_transaction(false);
        });
    });
}

void xc_writer_free(xc_writer *writer)
{
    (void)xc::guard(nullptr, [=] { delete writer; });
}
