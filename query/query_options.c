#include "query_options.h"

#include "counting_options.h"
#include "hyperlink.h"
#include "ranking_option.h"
#include "saved_options.h"
#include "saved_queries.h"
#include "template.h"

#include <stdlib.h>
#include <string.h>

static const pil_option_keyword groupings[] = {{"article", PIL_QUERY_BY_ARTICLE}, {NULL, 0}};
static const pil_option_keyword sorts[] = {{"score", PIL_SORT_SCORE},
                                           {"date", PIL_SORT_OLDEST},
                                           {"-date", PIL_SORT_NEWEST},
                                           {"path", PIL_SORT_PATH},
                                           {NULL, 0}};
static const pil_option_keyword copies[] = {
    {"show", PIL_QUERY_COPIES_SHOW}, {"collapse", PIL_QUERY_COPIES_COLLAPSE}, {NULL, 0}};
static const pil_option_keyword formats[] = {
    {"text", PIL_QUERY_TEXT}, {"json", PIL_QUERY_JSON},   {"csv", PIL_QUERY_CSV},
    {"tsv", PIL_QUERY_TSV},   {"md", PIL_QUERY_MARKDOWN}, {"vimgrep", PIL_QUERY_VIMGREP},
    {"trec", PIL_QUERY_TREC}, {"svg", PIL_QUERY_SVG},     {NULL, 0}};
static const pil_option_keyword citations[] = {{"plain", PIL_QUERY_CITE_PLAIN},
                                               {"md", PIL_QUERY_CITE_MARKDOWN},
                                               {"bibtex", PIL_QUERY_BIBTEX},
                                               {"csl-json", PIL_QUERY_CSL},
                                               {NULL, 0}};
static const pil_option_keyword whens[] = {
    {"auto", PIL_WHEN_AUTO}, {"always", PIL_WHEN_ALWAYS}, {"never", PIL_WHEN_NEVER}, {NULL, 0}};

#define AT(member) offsetof(pil_query_options, member)

