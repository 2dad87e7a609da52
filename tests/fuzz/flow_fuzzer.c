/* A width, ranges and a text: lines fit, nothing unsafe is in them, and the ranges stay in order
 * and inside. The first byte is the width, the second how many ranges there are, the third what
 * is kept; four bytes a range follow: its distance from the one before, in two bytes, its length
 * and its word. */
#include "base/utf8.h"
#include "cli/terminal_text.h"
#include "query/flow.h"

#include <stdlib.h>
#include <uniwidth.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD_BYTES = 3, RANGE_BYTES = 4, RANGES_MAX = 255 };

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void check_text(const pil_flow *flow)
{
    for (size_t at = 0; at < flow->text.length;) {
        bool is_valid;
        uint32_t character = pil_utf8_next(flow->text.bytes, flow->text.length, &at, &is_valid);
        require(is_valid && !pil_terminal_is_unsafe(character));
    }
}

static void check_ranges(const pil_flow *flow)
{
    size_t end = 0;
    for (size_t i = 0; i < flow->n_ranges; i++) {
        require(flow->ranges[i].begin >= end && flow->ranges[i].begin < flow->ranges[i].end);
        end = flow->ranges[i].end;
        require(end <= flow->text.length);
    }
}

/* Only a single wide character is wider than its line. */
static void check_lines(const pil_flow *flow, unsigned width)
{
    size_t end = 0;
    for (size_t i = 0; i < flow->n_lines; i++) {
        const pil_flow_line *line = &flow->lines[i];
        require(line->begin_byte >= end && line->end_byte > line->begin_byte);
        for (; end < line->begin_byte; end++)
            require(flow->text.bytes[end] == ' ');
        end = line->end_byte;
        const uint8_t *bytes = (const uint8_t *)flow->text.bytes + line->begin_byte;
        int columns = u8_width(bytes, line->end_byte - line->begin_byte, "UTF-8");
        require(columns <= (int)width || width == 1);
    }
    require(end == flow->text.length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < HEAD_BYTES)
        return 0;
    unsigned width = data[0] % 100u + 1;
    size_t n_ranges = data[1];
    pil_flow_keep keep = (pil_flow_keep)(data[2] % 3);
    if (size < HEAD_BYTES + n_ranges * RANGE_BYTES)
        return 0;
    pil_match_range ranges[RANGES_MAX];
    uint32_t end = 0;
    const uint8_t *at = data + HEAD_BYTES;
    for (size_t i = 0; i < n_ranges; i++, at += RANGE_BYTES) {
        uint32_t begin = end + at[0] * 256u + at[1];
        end = begin + at[2];
        ranges[i] = (pil_match_range){begin, end, at[3]};
    }
    pil_flow flow;
    pil_flow_init(&flow);
    require(pil_flow_set(&flow, (const char *)at, size - (size_t)(at - data), ranges, n_ranges) ==
            PIL_OK);
    check_text(&flow);
    check_ranges(&flow);
    require(pil_flow_break(&flow, width) == PIL_OK);
    require(pil_flow_trim(&flow, width, (size_t)width * 3, keep) == PIL_OK);
    check_ranges(&flow);
    require(pil_flow_wrap(&flow, width) == PIL_OK);
    check_lines(&flow, width);
    if (width >= 2) {
        require(pil_flow_shorten(&flow, width) == PIL_OK);
        check_text(&flow);
        int columns = u8_width((const uint8_t *)flow.text.bytes, flow.text.length, "UTF-8");
        require(columns <= (int)width);
    }
    pil_flow_dispose(&flow);
    return 0;
}
