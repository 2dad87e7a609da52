/* A posting source of docid ranges by shard. Internal to this folder. */
#ifndef XAPIAN_C_RANGE_SOURCE_HH
#define XAPIAN_C_RANGE_SOURCE_HH

#include "handles.hh"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace xc
{

using ranges_by_uuid = std::map<std::string, std::vector<xc_docid_range>>;

/* Walks the ranges of the shard that libxapian sets it on; a clone, which libxapian makes for each
 * shard, shares the table. Weight 0. */
class range_source : public Xapian::PostingSource
{
  public:
    explicit range_source(std::shared_ptr<const ranges_by_uuid> table);

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

    std::shared_ptr<const ranges_by_uuid> table_;
    const std::vector<xc_docid_range> *ranges_; /* of this shard, in *table_ or none */
    size_t at_ = 0;                             /* the range that current_ is in */
    Xapian::docid current_ = 0;                 /* 0 before the first */
    Xapian::docid last_ = 0;                    /* of the shard */
    Xapian::doccount n_min_ = 0, n_max_ = 0;
};

} // namespace xc

#endif