static const pil_option options_of_query[] = {
    {.section = "What to look for",
     .name = "all",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(all),
     .letter = 'a',
     .help = "only paragraphs that have every word",
     .tags = PIL_QUERY_OPTION_IS_SAVED | PIL_QUERY_OPTION_IS_COMPARED},
    {.name = "fix",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(fix),
     .help = "search for the nearest word of the index in place of one that it lacks",
     .tags = PIL_QUERY_OPTION_IS_SAVED},
    {.name = "no-variants",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(no_variants),
     .help = "only what is typed: not also defense for defence, nor KFOR for Kosovo Force",
     .tags = PIL_QUERY_OPTION_IS_SAVED | PIL_QUERY_OPTION_IS_COMPARED},
    {.name = "synonyms",
     .kind = PIL_OPTION_STRING,
     .offset = AT(synonyms),
     .value_name = "FILE",
     .help = "also find the synonyms that FILE has, a group a line, as in: EU, European Union "
             "(default: pilcrow/synonyms in $XDG_CONFIG_HOME, if there is one)",
     .tags = PIL_QUERY_OPTION_IS_COMPARED},
    {.name = "expand",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(expand),
     .help = "print only what the words match in the index: their forms, other spellings and so "
             "on, each with its paragraphs and its weight"},
    {.name = "acronyms",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(acronyms),
     .help = "print the acronyms that the texts define, and how many paragraphs do"},
    {.name = "language",
     .kind = PIL_OPTION_STRING,
     .offset = AT(language),
     .letter = 'L',
     .value_name = "LANG",
     .help = "stem the words as in LANG, such as en or fr (default: the languages of the index)",
     .tags = PIL_QUERY_OPTION_IS_SAVED | PIL_QUERY_OPTION_IS_COMPARED},
    {.name = "ranking",
     .kind = PIL_OPTION_STRING,
     .offset = AT(ranking),
     .value_name = "PARTS",
     .help = "rank by BM25 and these only, with commas between: titles, families, "
             "proximity, neighbours, similarity, copies; bm25: by nothing else (default: all)",
     .tags = PIL_QUERY_OPTION_IS_SAVED | PIL_QUERY_OPTION_IS_COMPARED},
    {.name = "recent",
     .kind = PIL_OPTION_NUMBER,
     .offset = AT(recent),
     .value_name = "DAYS",
     .min = 1,
     .max = PIL_QUERY_RECENT_MAX,
     .value_is_optional = true,
     .constant = PIL_QUERY_RECENT_DEFAULT,
     .help = "let newer articles count more: one of today half more than one without a date, one "
             "that is DAYS old (default: 365) a quarter more",
     .tags = PIL_QUERY_OPTION_IS_SAVED | PIL_QUERY_OPTION_IS_COMPARED},
    {.name = "timeout",
     .kind = PIL_OPTION_NUMBER,
     .offset = AT(timeout),
     .value_name = "SECONDS",
     .max = PIL_QUERY_TIMEOUT_MAX,
     .help = "show what was found when a search takes longer (default: 30; 0: however long)"},
    {.name = "parse",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(parse),
     .help = "show how the query is understood, instead of looking for it"},
    {.name = "get",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(get),
     .help = "print the paragraphs with these ids, as --json shows them, instead of looking for "
             "words"},
    {.name = "like",
     .kind = PIL_OPTION_STRING,
     .offset = AT(like),
     .value_name = "PLACE",
     .help = "find the paragraphs that are most like the one with the id PLACE, or at PATH:LINE"},
    {.name = "topics",
     .kind = PIL_OPTION_STRING,
     .offset = AT(topics),
     .value_name = "FILE",
     .help = "run the queries of FILE, a line each: an id, a tab, the query; - is standard input"},
    {.name = "eval",
     .kind = PIL_OPTION_STRING,
     .offset = AT(eval),
     .value_name = "QRELS",
     .help = "with --topics, measure how good their paragraphs are by the judgements in QRELS, in "
             "the format of TREC, instead of printing them"},
    {.name = "judge",
     .kind = PIL_OPTION_STRING,
     .offset = AT(judge),
     .value_name = "QRELS",
     .help = "with --topics, show their paragraphs one by one, the best -n of several ways to ask, "
             "and add what you answer to QRELS: relevant or not"},
    {.name = "compare",
     .kind = PIL_OPTION_PAIR,
     .offset = AT(compare),
     .value_name = "A B",
     .help = "with --eval, compare two ways of asking by topic: A and B are options, such as "
             "'--language=en -a', or '' for none, that are added to the others"},
    {.name = "index",
     .kind = PIL_OPTION_STRING,
     .offset = AT(index),
     .letter = 'd',
     .value_name = "DIR",
     .help = "the index (default: $PILCROW_INDEX, else the nearest .pilcrow directory upward, "
             "else your own in $XDG_DATA_HOME/pilcrow/index)"},

    {.section = "Saved queries",
     .name = "save",
     .kind = PIL_OPTION_STRING,
     .offset = AT(save),
     .value_name = "NAME",
     .help = "save the words, and the options that say what to look for, as NAME; then "
             "pilcrow @NAME looks for them, and for further words"},
    {.name = "saved",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(saved),
     .help = "list the saved queries: name, tab, options and words"},
    {.name = "forget",
     .kind = PIL_OPTION_STRING,
     .offset = AT(forget),
     .value_name = "NAME",
     .help = "remove the saved query NAME"},
    {.name = "new",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(news),
     .help = "with @NAME, only the paragraphs that it did not find the last time that it was asked "
             "with this option"},

    {.section = "What to show",
     .name = "limit",
     .kind = PIL_OPTION_NUMBER,
     .offset = AT(limit),
     .letter = 'n',
     .value_name = "N",
     .min = 1,
     .max = PIL_QUERY_LIMIT_MAX,
     .help = "show at most N paragraphs (default: 10, but all with --files or --new)",
     .tags = PIL_QUERY_OPTION_IS_COMPARED},
    {.name = "offset",
     .kind = PIL_OPTION_NUMBER,
     .offset = AT(offset),
     .value_name = "N",
     .max = PIL_QUERY_OFFSET_MAX,
     .help = "leave out the first N"},
    {.name = "context",
     .kind = PIL_OPTION_NUMBER,
     .offset = AT(context),
     .letter = 'C',
     .value_name = "N",
     .max = PIL_QUERY_CONTEXT_MAX,
     .help = "show N neighbouring paragraphs on each side"},
    {.name = "section",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(section),
     .help = "show the whole section that each paragraph is in"},
    {.name = "sentences",
     .kind = PIL_OPTION_NUMBER,
     .offset = AT(sentences),
     .value_name = "N",
     .min = 1,
     .max = PIL_QUERY_SENTENCES_MAX,
     .help = "show only the N sentences of each paragraph that answer best"},
    {.name = "related",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(related),
     .help = "instead of the hits, print the words that stand out among them; -n says how many"},
    {.name = "why-not",
     .kind = PIL_OPTION_STRING,
     .offset = AT(why_not),
     .value_name = "PATH",
     .help =
         "say why the paragraph at PATH:LINE, or the best of the file at PATH, is not among the "
         "hits"},
    {.name = "explain",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(explain),
     .help = "show what each score is made of: a line for each word"},
    {.name = "group",
     .kind = PIL_OPTION_KEYWORD,
     .offset = AT(grouping),
     .letter = 'g',
     .value_name = "BY",
     .keywords = groupings,
     .help =
         "BY is article: show only the best paragraph of each article; --limit and --offset count "
         "articles then",
     .tags = PIL_QUERY_OPTION_IS_COMPARED},
    {.name = "per-article",
     .kind = PIL_OPTION_NUMBER,
     .offset = AT(per_article),
     .value_name = "N",
     .min = 1,
     .max = PIL_QUERY_PER_ARTICLE_MAX,
     .help = "with --group=article, show the best N paragraphs of each (default: 1)",
     .tags = PIL_QUERY_OPTION_IS_COMPARED},
    {.name = "dups",
     .kind = PIL_OPTION_KEYWORD,
     .offset = AT(copies),
     .value_name = "WHAT",
     .keywords = copies,
     .value_is_optional = true,
     .constant = PIL_QUERY_COPIES_SHOW,
     .help =
         "of paragraphs that are nearly the same show all, as all formats do but text and md, or "
         "with --dups=collapse the first, with the number of its copies",
     .tags = PIL_QUERY_OPTION_IS_COMPARED},
    {.name = "sort",
     .kind = PIL_OPTION_KEYWORD,
     .offset = AT(sort),
     .value_name = "ORDER",
     .keywords = sorts,
     .help = "score (the default: best first), date (oldest first), -date (newest first) or path "
             "(as in the files)"},

    {.section = "How to show it",
     .name = "json",
     .kind = PIL_OPTION_CONSTANT,
     .offset = AT(format),
     .letter = 'j',
     .constant = PIL_QUERY_JSON,
     .help = "the same as --format=json: one JSON object a line"},
    {.name = "format",
     .kind = PIL_OPTION_KEYWORD,
     .offset = AT(format),
     .letter = 'f',
     .value_name = "FORMAT",
     .keywords = formats,
     .help = "text (the default), json, csv, tsv, md (quotations in Markdown), vimgrep "
             "(path:line:column:text, for editors), trec or svg (of --compare)"},
    {.name = "cite",
     .kind = PIL_OPTION_KEYWORD,
     .offset = AT(format),
     .value_name = "STYLE",
     .keywords = citations,
     .help =
         "write a citation for each: plain or md (with the paragraph as a quotation), bibtex or "
         "csl-json (for reference managers)"},
    {.name = "kwic",
     .kind = PIL_OPTION_NUMBER,
     .offset = AT(kwic),
     .value_name = "N",
     .min = 1,
     .max = PIL_QUERY_KWIC_MAX,
     .help = "write a concordance: a line for each match, with N columns of text on either side"},
    {.name = "template",
     .kind = PIL_OPTION_STRING,
     .offset = AT(template_text),
     .letter = 't',
     .value_name = "TEXT",
     .help = "write each hit as TEXT, in which {path}, {line}, {text} and the other columns of csv "
             "stand for what it has, and \\t and \\n for a tab and a line feed"},
    {.name = "files",
     .kind = PIL_OPTION_CONSTANT,
     .offset = AT(format),
     .letter = 'l',
     .constant = PIL_QUERY_FILES,
     .help = "print only the files that the paragraphs are in, each once"},
    {.name = "null",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(ends_with_nul),
     .letter = '0',
     .help = "with --files or --template, write a NUL after each instead of a line feed, and "
             "the files' names as they are"},
    {.name = "count",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(count),
     .letter = 'c',
     .help = "print only how many paragraphs match"},
    {.name = "facet",
     .kind = PIL_OPTION_STRING,
     .offset = AT(facet_list),
     .value_name = "FIELDS",
     .help = "count all paragraphs that match by source, year, author or lang, or several of these "
             "with commas between; in csv and tsv, print only that"},
    {.name = "timeline",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(timeline),
     .help = "print only how many paragraphs match of each year, as a bar on a terminal"},
    {.name = "topic",
     .kind = PIL_OPTION_STRING,
     .offset = AT(topic),
     .value_name = "ID",
     .help = "the topic's id in the trec format (default: 1)"},
    {.name = "run",
     .kind = PIL_OPTION_STRING,
     .offset = AT(run),
     .value_name = "NAME",
     .help = "the run's name in the trec format (default: pilcrow)"},
    {.name = "color",
     .kind = PIL_OPTION_KEYWORD,
     .offset = AT(color),
     .value_name = "WHEN",
     .keywords = whens,
     .help = "auto (the default: on a terminal, unless NO_COLOR is set), always or never"},
    {.name = "hyperlink-format",
     .kind = PIL_OPTION_STRING,
     .offset = AT(hyperlink),
     .value_name = "FORMAT",
     .help = "where there are colors, make links of the places: none (the default), file, kitty, "
             "page, textmate, vscode, vscodium, or an address with {path}, {line}, {page}, "
             "{column} and {host} in it"},

    {.section = "Help",
     .name = "help",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(help),
     .letter = 'h',
     .help = "print this and exit"},
    {.name = "version",
     .kind = PIL_OPTION_FLAG,
     .offset = AT(version),
     .letter = 'V',
     .help = "print the version and exit"},
};

