#include "range_source.hh"

#include <algorithm>

namespace
{

const std::vector<xc_docid_range> no_ranges;

} // namespace

xc::range_source::range_source(std::shared_ptr<const ranges_by_uuid> table)
    : table_(std::move(table)), ranges_(&no_ranges)
{
}

Xapian::doccount xc::range_source::get_termfreq_min() const
{
    return n_min_;
}

Xapian::doccount xc::range_source::get_termfreq_est() const
{
    return n_min_ + (n_max_ - n_min_) / 2;
}

Xapian::doccount xc::range_source::get_termfreq_max() const
{
    return n_max_;
}

Xapian::docid xc::range_source::get_docid() const
{
    return current_;
}

void xc::range_source::next(double min_weight)
{
    /* Past the last range, current_ + 1 may wrap round, but then nothing looks at it. */
    range_source::skip_to(current_ + 1, min_weight);
}

void xc::range_source::skip_to(Xapian::docid docid, double)
{
    if (at_ < ranges_->size() && docid == 0)
        at_ = ranges_->size(); /* next() after the highest id there can be */
    auto range =
        std::lower_bound(ranges_->begin() + static_cast<std::ptrdiff_t>(at_), ranges_->end(), docid,
                         [](const xc_docid_range &candidate, Xapian::docid wanted) {
                             return candidate.last < wanted;
                         });
    at_ = static_cast<size_t>(range - ranges_->begin());
    if (range != ranges_->end())
        current_ = std::max({current_, docid, range->first});
}

bool xc::range_source::at_end() const
{
    return at_ == ranges_->size() || current_ > last_;
}

Xapian::PostingSource *xc::range_source::clone() const
{
    return new range_source(table_);
}

#if XAPIAN_AT_LEAST(1, 5, 0)
void xc::range_source::reset(const Xapian::Database &shard, Xapian::doccount)
{
    start(shard);
}
#else
void xc::range_source::init(const Xapian::Database &shard)
{
    start(shard);
}
#endif

/* The bounds are exact when the shard has no gaps: n_max_ ids are selected up to its last one, of
 * which those that it lacks may or may not be some. */
void xc::range_source::start(const Xapian::Database &shard)
{
    auto found = table_->find(shard.get_uuid());
    ranges_ = found == table_->end() ? &no_ranges : &found->second;
    at_ = 0;
    current_ = 0;
    last_ = shard.get_lastdocid();
    Xapian::doccount n_selected = 0;
    for (const xc_docid_range &range : *ranges_) {
        if (range.first > last_)
            break;
        n_selected += std::min(range.last, last_) - range.first + 1;
    }
    Xapian::doccount n_docs = shard.get_doccount();
    Xapian::doccount n_gaps = last_ - n_docs;
    n_max_ = std::min(n_selected, n_docs);
    n_min_ = n_selected > n_gaps ? n_selected - n_gaps : 0;
}
