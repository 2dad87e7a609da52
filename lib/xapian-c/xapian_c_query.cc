/* Building queries. */
#include "order_source.hh"
#include "range_source.hh"
#include "weight_source.hh"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace
{

void give(xc_query **out, Xapian::Query query)
{
    auto made = std::make_unique<xc_query>();
    made->query = std::move(query);
    *out = made.release();
}

void clear_output(xc_query **out)
{
    xc::require(out != nullptr, "no output");
    *out = nullptr;
}

Xapian::Query::op operator_of(xc_operator op)
{
    switch (op) {
    case XC_AND:
        return Xapian::Query::OP_AND;
    case XC_OR:
        return Xapian::Query::OP_OR;
    case XC_AND_NOT:
        return Xapian::Query::OP_AND_NOT;
    case XC_FILTER:
        return Xapian::Query::OP_FILTER;
    case XC_AND_MAYBE:
        return Xapian::Query::OP_AND_MAYBE;
    case XC_MAX:
        return Xapian::Query::OP_MAX;
    case XC_SYNONYM:
        return Xapian::Query::OP_SYNONYM;
    }
    throw xc::failure(XC_INVALID_ARGUMENT, "unknown operator");
}

Xapian::Query combine(xc_operator op, const xc_query *const *parts, size_t n_parts)
{
    xc::require(parts || n_parts == 0, "no parts");
    std::vector<Xapian::Query> copies;
    copies.reserve(n_parts);
    for (size_t i = 0; i < n_parts; i++) {
        xc::require(parts[i] != nullptr, "no query");
        copies.push_back(parts[i]->query);
    }
    return Xapian::Query(operator_of(op), copies.begin(), copies.end());
}

int limit_of(xc_wildcard_limit limit)
{
    switch (limit) {
    case XC_WILDCARD_ERROR:
        return Xapian::Query::WILDCARD_LIMIT_ERROR;
    case XC_WILDCARD_FIRST:
        return Xapian::Query::WILDCARD_LIMIT_FIRST;
    case XC_WILDCARD_MOST_FREQUENT:
        return Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT;
    }
    throw xc::failure(XC_INVALID_ARGUMENT, "unknown wildcard limit");
}

Xapian::Query value_range(uint32_t slot, const char *lower, size_t lower_length, const char *upper,
                          size_t upper_length)
{
    xc::require(slot != XC_NO_SLOT, "no slot");
    xc::require(lower || upper, "the range is open at both ends");
    const std::string low = xc::to_string(lower, lower_length);
    const std::string high = xc::to_string(upper, upper_length);
    /* At least "" would be every document for libxapian; at least "\0" is every value. */
    if (!upper)
        return Xapian::Query(Xapian::Query::OP_VALUE_GE, slot,
                             low.empty() ? std::string(1, '\0') : low);
    if (!lower)
        return Xapian::Query(Xapian::Query::OP_VALUE_LE, slot, high);
    return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, low, high);
}

std::vector<xc_docid_range> checked_ranges(const xc_shard_ranges &shard)
{
    xc::require(shard.ranges || shard.n_ranges == 0, "no ranges");
    uint32_t last = 0;
    for (size_t i = 0; i < shard.n_ranges; i++) {
        const xc_docid_range &range = shard.ranges[i];
        xc::require(range.first > last && range.last >= range.first,
                    "the ranges are not ascending");
        last = range.last;
    }
    return std::vector<xc_docid_range>(shard.ranges, shard.ranges + shard.n_ranges);
}

Xapian::Query docid_ranges(const xc_shard_ranges *shards, size_t n_shards)
{
    xc::require(shards || n_shards == 0, "no shards");
    auto table = std::make_shared<xc::ranges_by_uuid>();
    for (size_t i = 0; i < n_shards; i++) {
        std::string uuid = xc::to_string(shards[i].uuid, shards[i].uuid_length);
        bool is_new = table->emplace(std::move(uuid), checked_ranges(shards[i])).second;
        xc::require(is_new, "a uuid occurs twice");
    }
    return Xapian::Query((new xc::range_source(std::move(table)))->release());
}

xc::weighted_docids checked_weights(const xc_shard_weights &shard)
{
    xc::require((shard.docids && shard.weights) || shard.n == 0, "no weights");
    xc::weighted_docids list = {shard.docids, shard.weights, shard.n, 0};
    uint32_t last = 0;
    for (size_t i = 0; i < shard.n; i++) {
        double weight = shard.weights[i];
        xc::require(shard.docids[i] > last, "the documents are not ascending");
        xc::require(std::isfinite(weight) && weight >= 0.0, "a weight is negative or no number");
        list.max_weight = std::max(list.max_weight, weight);
        last = shard.docids[i];
    }
    return list;
}