const pil_option_table pil_query_option_table = {
    .program = "pilcrow",
    .usage = "[OPTION]... WORD...\n--get [OPTION]... ID...\n--like=PLACE [OPTION]...\n@NAME "
             "[--new] [OPTION]... "
             "[WORD]...\n--topics=FILE [OPTION]..."
             "\n--expand [OPTION]... WORD...\n--acronyms [OPTION]...",
    .about = "Finds the paragraphs that answer a topic, best first, in what pilcrow-index\n"
             "has indexed. Any of the words may occur; the more of them, and the rarer, the\n"
             "better.\n"
             "\n"
             "Examples:\n"
             "  pilcrow collective defense\n"
             "  pilcrow '\"attack on all\"'             a phrase: quotes inside quotes\n"
             "  pilcrow peace NEAR/5 talks            at most 5 words between them\n"
             "  pilcrow =Nations                      as written: no other case or form\n"
             "  pilcrow +Kosovo dialogue -football    must occur, may occur, must not\n"
             "  pilcrow --all -n5 Kosovo dialogue     every word; the best five\n"
             "  pilcrow --json NATO | jq -r .path\n",
    .notes = "After the first word, a dash and two letters begin a word to exclude; options\n"
             "with one letter (-n5) or two dashes (--all) are options anywhere. After --,\n"
             "everything is a word.\n"
             "\n"
             "Exit status: 0 there are hits, 1 there are none, 2 usage or a bad query, 4 the\n"
             "index is missing or damaged, 5 the file of --judge is in use, 6 the system\n"
             "failed, 7 a limit was hit.\n",
    .options = options_of_query,
    .n_options = sizeof options_of_query / sizeof options_of_query[0],
    .has_exclusions = true,
};

