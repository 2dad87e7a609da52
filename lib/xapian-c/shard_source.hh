/* A posting source of every document that notes which shard is being gone through: libxapian 1.4
 * does not tell a decider. Internal to this folder. */
#ifndef XAPIAN_C_SHARD_SOURCE_HH
#define XAPIAN_C_SHARD_SOURCE_HH

#include "handles.hh"

#include <string>

namespace xc
{

/* To be combined with the whole query. Before a document is offered to the decider all parts of an
 * AND are moved to it, this one too; the shards are gone through one after another. */
class shard_source : public Xapian::PostingSource
{
  public:
    /* *uuid: where the uuid of the shard that moved last is told; it must outlive the search. */
    explicit shard_source(const char **uuid);
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

  private:
    void start(const Xapian::Database &shard);

    const char **told_;
    std::string uuid_;
    Xapian::docid current_ = 0; /* 0 before the first */
    Xapian::docid last_ = 0;    /* of the shard */
    Xapian::doccount n_docs_ = 0;
};

} // namespace xc

#endif
