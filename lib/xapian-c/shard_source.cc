#include "shard_source.hh"

xc::shard_source::shard_source(const char **uuid) : told_(uuid)
{
}

Xapian::doccount xc::shard_source::get_termfreq_min() const
{
    return n_docs();
}

Xapian::doccount xc::shard_source::get_termfreq_est() const
{
    return n_docs();
}

void xc::shard_source::next(double min_weight)
{
    order_source::next(min_weight);
    *told_ = uuid_.c_str();
}

void xc::shard_source::skip_to(Xapian::docid docid, double min_weight)
{
    order_source::skip_to(docid, min_weight);
    *told_ = uuid_.c_str();
}

Xapian::PostingSource *xc::shard_source::clone() const
{
    return new shard_source(told_);
}

void xc::shard_source::start(const Xapian::Database &shard)
{
    order_source::start(shard);
    uuid_ = shard.get_uuid();
}
