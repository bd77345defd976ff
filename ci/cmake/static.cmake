# CHATSPEC_STATIC: the libraries that pkg-config tells of are linked in, with those that they need themselves, where this machine has them
# as archives (.a); so is the compiler's own. The C library is not: it loads parts of itself when names of hosts are looked up.

set(inside ${fmt_CONFIG} ${CLI11_CONFIG} ${nlohmann_json_CONFIG} ${ASIO_INCLUDE_DIR}/asio.hpp)  # a file of each library that is in the programs
foreach(module BOTAN LIBARCHIVE RE2 SECCOMP)
  set(libraries)
  foreach(name IN LISTS ${module}_STATIC_LIBRARIES)
    find_library(CHATSPEC_STATIC_${name} NAMES lib${name}.a ${name})
    if(CHATSPEC_STATIC_${name})
      list(APPEND libraries ${CHATSPEC_STATIC_${name}})
    endif()
  endforeach()
  set_target_properties(PkgConfig::${module} PROPERTIES INTERFACE_LINK_LIBRARIES "${libraries}")
  list(APPEND inside ${libraries})
endforeach()
add_link_options(-static-libstdc++ -static-libgcc)

# Whoever hands on programs with libraries in them hands on the licences, too: Debian's package of each library has them.
find_program(DPKG_QUERY dpkg-query)
if(DPKG_QUERY)
  execute_process(COMMAND ${DPKG_QUERY} --search ${inside} OUTPUT_VARIABLE owners ERROR_QUIET)
  string(REGEX MATCHALL "(^|\n)[^:]+" owners "${owners}")
  list(TRANSFORM owners STRIP)
  list(REMOVE_DUPLICATES owners)
  foreach(owner IN LISTS owners)
    install(FILES /usr/share/doc/${owner}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR}/libraries RENAME ${owner}.txt OPTIONAL)
  endforeach()
endif()
