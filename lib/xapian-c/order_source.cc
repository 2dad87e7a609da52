#include "order_source.hh"

#include <algorithm>

Xapian::doccount xc::order_source::get_termfreq_min() const
{
    return 0;
}

Xapian::doccount xc::order_source::get_termfreq_est() const
{
    return 0;
}

Xapian::doccount xc::order_source::get_termfreq_max() const
{
    return n_docs_;
}

Xapian::docid xc::order_source::get_docid() const
{
    return current_;
}

void xc::order_source::next(double)
{
    current_++;
}

void xc::order_source::skip_to(Xapian::docid docid, double)
{
    current_ = std::max(current_, docid);
}

bool xc::order_source::at_end() const
{
    return current_ > last_;
}

Xapian::PostingSource *xc::order_source::clone() const
{
    return new order_source;
}

#if XAPIAN_AT_LEAST(1, 5, 0)
void xc::order_source::reset(const Xapian::Database &shard, Xapian::doccount)
{
    start(shard);
}
#else
void xc::order_source::init(const Xapian::Database &shard)
{
    start(shard);
}
#endif

Xapian::doccount xc::order_source::n_docs() const
{
    return n_docs_;
}

void xc::order_source::start(const Xapian::Database &shard)
{
    current_ = 0;
    last_ = shard.get_lastdocid();
    n_docs_ = shard.get_doccount();
}
