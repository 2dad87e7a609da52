/* Searching. */
#include "handles.hh"
#include "shard_source.hh"

#include <algorithm>
#include <deque>
#include <exception>
#include <memory>
#include <string>
#include <vector>

/* The error of an accessor waits here until the C predicate has returned. */
struct xc_candidate {
    const Xapian::Document *document;
    const char *shard; /* NULL unless it was asked for */
    std::string data;
    std::string value;
    std::exception_ptr failed;
};

namespace
{

/* Results with what they point into. */
struct owned_results : xc_results {
    std::vector<xc_hit> hit_store;
    std::vector<xc_facet> facet_store;
    std::deque<std::vector<xc_facet_value>> value_store;
    std::deque<std::string> text_store;
};

class predicate : public Xapian::MatchDecider
{
  public:
    predicate(xc_decider decide, void *context) : decide_(decide), context_(context)
    {
    }

    bool operator()(const Xapian::Document &document) const override
    {
        n_calls_++;
        candidate_.document = &document;
        xc_verdict verdict = decide_(context_, &candidate_);
        if (candidate_.failed)
            std::rethrow_exception(candidate_.failed);
        if (verdict == XC_CANCEL)
            throw xc::failure(XC_CANCELLED, "the decider ended the search");
        return verdict != XC_REJECT;
    }

    /* Where the shard is to be told. */
    const char **shard() const
    {
        return &candidate_.shard;
    }

    uint64_t n_calls() const
    {
        return n_calls_;
    }

  private:
    xc_decider decide_;
    void *context_;
    mutable xc_candidate candidate_ = {};
    mutable uint64_t n_calls_ = 0;
};

/* Runs read, keeping what it throws for the predicate. */
template <typename Read> void read_candidate(xc_candidate *candidate, Read &&read)
{
    try {
        read(*candidate->document);
    } catch (...) {
        candidate->failed = std::current_exception();
        throw;
    }
}

xc_search_options default_options()
{
    xc_search_options options = {};
    options.max_hits = 10;
    options.weighting = XC_WEIGHT_BM25;
    options.bm25 = {1.0, 0.0, 1.0, 0.5, 0.5};
    options.collapse_slot = XC_NO_SLOT;
    options.collapse_max = 1;
    options.sort = XC_SORT_RELEVANCE;
    options.sort_slot = XC_NO_SLOT;
    return options;
}

void set_weighting(Xapian::Enquire &enquire, const xc_search_options &options)
{
    switch (options.weighting) {
    case XC_WEIGHT_BM25: {
        const xc_bm25 &bm25 = options.bm25;
        xc::require(bm25.k1 >= 0 && bm25.k2 >= 0 && bm25.k3 >= 0 && bm25.b >= 0 && bm25.b <= 1 &&
                        bm25.min_normlen >= 0,
                    "a BM25 parameter is out of range");
        enquire.set_weighting_scheme(
            Xapian::BM25Weight(bm25.k1, bm25.k2, bm25.k3, bm25.b, bm25.min_normlen));
        return;
    }
    case XC_WEIGHT_NONE:
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        return;
    }
    throw xc::failure(XC_INVALID_ARGUMENT, "unknown weighting");
}

void set_sort(Xapian::Enquire &enquire, const xc_search_options &options)
{
    bool descending = !options.sort_ascending;
    xc::require(options.sort == XC_SORT_RELEVANCE || options.sort_slot != XC_NO_SLOT,
                "no slot to sort by");
    switch (options.sort) {
    case XC_SORT_RELEVANCE:
        return;
    case XC_SORT_VALUE:
        enquire.set_sort_by_value(options.sort_slot, descending);
        return;
    case XC_SORT_VALUE_RELEVANCE:
        enquire.set_sort_by_value_then_relevance(options.sort_slot, descending);
        return;
    case XC_SORT_RELEVANCE_VALUE:
        enquire.set_sort_by_relevance_then_value(options.sort_slot, descending);
        return;
    }
    throw xc::failure(XC_INVALID_ARGUMENT, "unknown order");
}

void take_hits(const Xapian::MSet &found, uint32_t n_shards, owned_results &results)
{
    results.hit_store.reserve(found.size());
    for (Xapian::MSetIterator i = found.begin(); i != found.end(); ++i) {
        xc_hit hit = {};
        hit.docid = *i;
        hit.shard = xc_shard_of(hit.docid, n_shards);
        hit.local_docid = xc_local_docid(hit.docid, n_shards);
        hit.weight = i.get_weight();
        hit.percent = i.get_percent();
        hit.collapse_count = i.get_collapse_count();
        results.hit_store.push_back(hit);
    }
    results.hits = results.hit_store.data();
    results.n_hits = results.hit_store.size();
    results.matches_lower = found.get_matches_lower_bound();
    results.matches_estimated = found.get_matches_estimated();
    results.matches_upper = found.get_matches_upper_bound();
}

/* libxapian gives the values in byte order; a stable sort keeps that among equals. */
void take_facet(uint32_t slot, const Xapian::ValueCountMatchSpy &spy, owned_results &results)
{
    results.value_store.emplace_back();
    std::vector<xc_facet_value> &values = results.value_store.back();
    for (Xapian::TermIterator i = spy.values_begin(); i != spy.values_end(); ++i) {
        results.text_store.push_back(*i);
        const std::string &text = results.text_store.back();
        values.push_back({text.c_str(), text.size(), i.get_termfreq()});
    }
    std::stable_sort(
        values.begin(), values.end(),
        [](const xc_facet_value &a, const xc_facet_value &b) { return a.n_docs > b.n_docs; });
    results.facet_store.push_back(
        {slot, static_cast<uint32_t>(spy.get_total()), values.data(), values.size()});
    results.facets = results.facet_store.data();
    results.n_facets = results.facet_store.size();
}

/* The query, going through which tells the decider the shard. */
Xapian::Query told(const Xapian::Query &query, const predicate &decider)
{
    Xapian::Query shard((new xc::shard_source(decider.shard()))->release());
    return {Xapian::Query::OP_FILTER, query, shard};
}

/* The spies and the decider must outlive the Enquire, and are never moved. */
std::unique_ptr<owned_results> search(const Xapian::Database &db, const Xapian::Query &query,
                                      const xc_search_options &options)
{
    std::deque<Xapian::ValueCountMatchSpy> spies;
    const predicate decider(options.decider, options.decider_context);
    Xapian::Enquire enquire(db);
    enquire.set_query(options.tells_shard ? told(query, decider) : query);
    set_weighting(enquire, options);
    set_sort(enquire, options);
    if (options.collapse_slot != XC_NO_SLOT) {
        xc::require(options.collapse_max > 0, "collapsing to no hits");
        enquire.set_collapse_key(options.collapse_slot, options.collapse_max);
    }
    xc::require(options.facet_slots || options.n_facet_slots == 0, "no facet slots");
    for (size_t i = 0; i < options.n_facet_slots; i++) {
        xc::require(options.facet_slots[i] != XC_NO_SLOT, "no slot");
        spies.emplace_back(options.facet_slots[i]);
        enquire.add_matchspy(&spies.back());
    }

    const Xapian::doccount n_docs = db.get_doccount();
    const Xapian::MSet found = enquire.get_mset(
        std::min(options.first, n_docs), std::min(options.max_hits, n_docs),
        std::min(options.check_at_least, n_docs), nullptr, options.decider ? &decider : nullptr);

    auto results = std::make_unique<owned_results>();
    take_hits(found, static_cast<uint32_t>(db.size()), *results);
    results->n_decided = decider.n_calls();
    for (size_t i = 0; i < options.n_facet_slots; i++)
        take_facet(options.facet_slots[i], spies[i], *results);
    return results;
}

} // namespace

