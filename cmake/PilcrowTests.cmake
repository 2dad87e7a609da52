# How tests are declared. Labels: unit, cli, docs, lint, fuzz, install, and kill for slow ones.
pkg_check_modules(CRITERION REQUIRED IMPORTED_TARGET criterion)

option(PILCROW_FUZZ "Also build libFuzzer targets (clang only)" OFF)

# What a sanitizer prints. Criterion calls a test that leaks or misbehaves passed all the same, so
# that its output has to decide.
set(PILCROW_SANITIZER_REPORT
  "(Address|Leak|Thread|Memory|UndefinedBehavior)Sanitizer|: runtime error: ")
set(PILCROW_TEST_ENVIRONMENT
  "ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1"
  "UBSAN_OPTIONS=print_stacktrace=1"
  "LC_ALL=C.UTF-8")

# pilcrow_test(NAME LABEL TIMEOUT COMMAND args...)
function(pilcrow_test name label timeout)
  add_test(NAME ${name} COMMAND ${ARGN})
  set_tests_properties(${name} PROPERTIES
    LABELS ${label}
    TIMEOUT ${timeout}
    ENVIRONMENT "${PILCROW_TEST_ENVIRONMENT}"
    FAIL_REGULAR_EXPRESSION "${PILCROW_SANITIZER_REPORT}"
    SKIP_RETURN_CODE 77)
endfunction()

# pilcrow_unit_test(MODULE [SOURCES files...] [LIBS targets...])
# The Criterion tests of test_<MODULE>.c as one test program and one CTest, unit_<MODULE>. Not
# position-independent: Criterion starts each test as a process of its own and hands it parameters
# by address, which would move.
function(pilcrow_unit_test module)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
  set(target test_${module})
  add_executable(${target} test_${module}.c ${ARG_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${target}
    PRIVATE ${ARG_LIBS} pilcrow-test-support PkgConfig::CRITERION pilcrow-compile)
  target_link_options(${target} PRIVATE -no-pie)
  pilcrow_test(unit_${module} unit 300 ${target})
endfunction()

# pilcrow_fuzz_target(NAME [SOURCES files...] [LIBS targets...])
# <NAME>_fuzzer.c, with LLVMFuzzerTestOneInput. Always: a program that replays the inputs in
# corpus/<NAME>/, as CTest fuzz_<NAME>. With PILCROW_FUZZ also the libFuzzer program <NAME>_fuzzer.
function(pilcrow_fuzz_target name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBS" ${ARGN})
  set(targets ${name}_replay)
  add_executable(${name}_replay ${name}_fuzzer.c replay_main.c ${ARG_SOURCES})
  if(PILCROW_FUZZ)
    add_executable(${name}_fuzzer ${name}_fuzzer.c ${ARG_SOURCES})
    target_link_options(${name}_fuzzer PRIVATE -fsanitize=fuzzer)
    list(APPEND targets ${name}_fuzzer)
  endif()
  foreach(target IN LISTS targets)
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${target} PRIVATE ${ARG_LIBS} pilcrow-compile)
  endforeach()
  pilcrow_test(fuzz_${name} fuzz 300
    ${name}_replay ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
endfunction()

if(PILCROW_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "PILCROW_FUZZ needs clang: CC=clang CXX=clang++ cmake ...")
  endif()
  target_compile_options(pilcrow-compile INTERFACE -fsanitize=fuzzer-no-link)
endif()
