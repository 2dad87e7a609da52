/* A posting source of every document that leads a query through them. Internal to this folder. */
#ifndef XAPIAN_C_ORDER_SOURCE_HH
#define XAPIAN_C_ORDER_SOURCE_HH

#include "handles.hh"

namespace xc
{

/* Claims to have no document, so that libxapian lets it lead: the rarest part of an AND does. */
class order_source : public Xapian::PostingSource
{
  public:
    Xapian::doccount get_termfreq_min() const override;
    Xapian::doccount get_termfreq_est() const override;
    Xapian::doccount get_termfreq_max() const override;
    Xapian::docid get_docid() const override;
    void next(double min_weight) override;
    void skip_to(Xapian::docid docid, double min_weight) override;
    bool at_end() const override;
    Xapian::PostingSource *clone() const override;
#if XAPIAN_AT_LEAST(1, 5, 0)
    void reset(const Xapian::Database &shard, Xapian::doccount shard_index) override;
#else
    void init(const Xapian::Database &shard) override;
#endif

  protected:
    virtual void start(const Xapian::Database &shard);
    Xapian::doccount n_docs() const;

  private:
    Xapian::docid current_ = 0; /* 0 before the first */
    Xapian::docid last_ = 0;    /* of the shard */
    Xapian::doccount n_docs_ = 0;
};

} // namespace xc

#endif
