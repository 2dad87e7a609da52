#include "comparison_svg.h"

#include "base/utf8.h"
#include "cli/terminal_text.h"
#include "output.h"

#include <math.h>
#include <string.h>

/* In pixels of a picture that is shown as large as it says. */
enum {
    WIDTH = 900,
    MARGIN = 20,
    LINE = 20,     /* of text */
    ZERO_X = 545,  /* of the line from which the bars go */
    HALF = 290,    /* to the end of the axis; values stand beyond it */
    NAME_X = 195,  /* where the names of topics end */
    BARS_Y = 140,  /* above are the words */
    ROW = 18,      /* of a topic with its name */
    BAR = 12,      /* in it */
    UNNAMED = 900, /* height of all topics without names */
    GAP = 4,
    NAME_MAX_BYTES = 24
};

typedef struct picture {
    pil_output output;
    const pil_comparison *comparison;
    const pil_compared_means *means;
    bool has_names;
    double row, bar;  /* heights */
    double bottom;    /* of the last row */
    double end, step; /* of the axis, as a difference */
} picture;

/* ---- text ---- */

/* Of what came from outside: nothing in it is markup or forbidden in XML. */
static void put_escaped(picture *self, const char *text, size_t length)
{
    pil_buffer safe;
    pil_buffer_init(&safe, SIZE_MAX / 2);
    if (pil_terminal_escape(text, length, 0, &safe) != PIL_OK)
        self->output.failed = PIL_NO_MEMORY;
    for (size_t i = 0; i < safe.length; i++) {
        const char *at = safe.bytes + i;
        if (*at == '&')
            pil_output_string(&self->output, "&amp;");
        else if (*at == '<')
            pil_output_string(&self->output, "&lt;");
        else if (*at == '>')
            pil_output_string(&self->output, "&gt;");
        else if (strncmp(at, "\xEF\xBF\xBE", 3) == 0 || strncmp(at, "\xEF\xBF\xBF", 3) == 0)
            i += 2; /* U+FFFE and U+FFFF are no characters of XML */
        else
            pil_output_bytes(&self->output, at, 1);
    }
    pil_buffer_dispose(&safe);
}

static void put_way(picture *self, size_t way)
{
    const char *options = self->comparison->options[way];
    pil_output_string(&self->output, way == PIL_WAY_A ? "A: " : "B: ");
    if (*options == '\0')
        pil_output_string(&self->output, "as given");
    else
        put_escaped(self, options, strlen(options));
}

static void put_summary(picture *self)
{
    const pil_compared_means *means = self->means;
    double a = means->ways[PIL_WAY_A], b = means->ways[PIL_WAY_B], p = means->test.p;
    pil_output_format(&self->output,
                      "%zu topics: B is better for %zu, A for %zu, equal for %zu. Mean %.4f and "
                      "%.4f, difference %+.4f, p %s %.4f",
                      self->comparison->n_topics, means->n_wins[PIL_WAY_B],
                      means->n_wins[PIL_WAY_A], means->n_ties, a, b, b - a,
                      p < 0.0001 ? "&lt;" : "=", p < 0.0001 ? 0.0001 : p);
}

/* ---- what stands around the bars ---- */

