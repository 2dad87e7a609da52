# What `cmake --install` puts where, as Debian has it.
install(TARGETS pilcrow pilcrow-index RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS pilcrow-extract RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/pilcrow)
install(FILES docs/man/pilcrow.1 docs/man/pilcrow-index.1
  DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES docs/man/pilcrow-query.7 DESTINATION ${CMAKE_INSTALL_MANDIR}/man7)
install(FILES completions/bash/pilcrow completions/bash/pilcrow-index
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES completions/zsh/_pilcrow completions/zsh/_pilcrow-index
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES completions/fish/pilcrow.fish completions/fish/pilcrow-index.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING
  PATTERN "*.md" PATTERN "*.schema.json" PATTERN "man" EXCLUDE)
