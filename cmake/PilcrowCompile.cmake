# How every target of the tree is compiled: link pilcrow-compile PRIVATE.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

set(PILCROW_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")
option(PILCROW_COVERAGE "Instrument for gcov" OFF)

add_library(pilcrow-compile INTERFACE)
target_compile_definitions(pilcrow-compile INTERFACE
  _DEFAULT_SOURCE _POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64
  $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)
target_compile_options(pilcrow-compile INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wundef -Wcast-qual -Wwrite-strings
  -Wformat=2 -Wimplicit-fallthrough -Wpointer-arith -Wnull-dereference
  $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition>
  -fstack-protector-strong
  $<$<BOOL:${PILCROW_WERROR}>:-Werror>)
if(PILCROW_SANITIZE)
  target_compile_options(pilcrow-compile INTERFACE
    -fsanitize=${PILCROW_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(pilcrow-compile INTERFACE -fsanitize=${PILCROW_SANITIZE})
endif()
if(PILCROW_COVERAGE)
  target_compile_options(pilcrow-compile INTERFACE --coverage)
  target_link_options(pilcrow-compile INTERFACE --coverage)
endif()

# What is installed is optimised across its parts: of each word of a text, four libraries know
# something. The objects hold ordinary code as well, for the tests, which would be linked for minutes.
if(CMAKE_C_COMPILER_ID STREQUAL GNU AND NOT PILCROW_SANITIZE AND NOT PILCROW_COVERAGE
    AND CMAKE_BUILD_TYPE MATCHES "^(Release|RelWithDebInfo)$")
  target_compile_options(pilcrow-compile INTERFACE -flto=auto -ffat-lto-objects)
  target_link_options(pilcrow-compile INTERFACE
    $<IF:$<BOOL:$<TARGET_PROPERTY:PILCROW_IS_PROGRAM>>,-flto=auto,-fno-lto>)
endif()

# pilcrow_library(NAME SOURCES... [DEPENDS targets...] [PRIVATE_DEPENDS targets...])
# A folder of lib/: target pilcrow-NAME, headers as <folder>/include/NAME/x.h. A header of
# a layer that is not linked cannot be included, which keeps the arrows one way.
function(pilcrow_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(pilcrow-${name} STATIC ${ARG_SOURCES})
  target_include_directories(pilcrow-${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/include)
  target_link_libraries(pilcrow-${name}
    PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS} pilcrow-compile)
endfunction()
