/* A posting source of every document that notes which shard is being gone through: libxapian 1.4
 * does not tell a decider. Internal to this folder. */
#ifndef XAPIAN_C_SHARD_SOURCE_HH
#define XAPIAN_C_SHARD_SOURCE_HH

#include "order_source.hh"

#include <string>

namespace xc
{

/* To be combined with the whole query. Before a document is offered to the decider all parts of an
 * AND are moved to it, this one too; the shards are gone through one after another. Unlike its base
 * it says how many documents it has, so that it does not lead. */
class shard_source : public order_source
{
  public:
    /* *uuid: where the uuid of the shard that moved last is told; it must outlive the search. */
    explicit shard_source(const char **uuid);
    Xapian::doccount get_termfreq_min() const override;
    Xapian::doccount get_termfreq_est() const override;
    void next(double min_weight) override;
    void skip_to(Xapian::docid docid, double min_weight) override;
    Xapian::PostingSource *clone() const override;

  protected:
    void start(const Xapian::Database &shard) override;

  private:
    const char **told_;
    std::string uuid_;
};

} // namespace xc

#endif
