/* A posting source of documents with weights of their own, by shard. Internal to this folder. */
#ifndef XAPIAN_C_WEIGHT_SOURCE_HH
#define XAPIAN_C_WEIGHT_SOURCE_HH

#include "handles.hh"

#include <map>
#include <memory>
#include <string>

namespace xc
{

/* Borrowed from the caller of xc_query_docid_weights. */
struct weighted_docids {
    const Xapian::docid *docids = nullptr; /* [0..n), ascending */
    const double *weights = nullptr;       /* [0..n) */
    size_t n = 0;
    double max_weight = 0;
};

using weights_by_uuid = std::map<std::string, weighted_docids>;

/* Walks the documents of the shard that libxapian sets it on; a clone, which libxapian makes for
 * each shard, shares the table. */
class weight_source : public Xapian::PostingSource
{
  public:
    explicit weight_source(std::shared_ptr<const weights_by_uuid> table);

    Xapian::doccount get_termfreq_min() const override;
    Xapian::doccount get_termfreq_est() const override;
    Xapian::doccount get_termfreq_max() const override;
    Xapian::docid get_docid() const override;
    double get_weight() const override;
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

    std::shared_ptr<const weights_by_uuid> table_;
    const weighted_docids *list_; /* of this shard, in *table_ or none */
    size_t at_ = 0;               /* in list_ */
    bool is_started_ = false;     /* on the first, or behind it */
};

} // namespace xc

#endif