Xapian::Query docid_weights(const xc_shard_weights *shards, size_t n_shards)
{
    xc::require(shards || n_shards == 0, "no shards");
    auto table = std::make_shared<xc::weights_by_uuid>();
    for (size_t i = 0; i < n_shards; i++) {
        std::string uuid = xc::to_string(shards[i].uuid, shards[i].uuid_length);
        bool is_new = table->emplace(std::move(uuid), checked_weights(shards[i])).second;
        xc::require(is_new, "a uuid occurs twice");
    }
    return Xapian::Query((new xc::weight_source(std::move(table)))->release());
}

} // namespace

void xc_query_free(xc_query *query)
{
    (void)xc::guard(nullptr, [=] { delete query; });
}

xc_status xc_query_term(const char *term, size_t length, uint32_t wqf, xc_query **out,
                        xc_error *err)
{
    return xc::guard(err, [=] {
        clear_output(out);
        const std::string wanted = xc::to_string(term, length);
        xc::require(!wanted.empty(), "the term is empty");
        give(out, Xapian::Query(wanted, wqf));
    });
}

xc_status xc_query_combine(xc_operator op, const xc_query *const *parts, size_t n_parts,
                           xc_query **out, xc_error *err)
{
    return xc::guard(err, [=] {
        clear_output(out);
        give(out, combine(op, parts, n_parts));
    });
}

xc_status xc_query_scale(const xc_query *query, double factor, xc_query **out, xc_error *err)
{
    return xc::guard(err, [=] {
        clear_output(out);
        xc::require(query != nullptr, "no query");
        xc::require(std::isfinite(factor) && factor >= 0.0, "the factor is negative or no number");
        give(out, Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query->query, factor));
    });
}

xc_status xc_query_wildcard(const char *prefix, size_t length, uint32_t max_expansions,
                            xc_wildcard_limit limit, xc_operator op, xc_query **out, xc_error *err)
{
    return xc::guard(err, [=] {
        clear_output(out);
        const std::string start = xc::to_string(prefix, length);
        xc::require(!start.empty(), "the prefix is empty");
        xc::require(max_expansions > 0, "the expansions are not capped");
        xc::require(op == XC_SYNONYM || op == XC_OR || op == XC_MAX,
                    "expansions cannot be combined by this operator");
        give(out, Xapian::Query(Xapian::Query::OP_WILDCARD, start, max_expansions, limit_of(limit),
                                operator_of(op)));
    });
}

xc_status xc_query_value_range(uint32_t slot, const char *lower, size_t lower_length,
                               const char *upper, size_t upper_length, xc_query **out,
                               xc_error *err)
{
    return xc::guard(err, [=] {
        clear_output(out);
        give(out, value_range(slot, lower, lower_length, upper, upper_length));
    });
}

/* Not Xapian::Query::MatchAll: that is one object for all threads, counted without locks. */
xc_status xc_query_match_all(xc_query **out, xc_error *err)
{
    return xc::guard(err, [=] {
        clear_output(out);
        give(out, Xapian::Query(std::string()));
    });
}

xc_status xc_query_match_nothing(xc_query **out, xc_error *err)
{
    return xc::guard(err, [=] {
        clear_output(out);
        give(out, Xapian::Query());
    });
}

xc_status xc_query_docid_ranges(const xc_shard_ranges *shards, size_t n_shards, xc_query **out,
                                xc_error *err)
{
    return xc::guard(err, [=] {
        clear_output(out);
        give(out, docid_ranges(shards, n_shards));
    });
}

xc_status xc_query_docid_weights(const xc_shard_weights *shards, size_t n_shards, xc_query **out,
                                 xc_error *err)
{
    return xc::guard(err, [=] {
        clear_output(out);
        give(out, docid_weights(shards, n_shards));
    });
}

xc_status xc_query_in_order(const xc_query *query, xc_query **out, xc_error *err)
{
    return xc::guard(err, [=] {
        clear_output(out);
        xc::require(query != nullptr, "no query");
        Xapian::Query order((new xc::order_source)->release());
        give(out, Xapian::Query(Xapian::Query::OP_FILTER, query->query, order));
    });
}

xc_status xc_query_describe(const xc_query *query, char **text, xc_error *err)
{
    return xc::guard(err, [=] {
        xc::require(text != nullptr, "no output");
        *text = nullptr;
        xc::require(query != nullptr, "no query");
        *text = xc::duplicate(query->query.get_description());
    });
}