/* A field of a TREC run ends at white space. */
static pil_status check_field(const char *name, const char *value, pil_error *err)
{
    for (const char *at = value; *at != '\0'; at++)
        if ((unsigned char)*at <= ' ' || *at == 0x7F)
            return pil_error_set(err, PIL_INVALID_ARGUMENT,
                                 "%s may not contain spaces or control characters", name);
    return PIL_OK;
}

static uint64_t default_limit(const pil_query_options *options)
{
    if (options->eval != NULL)
        return PIL_QUERY_LIMIT_EVAL;
    bool is_all = options->format == PIL_QUERY_FILES || options->news;
    return is_all ? PIL_QUERY_LIMIT_MAX : PIL_QUERY_LIMIT_DEFAULT;
}

static pil_status check_eval(const pil_query_options *options, pil_error *err)
{
    bool compares = options->compare[0] != NULL, is_svg = options->format == PIL_QUERY_SVG;
    bool is_written = options->format == PIL_QUERY_TEXT || options->format == PIL_QUERY_JSON ||
                      options->format == PIL_QUERY_CSV || options->format == PIL_QUERY_TSV;
    if (compares && options->eval == NULL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--compare goes with judgements: --eval=QRELS --topics=FILE");
    if (is_svg && !compares)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "the format svg goes with --compare only");
    if (options->eval == NULL)
        return PIL_OK;
    if (options->topics == NULL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--eval goes with the file of topics: --topics=FILE");
    if (options->hides_hits || options->facet_list != NULL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--eval and --count do not go together");
    if (strcmp(options->eval, "-") == 0 && strcmp(options->topics, "-") == 0)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--eval and --topics cannot both be standard input");
    return is_written || is_svg ? PIL_OK
                                : pil_error_set(err, PIL_INVALID_ARGUMENT,
                                                "--%s is written as text, json, csv%s only",
                                                compares ? "compare" : "eval",
                                                compares ? ", tsv or svg" : " or tsv");
}

static pil_status check_judge(const pil_query_options *options, pil_error *err)
{
    const char *other = options->eval != NULL         ? "eval"
                        : options->hides_hits         ? "count"
                        : options->facet_list != NULL ? "facet"
                        : options->explain            ? "explain"
                                                      : NULL;
    if (options->judge == NULL)
        return PIL_OK;
    if (options->topics == NULL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--judge goes with the file of topics: --topics=FILE");
    if (other != NULL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--judge and --%s do not go together",
                             other);
    if (options->format != PIL_QUERY_TEXT)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--judge goes with the format text only");
    if (strcmp(options->judge, "-") == 0 || strcmp(options->topics, "-") == 0)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--judge reads answers from standard input: neither QRELS nor the "
                             "topics can be -");
    return PIL_OK;
}

pil_status pil_query_options_settle(pil_query_options *options, pil_error *err)
{
    if (options->template_text != NULL)
        options->format = PIL_QUERY_TEMPLATE;
    if (options->kwic > 0)
        options->format = PIL_QUERY_KWIC;
    pil_status status = pil_counting_options_settle(options, err);
    if (status == PIL_OK)
        status = pil_ranking_option_read(options->ranking, &options->ranking_without, err);
    if (status != PIL_OK)
        return status;
    if (options->hides_hits)
        options->limit = 0;
    else if (options->limit == 0)
        options->limit = default_limit(options);
    status = check_eval(options, err);
    if (status == PIL_OK)
        status = check_judge(options, err);
    if (status != PIL_OK)
        return status;
    if (options->get && options->count)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--get and --count do not go together");
    if (options->per_article > 0 && options->grouping != PIL_QUERY_BY_ARTICLE)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--per-article goes with --group=article only");
    if (options->get && options->kwic > 0)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--get and --kwic do not go together");
    if (options->topics != NULL && options->topic != NULL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--topics and --topic do not go together");
    if (options->explain && options->format != PIL_QUERY_TEXT && options->format != PIL_QUERY_JSON)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--explain goes with the formats text and json only");
    if (options->related &&
        ((options->format != PIL_QUERY_TEXT && options->format != PIL_QUERY_JSON) ||
         options->hides_hits || options->facet_list != NULL))
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--related goes with the formats text and json only");
    if (options->why_not != NULL &&
        (options->format != PIL_QUERY_TEXT || options->hides_hits || options->facet_list != NULL))
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--why-not goes with the format text only");
    if (options->get && options->explain)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--get and --explain do not go together");
    if (options->get && options->sort != PIL_SORT_SCORE)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--get and --sort do not go together");
    const char *action = options->acronyms ? "acronyms" : options->expand ? "expand" : NULL;
    if (action != NULL && options->hides_hits)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--%s and --count do not go together",
                             action);
    if (action != NULL && options->format != PIL_QUERY_TEXT && options->format != PIL_QUERY_JSON)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--%s is written as text or json only",
                             action);
    if (options->topic == NULL)
        options->topic = "1";
    if (options->ends_with_nul && options->format != PIL_QUERY_FILES &&
        options->format != PIL_QUERY_TEMPLATE)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "--null goes with --files and --template only");
    bool is_for_people =
        options->eval == NULL && options->judge == NULL &&
        (options->format == PIL_QUERY_TEXT || options->format == PIL_QUERY_MARKDOWN);
    if (options->copies == PIL_QUERY_COPIES_BY_FORMAT)
        options->copies = is_for_people ? PIL_QUERY_COPIES_COLLAPSE : PIL_QUERY_COPIES_SHOW;
    if (options->template_text == NULL)
        return PIL_OK;
    pil_template read;
    status = pil_template_read(options->template_text, &read, err);
    if (status == PIL_OK)
        pil_template_dispose(&read);
    return status;
}

