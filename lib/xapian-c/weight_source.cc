#include "weight_source.hh"

#include <algorithm>

namespace
{

const xc::weighted_docids nothing;

} // namespace

xc::weight_source::weight_source(std::shared_ptr<const weights_by_uuid> table)
    : table_(std::move(table)), list_(&nothing)
{
}

Xapian::doccount xc::weight_source::get_termfreq_min() const
{
    return get_termfreq_max();
}

Xapian::doccount xc::weight_source::get_termfreq_est() const
{
    return get_termfreq_max();
}

Xapian::doccount xc::weight_source::get_termfreq_max() const
{
    return static_cast<Xapian::doccount>(list_->n);
}

Xapian::docid xc::weight_source::get_docid() const
{
    return list_->docids[at_];
}

double xc::weight_source::get_weight() const
{
    return list_->weights[at_];
}

void xc::weight_source::next(double)
{
    if (is_started_)
        at_++;
    is_started_ = true;
}

void xc::weight_source::skip_to(Xapian::docid docid, double)
{
    const Xapian::docid *docids = list_->docids, *end = docids + list_->n;
    is_started_ = true;
    /* Most often the next one or the one behind it is meant. */
    for (int step = 0; step < 2; step++) {
        if (at_ == list_->n || docids[at_] >= docid)
            return;
        at_++;
    }
    at_ = static_cast<size_t>(std::lower_bound(docids + at_, end, docid) - docids);
}

bool xc::weight_source::at_end() const
{
    return at_ == list_->n;
}

Xapian::PostingSource *xc::weight_source::clone() const
{
    return new weight_source(table_);
}

#if XAPIAN_AT_LEAST(1, 5, 0)
void xc::weight_source::reset(const Xapian::Database &shard, Xapian::doccount)
{
    start(shard);
}
#else
void xc::weight_source::init(const Xapian::Database &shard)
{
    start(shard);
}
#endif

void xc::weight_source::start(const Xapian::Database &shard)
{
    auto found = table_->find(shard.get_uuid());
    list_ = found == table_->end() ? &nothing : &found->second;
    at_ = 0;
    is_started_ = false;
    set_maxweight(list_->max_weight);
}
