/* Compacting and checking databases. */
#include "handles.hh"

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace
{

/* Before 1.4.31 the smallest level has faults with items larger than a block; some write past the
 * end of a buffer. */
bool fuller_is_safe()
{
    const int version[] = {Xapian::major_version(), Xapian::minor_version(), Xapian::revision()};
    const int fixed[] = {1, 4, 31};
    return !std::lexicographical_compare(version, version + 3, fixed, fixed + 3);
}

unsigned compaction_flags(unsigned flags)
{
    const unsigned levels = 0x0f;
    const unsigned known =
        levels | XC_COMPACT_NO_RENUMBER | XC_COMPACT_MULTIPASS | XC_COMPACT_SINGLE_FILE;
    const unsigned level = flags & levels;
    xc::require((flags & ~known) == 0 && level <= XC_COMPACT_FULLER, "unknown flags");
    if (level == XC_COMPACT_FULLER && !fuller_is_safe())
        throw xc::failure(XC_UNSUPPORTED, "this level is not safe in libxapian before 1.4.31");
    unsigned result = Xapian::Compactor::STANDARD;
    if (level == XC_COMPACT_FULL)
        result = Xapian::Compactor::FULL;
    else if (level == XC_COMPACT_FULLER)
        result = Xapian::Compactor::FULLER;
    if (flags & XC_COMPACT_NO_RENUMBER)
        result |= Xapian::DBCOMPACT_NO_RENUMBER;
    if (flags & XC_COMPACT_MULTIPASS)
        result |= Xapian::DBCOMPACT_MULTIPASS;
    if (flags & XC_COMPACT_SINGLE_FILE)
        result |= Xapian::DBCOMPACT_SINGLE_FILE;
    return result;
}

bool is_absent(const char *path)
{
    return std::filesystem::symlink_status(path).type() == std::filesystem::file_type::not_found;
}

/* libxapian's own choice for metadata that several inputs have is the first; a compactor of ours
 * makes sure that it stays so. */
class first_metadata_wins : public Xapian::Compactor
{
  public:
    std::string resolve_duplicate_metadata(const std::string &, size_t,
                                           const std::string tags[]) override
    {
        return tags[0];
    }
};

void compact(const char *const *inputs, size_t n_inputs, const char *output, unsigned flags,
             uint32_t block_size_bytes)
{
    Xapian::Database db;
    for (size_t i = 0; i < n_inputs; i++)
        db.add_database(Xapian::Database(std::string(inputs[i])));
    first_metadata_wins compactor;
    db.compact(std::string(output), flags, static_cast<int>(block_size_bytes), compactor);
}

} // namespace

xc_status xc_compact(const char *const *inputs, size_t n_inputs, const char *output, unsigned flags,
                     uint32_t block_size_bytes, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(inputs && n_inputs > 0, "no inputs");
        xc::require(std::all_of(inputs, inputs + n_inputs, [](const char *path) { return path; }),
                    "no path");
        xc::require(output != nullptr, "no output");
        const unsigned options = compaction_flags(flags);
        xc::require_block_size(block_size_bytes);
        if (!is_absent(output)) /* libxapian would write over it */
            throw xc::failure(XC_EXISTS, "the output exists already");
        compact(inputs, n_inputs, output, options, block_size_bytes);
    });
}

xc_status xc_check(const char *path, size_t *n_errors, char **report, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(n_errors != nullptr, "no output");
        *n_errors = 0;
        if (report)
            *report = nullptr;
        xc::require(path != nullptr, "no path");
        if (is_absent(path))
            throw xc::failure(XC_NOT_FOUND, "there is nothing at this path");
        std::ostringstream text;
        size_t found = Xapian::Database::check(std::string(path), 0, &text);
        if (report)
            *report = xc::duplicate(text.str());
        *n_errors = found;
    });
}
