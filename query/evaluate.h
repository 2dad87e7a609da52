/* The hits of a topic against what was judged. */
#ifndef QUERY_EVALUATE_H
#define QUERY_EVALUATE_H

#include "judged_names.h"
#include "measures.h"
#include "search/hit.h"

/* The measures of hits[0..n) for topic, one of qrels. Where articles are judged, an article stands
 * where its best paragraph does. Hits are ordered as trec_eval orders those of a run: by score,
 * which it reads with the six decimals of a run into a float; of equal ones that with the greater
 * name first. cwd as in pil_path_display. PIL_NO_MEMORY. */
PIL_NODISCARD pil_status pil_evaluate(const pil_qrels *qrels, const pil_qrels_topic *topic,
                                      pil_naming naming, const pil_hit *hits, size_t n,
                                      const char *cwd, pil_measures *out, pil_error *err);

#endif