static void put_begin(picture *self)
{
    const char *measure = pil_measure_titles[PIL_COMPARED_MEASURE];
    double height = self->bottom + MARGIN;
    pil_output_format(&self->output,
                      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%.0f\" "
                      "viewBox=\"0 0 %d %.0f\" role=\"img\" aria-labelledby=\"title desc\">\n"
                      "<title id=\"title\">%s by topic, B compared with A</title>\n"
                      "<desc id=\"desc\">",
                      WIDTH, height, WIDTH, height, measure);
    put_way(self, PIL_WAY_A);
    pil_output_string(&self->output, ". ");
    put_way(self, PIL_WAY_B);
    pil_output_string(&self->output, ". ");
    put_summary(self);
    pil_output_string(&self->output, "</desc>\n");
    pil_output_string(&self->output, "<style>\n"
                                     "text { fill: #1f2328; font: 13px system-ui, sans-serif }\n"
                                     ".ground { fill: #ffffff }\n"
                                     ".title { font-size: 17px; font-weight: bold }\n"
                                     ".small { font-size: 11px; fill: #59636e }\n"
                                     ".end { text-anchor: end }\n"
                                     ".middle { text-anchor: middle }\n"
                                     "rect { shape-rendering: crispEdges }\n"
                                     "line { stroke: #d1d9e0 }\n"
                                     ".zero { stroke: #59636e }\n"
                                     ".a { fill: #b35900 }\n"
                                     ".b { fill: #0969da }\n");
    pil_output_string(&self->output, "@media (prefers-color-scheme: dark) {\n"
                                     "text { fill: #e6edf3 }\n"
                                     ".ground { fill: #0d1117 }\n"
                                     ".small { fill: #9198a1 }\n"
                                     "line { stroke: #30363d }\n"
                                     ".zero { stroke: #9198a1 }\n"
                                     ".a { fill: #f0883e }\n"
                                     ".b { fill: #58a6ff }\n"
                                     "}\n"
                                     "</style>\n"
                                     "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
}

static void put_words(picture *self)
{
    int y = MARGIN + LINE / 2;
    pil_output_format(&self->output, "<text class=\"title\" x=\"%d\" y=\"%d\">%s by topic</text>\n",
                      MARGIN, y, pil_measure_titles[PIL_COMPARED_MEASURE]);
    for (size_t way = 0; way < PIL_N_WAYS; way++) {
        y += LINE;
        pil_output_format(&self->output, "<text x=\"%d\" y=\"%d\">", MARGIN, y);
        put_way(self, way);
        pil_output_string(&self->output, "</text>\n");
    }
    pil_output_format(&self->output, "<text x=\"%d\" y=\"%d\">", MARGIN, y + LINE);
    put_summary(self);
    pil_output_string(&self->output, "</text>\n");
}

static double x_of(const picture *self, double difference)
{
    return ZERO_X + difference / self->end * HALF;
}

static void put_axis(picture *self)
{
    int n_steps = (int)lround(self->end / self->step);
    for (int i = -n_steps; i <= n_steps; i++) {
        double value = i * self->step, x = x_of(self, value);
        pil_output_format(&self->output,
                          "<text class=\"small middle\" x=\"%.1f\" y=\"%d\">%s%.4g</text>\n"
                          "<line%s x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%.0f\"/>\n",
                          x, BARS_Y - 2 * GAP, i > 0 ? "+" : "", value,
                          i == 0 ? " class=\"zero\"" : "", x, BARS_Y - GAP, x, self->bottom + GAP);
    }
    pil_output_format(&self->output,
                      "<text class=\"a end\" x=\"%d\" y=\"%d\">A is better</text>\n"
                      "<text class=\"b\" x=\"%d\" y=\"%d\">B is better</text>\n",
                      ZERO_X - 2 * GAP, BARS_Y - LINE - GAP, ZERO_X + 2 * GAP, BARS_Y - LINE - GAP);
}

/* ---- bars ---- */

static void put_name(picture *self, const char *id, double y)
{
    size_t length = strlen(id);
    bool is_long = length > NAME_MAX_BYTES;
    size_t shown = is_long ? pil_utf8_boundary(id, length, NAME_MAX_BYTES) : length;
    pil_output_format(&self->output, "<text class=\"small end\" x=\"%d\" y=\"%.1f\">", NAME_X, y);
    put_escaped(self, id, shown);
    pil_output_string(&self->output, is_long ? "\xE2\x80\xA6</text>\n" : "</text>\n");
}

static void put_bar(picture *self, size_t rank)
{
    const pil_compared_topic *topic = &self->comparison->topics[self->comparison->ranking[rank]];
    double difference = pil_compared_difference(topic, PIL_COMPARED_MEASURE);
    double x = x_of(self, difference), y = BARS_Y + (double)rank * self->row;
    double left = x < ZERO_X ? x : ZERO_X, text_y = y + BAR - 2;
    pil_output_format(&self->output,
                      "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\">"
                      "<title>",
                      difference < 0 ? "a" : "b", left, y, fabs(x - ZERO_X), self->bar);
    put_escaped(self, topic->id, strlen(topic->id));
    pil_output_format(&self->output, ": %.4f and %.4f, %+.4f</title></rect>\n",
                      topic->ways[PIL_WAY_A].values[PIL_COMPARED_MEASURE],
                      topic->ways[PIL_WAY_B].values[PIL_COMPARED_MEASURE], difference);
    if (!self->has_names)
        return;
    put_name(self, topic->id, text_y);
    pil_output_format(&self->output, "<text class=\"small%s\" x=\"%.2f\" y=\"%.1f\">%+.4f</text>\n",
                      difference < 0 ? " end" : "", difference < 0 ? x - GAP : x + GAP, text_y,
                      difference);
}

/* ---- the whole ---- */

/* The axis ends at a multiple of 1, 2 or 5 of some decimal place, with two to five steps on either
 * side; at 1 when nothing differs. */
static void choose_axis(picture *self, double greatest)
{
    static const double multiples[] = {1, 2, 5};
    double place = 1e-4;
    self->end = self->step = 1;
    if (greatest == 0)
        return;
    for (size_t i = 0;; i++) {
        self->step = multiples[i % 3] * place;
        if (greatest <= 5 * self->step)
            break;
        place *= i % 3 == 2 ? 10 : 1;
    }
    self->end = ceil(greatest / self->step) * self->step;
}

static void measure(picture *self)
{
    const pil_comparison *comparison = self->comparison;
    size_t n = comparison->n_ranked;
    double greatest = 0;
    for (size_t i = 0; i < n; i++) {
        const pil_compared_topic *topic = &comparison->topics[comparison->ranking[i]];
        greatest = fmax(greatest, fabs(pil_compared_difference(topic, PIL_COMPARED_MEASURE)));
    }
    choose_axis(self, greatest);
    self->has_names = n <= PIL_COMPARISON_SVG_MAX_NAMED;
    self->row = self->has_names ? ROW : (double)UNNAMED / (double)n;
    self->bar = self->has_names ? BAR : self->row;
    self->bottom = BARS_Y + self->row * (double)n;
}

pil_status pil_comparison_svg(FILE *out, const pil_comparison *comparison, pil_error *err)
{
    picture self = {.comparison = comparison, .means = &comparison->means[PIL_COMPARED_MEASURE]};
    pil_status status = PIL_OK;
    pil_output_init(&self.output, out);
    measure(&self);
    put_begin(&self);
    put_words(&self);
    put_axis(&self);
    for (size_t i = 0; i < comparison->n_ranked && status == PIL_OK; i++) {
        put_bar(&self, i);
        status = pil_output_flush(&self.output, err);
    }
    pil_output_string(&self.output, "</svg>\n");
    if (status == PIL_OK)
        status = pil_output_finish(&self.output, err);
    pil_output_dispose(&self.output);
    return status;
}
