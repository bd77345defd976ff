# How everything in the tree is built: the compiler's options in one interface target, and a few functions that keep the
# folders' own CMakeLists.txt to a list of names.

add_library(chatspec_options INTERFACE)
target_compile_features(chatspec_options INTERFACE cxx_std_23)
target_include_directories(chatspec_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_options(chatspec_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  -Wimplicit-fallthrough $<$<BOOL:${CHATSPEC_WERROR}>:-Werror>
  # clang sees one name shadow another where only a unity build has brought their files together
  $<$<NOT:$<AND:$<CXX_COMPILER_ID:Clang>,$<BOOL:${CMAKE_UNITY_BUILD}>>>:-Wshadow>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>  # clang blames libstdc++ for its own std::stable_sort
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # g++ 12 blames std::string when it optimises (GCC bug 105651)
target_compile_definitions(chatspec_options INTERFACE CHATSPEC_VERSION="${PROJECT_VERSION}")

if(CHATSPEC_SANITIZE)
  target_compile_options(chatspec_options INTERFACE
    -fsanitize=${CHATSPEC_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(chatspec_options INTERFACE -fsanitize=${CHATSPEC_SANITIZE})
endif()
if(CHATSPEC_COVERAGE)
  target_compile_options(chatspec_options INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(chatspec_options INTERFACE -fprofile-instr-generate)
endif()
if(CHATSPEC_FUZZ)
  target_compile_options(chatspec_options INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(chatspec_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# The headers that most files include, read once for everything that a compiler builds, and once more for the tests. Every file still
# includes what it uses: the release, which g++ builds without this, sees to that. (g++ 12 blames libstdc++ with it, and gains less.)
if(CHATSPEC_PRECOMPILE)
  target_compile_options(chatspec_options INTERFACE -pthread)  # as some libraries want it, and then all must have it
  set(often_included
    <algorithm> <array> <charconv> <expected> <filesystem> <fstream> <functional> <map> <memory> <optional> <set> <span> <sstream>
    <string> <string_view> <utility> <variant> <vector> <fmt/format.h> <fmt/ranges.h> <nlohmann/json.hpp>)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/nothing.cc CONTENT "")
  set(carriers code)
  if(CHATSPEC_TESTS)
    list(APPEND carriers tests)
  endif()
  foreach(carrier IN LISTS carriers)
    add_library(precompiled_${carrier} OBJECT ${PROJECT_BINARY_DIR}/generated/nothing.cc)
    target_link_libraries(precompiled_${carrier} PRIVATE
      chatspec_options fmt::fmt nlohmann_json::nlohmann_json $<$<STREQUAL:${carrier},tests>:GTest::gmock>)
    target_precompile_headers(precompiled_${carrier} PRIVATE
      ${often_included} $<$<STREQUAL:${carrier},tests>:<gmock/gmock.h$<ANGLE-R>>)
  endforeach()
endif()

function(chatspec_precompiled name carrier)
  if(CHATSPEC_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM precompiled_${carrier})
  endif()
endfunction()

# One library per folder; what it links is all that it may include (harness/include_test.cc holds it to that). COLD: what it does takes no
# time that anybody would notice, and so the release's compiler is not to take its time over it. HOT: it is what takes the time when all is
# tested with sanitizers, so that it is worth a compiler's while to make it quicker then.
function(chatspec_library name)
  cmake_parse_arguments(ARG "COLD;HOT" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC chatspec_options ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  set_target_properties(${name} PROPERTIES UNITY_BUILD_BATCH_SIZE ${CHATSPEC_BATCH})
  if(ARG_COLD)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
  if(ARG_HOT AND CHATSPEC_SANITIZE)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Debug>:-O1>)  # so that it cannot share precompiled headers
  else()
    chatspec_precompiled(${name} code)
  endif()
endfunction()

function(chatspec_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE chatspec_options ${ARG_LINKS})
endfunction()

# One test program per folder, each of its tests a test of CTest's. THREADS: it tests code in which several threads are at work; where
# CHATSPEC_THREADS is on, no other is there, and the target `thread_tests` is all of them. PURE: it starts no processes; with
# CHATSPEC_TOGETHER it is a single test: with sanitizers, many a test takes less time than its process takes to start. LONG: it takes
# minutes; it gets the label `long`. DEFINITIONS are for the preprocessor.
add_custom_target(thread_tests)
function(chatspec_test name)
  cmake_parse_arguments(ARG "THREADS;PURE;LONG" "TIMEOUT" "SOURCES;LINKS;DEPENDS;DEFINITIONS" ${ARGN})
  if(NOT CHATSPEC_TESTS OR (CHATSPEC_THREADS AND NOT ARG_THREADS))
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE chatspec_options ${ARG_LINKS} GTest::gmock GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  chatspec_precompiled(${name} tests)
  target_compile_definitions(${name} PRIVATE
    CHATSPEC_SOURCE_DIR="${PROJECT_SOURCE_DIR}" CHATSPEC_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}" ${ARG_DEFINITIONS})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  if(ARG_THREADS)
    add_dependencies(thread_tests ${name})
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set(label everyday)
  if(ARG_LONG)
    set(label long)
  endif()
  if(CHATSPEC_TOGETHER AND ARG_PURE)
    add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
    # ci/test reads the number of tests from what it says. The costliest is begun first.
    set_tests_properties(${name} PROPERTIES TIMEOUT 600 LABELS ${label} COST 100)
  else()
    gtest_discover_tests(${name} TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60
                         PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS ${label})
  endif()
endfunction()
include(GoogleTest)

function(chatspec_benchmark name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  if(NOT CHATSPEC_BENCHMARKS)
    return()
  endif()
  add_executable(${name} EXCLUDE_FROM_ALL ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE chatspec_options ${ARG_LINKS} benchmark::benchmark)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
endfunction()
