#include "shard_source.hh"

#include <algorithm>

xc::shard_source::shard_source(const char **uuid) : told_(uuid)
{
}

Xapian::doccount xc::shard_source::get_termfreq_min() const
{
    return n_docs_;
}

Xapian::doccount xc::shard_source::get_termfreq_est() const
{
    return n_docs_;
}

Xapian::doccount xc::shard_source::get_termfreq_max() const
{
    return n_docs_;
}

Xapian::docid xc::shard_source::get_docid() const
{
    return current_;
}

void xc::shard_source::next(double min_weight)
{
    shard_source::skip_to(current_ + 1, min_weight);
}

void xc::shard_source::skip_to(Xapian::docid docid, double)
{
    current_ = std::max(current_, docid);
    *told_ = uuid_.c_str();
}

bool xc::shard_source::at_end() const
{
    return current_ > last_;
}

Xapian::PostingSource *xc::shard_source::clone() const
{
    return new shard_source(told_);
}

#if XAPIAN_AT_LEAST(1, 5, 0)
void xc::shard_source::reset(const Xapian::Database &shard, Xapian::doccount)
{
    start(shard);
}
#else
void xc::shard_source::init(const Xapian::Database &shard)
{
    start(shard);
}
#endif

void xc::shard_source::start(const Xapian::Database &shard)
{
    uuid_ = shard.get_uuid();
    current_ = 0;
    last_ = shard.get_lastdocid();
    n_docs_ = shard.get_doccount();
}
