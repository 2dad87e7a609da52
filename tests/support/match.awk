# awk -f match.awk [-v ellipsis=1] EXPECTED ACTUAL: exits 0 when the lines of ACTUAL are those of
# EXPECTED, where "[..]" stands for any text within a line and, with ellipsis, a line "..." for any
# lines. With -v update=1 prints ACTUAL instead, each line that a line of EXPECTED with "[..]"
# matches replaced by that one, so that new expectations keep their placeholders.
FILENAME == ARGV[1] { expected[++n_expected] = $0; next }
{ actual[++n_actual] = $0 }

# Whether line is pattern, whose pieces between placeholders have to follow each other in it.
function matches(pattern, line,    pieces, n_pieces, i, at) {
    if (index(pattern, "[..]") == 0)
        return pattern == line
    n_pieces = split(pattern, pieces, /\[\.\.\]/)
    if (index(line, pieces[1]) != 1 && pieces[1] != "")
        return 0
    line = substr(line, length(pieces[1]) + 1)
    for (i = 2; i < n_pieces; i++) {
        if (pieces[i] == "")
            continue
        at = index(line, pieces[i])
        if (at == 0)
            return 0
        line = substr(line, at + length(pieces[i]))
    }
    at = length(line) - length(pieces[n_pieces]) + 1
    return at >= 1 && substr(line, at) == pieces[n_pieces]
}

# Whether expected[from..to] are the lines of actual that begin at first.
function block_at(from, to, first,    i) {
    if (first < 1 || first + to - from > n_actual)
        return 0
    for (i = from; i <= to; i++)
        if (!matches(expected[i], actual[first + i - from]))
            return 0
    return 1
}

# Blocks of lines between ellipses are looked for one after the other: the first place is as good
# as any later one, but the last block has to be at the end.
function all_matches(    from, to, line, is_loose) {
    line = 1
    is_loose = 0
    for (from = 1; ; from = to + 2) {
        for (to = from; to <= n_expected && !(ellipsis && expected[to] == "..."); to++)
            ;
        to--
        if (to == n_expected) {
            if (is_loose && n_actual - (to - from) > line)
                line = n_actual - (to - from)
            return line + to - from == n_actual && block_at(from, to, line)
        }
        while (is_loose && line <= n_actual && !block_at(from, to, line))
            line++
        if (!block_at(from, to, line))
            return 0
        line += to - from + 1
        is_loose = 1
    }
}

END {
    if (!update)
        exit(all_matches() ? 0 : 1)
    for (i = 1; i <= n_actual; i++) {
        line = actual[i]
        for (k = 1; k <= n_expected; k++)
            if (index(expected[k], "[..]") > 0 && matches(expected[k], line)) {
                line = expected[k]
                break
            }
        print line
    }
}
