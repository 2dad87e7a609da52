/* How much is tried of what tries everything. */
#ifndef SUPPORT_THOROUGHNESS_H
#define SUPPORT_THOROUGHNESS_H

/* One of so many: all, but where a sanitizer makes each many times as slow. It looks at the code,
 * which is the same for all. */
#ifdef __SANITIZE_ADDRESS__
enum { PIL_TRY_EACH = 7 };
#else
enum { PIL_TRY_EACH = 1 };
#endif

#endif
