# What ci/package packs: an archive of what is installed, and a Debian package, which has besides what Debian wants in one.

set(CHATSPEC_MAINTAINER "The chatspec authors <authors@chatspec.invalid>" CACHE STRING "Whom a Debian package names: NAME <ADDRESS>")

include(GNUInstallDirs)
# The documents, as they lie in the tree, so that what leads from one to another does so where they are installed.
file(GLOB_RECURSE documents RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS docs/*.md docs/*.png)
list(APPEND documents README.md SECURITY.md ci/templates/README.md fuzz/README.md reference/PROTOCOL.md scenarios/README.md
  harness/report/log/log.schema.json scenarios/vectors/vectors.schema.json)
# A link to what stays in the source tree is only its words there.
function(install_page page)
  cmake_path(GET page PARENT_PATH folder)
  file(READ ${page} rest)
  set(text "")
  while(rest MATCHES "\\[([^]\n]*)\\]\\(([^):#]+)(#[^)]*)?\\)")
    set(link "${CMAKE_MATCH_0}")
    set(words "${CMAKE_MATCH_1}")
    cmake_path(APPEND PROJECT_SOURCE_DIR ${folder} ${CMAKE_MATCH_2} OUTPUT_VARIABLE target)
    cmake_path(NORMAL_PATH target)
    cmake_path(RELATIVE_PATH target BASE_DIRECTORY ${PROJECT_SOURCE_DIR})
    string(FIND "${rest}" "${link}" begin)
    string(LENGTH "${link}" length)
    math(EXPR end "${begin} + ${length}")
    string(SUBSTRING "${rest}" 0 ${begin} before)
    string(SUBSTRING "${rest}" ${end} -1 rest)
    if(NOT target IN_LIST documents)
      set(link "${words}")
    endif()
    string(APPEND text "${before}${link}")
  endwhile()
  file(WRITE ${PROJECT_BINARY_DIR}/generated/documents/${page} "${text}${rest}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${page})
  install(FILES ${PROJECT_BINARY_DIR}/generated/documents/${page} DESTINATION ${CMAKE_INSTALL_DOCDIR}/${folder})
endfunction()
foreach(document ${documents})
  if(document MATCHES "\\.md$")
    install_page(${document})
  else()
    cmake_path(GET document PARENT_PATH folder)
    install(FILES ${document} DESTINATION ${CMAKE_INSTALL_DOCDIR}/${folder})
  endif()
endforeach()
install(FILES ci/packaging/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})

# For editors, where each looks for such files; VS Code's extension has to be packed first.
install(FILES docs/editors/README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/chatspec/editors)
install(DIRECTORY docs/editors/vscode DESTINATION ${CMAKE_INSTALL_DATADIR}/chatspec/editors)
install(DIRECTORY docs/editors/vim/ DESTINATION ${CMAKE_INSTALL_DATADIR}/vim/vimfiles)
install(DIRECTORY docs/editors/vim/ DESTINATION ${CMAKE_INSTALL_DATADIR}/nvim/site)
install(FILES docs/editors/emacs/chatspec-mode.el DESTINATION ${CMAKE_INSTALL_DATADIR}/emacs/site-lisp)

# Debian's own, only in its package, which has the manual packed. It comes after all else.
string(TIMESTAMP CHATSPEC_PACKAGED "%a, %d %b %Y %H:%M:%S +0000" UTC)  # SOURCE_DATE_EPOCH, if it is set
configure_file(ci/packaging/changelog.in generated/packaging/changelog.Debian @ONLY)
configure_file(CHANGELOG.md generated/packaging/changelog COPYONLY)
install(CODE "
  set(folder \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DOCDIR}\")
  file(MAKE_DIRECTORY \${folder})
  foreach(name changelog changelog.Debian)
    execute_process(COMMAND gzip --best --no-name --stdout ${PROJECT_BINARY_DIR}/generated/packaging/\${name}
                    OUTPUT_FILE \${folder}/\${name}.gz COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
  file(GLOB pages \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_MANDIR}/man1/*.1\")
  execute_process(COMMAND gzip --best --no-name \${pages} COMMAND_ERROR_IS_FATAL ANY)"
  COMPONENT debian EXCLUDE_FROM_ALL)

string(TOLOWER "${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}" machine)
set(CPACK_PACKAGE_FILE_NAME ${PROJECT_NAME}-${PROJECT_VERSION}-${machine})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "tells whether a program speaks the chat protocol")
set(CPACK_PACKAGE_DESCRIPTION "chatspec judges any server or client of the chat protocol, in any language, as
a black box. It plays conversations with the program from plain-text scenarios
and says, for each that goes wrong, which requirement was broken, what was
expected, what came, and why that is likely so. It grades classes, runs in
continuous integration, and starts what it judges in sandboxes.
.
The package has the suite of scenarios and the reference server and client.")
set(CPACK_GENERATOR TGZ DEB)
set(CPACK_STRIP_FILES ON)

set(CPACK_COMPONENTS_ALL Unspecified debian)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${CHATSPEC_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS bubblewrap)  # for --isolation sandbox
set(CPACK_DEBIAN_PACKAGE_SUGGESTS python3)       # for what `chatspec reproduce` writes, and vectors/play.py
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
