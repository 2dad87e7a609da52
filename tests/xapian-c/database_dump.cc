#include "database_dump.h"

#include <exception>
#include <string>
#include <xapian.h>

namespace
{

enum { N_SLOTS = 8 };

void put(FILE *out, const std::string &bytes)
{
    for (unsigned char byte : bytes) {
        if (byte < 0x20 || byte == '\\' || byte >= 0x7F)
            std::fprintf(out, "\\%02x", byte);
        else
            std::fputc(byte, out);
    }
}

void dump_statistics(const Xapian::Database &database, FILE *out)
{
    std::fprintf(out, "documents %u, last %u, words %llu, average %.17g, shortest %u, longest %u\n",
                 database.get_doccount(), database.get_lastdocid(),
                 static_cast<unsigned long long>(database.get_total_length()),
                 database.get_average_length(), database.get_doclength_lower_bound(),
                 database.get_doclength_upper_bound());
    std::fprintf(out, "positions %d\n", database.has_positions());
}

void dump_documents(const Xapian::Database &database, FILE *out)
{
    for (auto at = database.postlist_begin(""); at != database.postlist_end(""); ++at) {
        std::fprintf(out, "document %u: length %u, %u, data ", *at, at.get_doclength(),
                     database.get_doclength(*at));
        put(out, database.get_document(*at).get_data());
        std::fputc('\n', out);
    }
}

void dump_terms(const Xapian::Database &database, FILE *out)
{
    for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
        std::fputs("term ", out);
        put(out, *term);
        std::fprintf(out, ": %u, %llu, %u, %u:", term.get_termfreq(),
                     static_cast<unsigned long long>(database.get_collection_freq(*term)),
                     database.get_termfreq(*term), database.get_wdf_upper_bound(*term));
        for (auto at = database.postlist_begin(*term); at != database.postlist_end(*term); ++at)
            std::fprintf(out, " %u:%u", *at, at.get_wdf());
        std::fputc('\n', out);
    }
}

/* Each value twice: as the stream of its slot gives it, and as its document does. */
void dump_values(const Xapian::Database &database, FILE *out)
{
    for (Xapian::valueno slot = 0; slot < N_SLOTS; slot++) {
        std::fprintf(out, "slot %u: %u, ", slot, database.get_value_freq(slot));
        put(out, database.get_value_lower_bound(slot));
        std::fputs(" to ", out);
        put(out, database.get_value_upper_bound(slot));
        std::fputc('\n', out);
        for (auto at = database.valuestream_begin(slot); at != database.valuestream_end(slot);
             ++at) {
            std::fprintf(out, "value %u of %u: ", slot, at.get_docid());
            put(out, *at);
            std::fputs(" = ", out);
            put(out, database.get_document(at.get_docid()).get_value(slot));
            std::fputc('\n', out);
        }
    }
}

void dump_metadata(const Xapian::Database &database, FILE *out)
{
    for (auto key = database.metadata_keys_begin(); key != database.metadata_keys_end(); ++key) {
        std::fputs("metadata ", out);
        put(out, *key);
        std::fputs(": ", out);
        put(out, database.get_metadata(*key));
        std::fputc('\n', out);
    }
}

} // namespace

bool pil_database_dump(const char *path, FILE *out)
{
    try {
        Xapian::Database database(path);
        dump_statistics(database, out);
        dump_documents(database, out);
        dump_terms(database, out);
        dump_values(database, out);
        dump_metadata(database, out);
        return true;
    } catch (const Xapian::Error &error) {
        std::fprintf(out, "libxapian fails: %s\n", error.get_description().c_str());
    } catch (const std::exception &error) {
        std::fprintf(out, "dumping fails: %s\n", error.what());
    }
    return false;
}