/* Takes the name of a saved query from the front of the words. */
static void take_name(pil_operands *words, pil_query_options *options)
{
    if (words->n_before_end == 0 || words->items[0][0] != '@' ||
        !pil_saved_is_name(words->items[0] + 1) || options->get)
        return;
    options->at = words->items[0] + 1;
    words->n_items--;
    memmove(words->items, words->items + 1, words->n_items * sizeof *words->items);
}

/* Whether there are as many words as what is to be done needs. */
static pil_status check_words(const pil_query_options *options, size_t n_words, pil_error *err)
{
    bool has_query = n_words > 0 || options->at != NULL;
    bool takes_none = options->like != NULL || options->topics != NULL || options->saved ||
                      options->forget != NULL || options->acronyms;
    if (takes_none && has_query)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--%s takes no words to look for",
                             options->acronyms         ? "acronyms"
                             : options->saved          ? "saved"
                             : options->like != NULL   ? "like"
                             : options->forget != NULL ? "forget"
                                                       : "topics");
    if (!takes_none && !has_query && !options->help && !options->version)
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "no words to look for");
    return PIL_OK;
}

static pil_status join_words(const pil_operands *words, pil_query_options *options, pil_error *err)
{
    size_t length = 0;
    for (size_t i = 0; i < words->n_items; i++)
        length += strlen(words->items[i]) + 1;
    options->query = malloc(length + 1);
    if (options->query == NULL)
        return pil_error_no_memory(err);
    char *end = options->query;
    for (size_t i = 0; i < words->n_items; i++) {
        size_t word_length = strlen(words->items[i]);
        if (i > 0)
            *end++ = ' ';
        memcpy(end, words->items[i], word_length);
        end += word_length;
    }
    *end = '\0';
    options->query_bytes = (size_t)(end - options->query);
    return PIL_OK;
}