uint32_t xc_candidate_docid(const xc_candidate *candidate)
{
    return xc::guard_value(uint32_t(0), [=] {
        xc::require(candidate != nullptr, "no candidate");
        return candidate->document->get_docid();
    });
}

const char *xc_candidate_shard(const xc_candidate *candidate)
{
    return xc::guard_value(static_cast<const char *>(nullptr), [=] {
        xc::require(candidate != nullptr, "no candidate");
        return candidate->shard;
    });
}

xc_status xc_candidate_data(xc_candidate *candidate, const char **data, size_t *length,
                            xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(candidate && data && length, "no candidate or no output");
        *data = nullptr;
        *length = 0;
        read_candidate(candidate, [=](const Xapian::Document &document) {
            candidate->data = document.get_data();
        });
        *data = candidate->data.c_str();
        *length = candidate->data.size();
    });
}

xc_status xc_candidate_value(xc_candidate *candidate, uint32_t slot, const char **value,
                             size_t *length, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(candidate && value && length, "no candidate or no output");
        *value = nullptr;
        *length = 0;
        xc::require(slot != XC_NO_SLOT, "no slot");
        read_candidate(candidate, [=](const Xapian::Document &document) {
            candidate->value = document.get_value(slot);
        });
        *value = candidate->value.c_str();
        *length = candidate->value.size();
    });
}

void xc_search_options_init(xc_search_options *options)
{
    (void)xc::guard(nullptr, [=] {
        xc::require(options != nullptr, "no options");
        *options = default_options();
    });
}

xc_status xc_search(xc_database *database, const xc_query *query, const xc_search_options *options,
                    xc_results **out, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(out != nullptr, "no output");
        *out = nullptr;
        xc::require(query != nullptr, "no query");
        const xc_search_options &chosen = options ? *options : default_options();
        *out = search(xc::open_database(database), query->query, chosen).release();
    });
}

void xc_results_free(xc_results *results)
{
    (void)xc::guard(nullptr, [=] { delete static_cast<owned_results *>(results); });
}