pil_status pil_query_options_parse(int argc, char *const *argv, pil_query_options *options,
                                   pil_error *err)
{
    *options = (pil_query_options){
        .run = "pilcrow", .color = PIL_WHEN_AUTO, .timeout = PIL_QUERY_TIMEOUT_DEFAULT};
    pil_operands words = {0};
    pil_status status =
        pil_options_parse(&pil_query_option_table, argc, argv, options, &words, err);
    if (status == PIL_OK) {
        options->given = words.given;
        take_name(&words, options);
        status = pil_saved_options_check(options, err);
    }
    if (status == PIL_OK && options->hyperlink != NULL)
        status = pil_hyperlink_read(options->hyperlink, &options->hyperlink, err);
    if (status == PIL_OK)
        status = pil_query_options_settle(options, err);
    if (status == PIL_OK)
        status = check_field("--topic", options->topic, err);
    if (status == PIL_OK)
        status = check_field("--run", options->run, err);
    if (status == PIL_OK)
        status = check_words(options, words.n_items, err);
    if (status == PIL_OK)
        status = join_words(&words, options, err);
    pil_operands_dispose(&words);
    return status;
}

pil_status pil_query_options_prepend(pil_query_options *options, const char *words, pil_error *err)
{
    size_t length = strlen(words);
    bool has_more = options->query_bytes > 0;
    char *joined = malloc(length + 1 + options->query_bytes + 1);
    if (joined == NULL)
        return pil_error_no_memory(err);
    memcpy(joined, words, length);
    joined[length] = ' ';
    memcpy(joined + length + has_more, options->query, options->query_bytes + 1);
    free(options->query);
    options->query = joined;
    options->query_bytes += length + has_more;
    return PIL_OK;
}

void pil_query_options_dispose(pil_query_options *options)
{
    free(options->query);
    options->query = NULL;
    options->query_bytes = 0;
}
