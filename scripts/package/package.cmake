# What is installed, and the Debian package that CPack makes of it.
#
# `cmake --install` puts the program, its manual and the shipped packs below a prefix. The parts of
# the machine's own folders (the unit, /etc) belong to the component "system", which only the package
# takes.
include(GNUInstallDirs)
# What was built is packaged, as it is; `./dev package` builds first.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(PACKAGING ${CMAKE_SOURCE_DIR}/scripts/package)
set(DOCUMENTS ${CMAKE_INSTALL_DATAROOTDIR}/doc/biaochi)

# The manual says what the program says of itself.
find_program(GZIP gzip REQUIRED)
add_custom_command(
  OUTPUT biaochi.8.gz changelog.gz
  COMMAND ${PACKAGING}/manual.sh $<TARGET_FILE:biaochi> > biaochi.8
  COMMAND ${GZIP} -9nf biaochi.8
  COMMAND ${GZIP} -9nc ${PACKAGING}/changelog > changelog.gz
  DEPENDS biaochi ${PACKAGING}/manual.sh ${PACKAGING}/changelog
  VERBATIM)
add_custom_target(manual ALL DEPENDS biaochi.8.gz changelog.gz)

install(TARGETS biaochi RUNTIME)
install(FILES ${CMAKE_BINARY_DIR}/biaochi.8.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(DIRECTORY plugins/ DESTINATION ${CMAKE_INSTALL_DATADIR}/biaochi/plugins
        PATTERN "_*" EXCLUDE
        PATTERN "*.md" EXCLUDE)
install(FILES README.md README.zh-CN.md ${PACKAGING}/copyright ${CMAKE_BINARY_DIR}/changelog.gz
        DESTINATION ${DOCUMENTS})
install(FILES plugins/README.md plugins/README.en.md DESTINATION ${DOCUMENTS}/packs)

install(FILES ${PACKAGING}/biaochi.service DESTINATION /lib/systemd/system
        COMPONENT system EXCLUDE_FROM_ALL)
install(FILES ${PACKAGING}/biaochi.default DESTINATION /etc/default RENAME biaochi
        COMPONENT system EXCLUDE_FROM_ALL)
install(FILES ${PACKAGING}/biaochi.logrotate DESTINATION /etc/logrotate.d RENAME biaochi
        COMPONENT system EXCLUDE_FROM_ALL)
install(DIRECTORY DESTINATION /etc/biaochi/packs COMPONENT system EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME biaochi)
set(CPACK_PACKAGE_CONTACT "Biaochi maintainers <maintainers@biaochi.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "monitoring and assessment of development plans")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ
    GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
# Both components, in one package.
set(CPACK_INSTALL_CMAKE_PROJECTS
    "${CMAKE_BINARY_DIR};biaochi;Unspecified;/;${CMAKE_BINARY_DIR};biaochi;system;/")

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "logrotate, curl")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Biaochi (标尺) serves China's Women's and Children's Working Committees, from the
nation to the county: attainment rates, progress, forecasts, warnings and the
yearly assessment. What is measured and how it is judged stands in region
packs, small folders of Lua that run in jailed workers; they are checked,
tested, activated and rolled back while the server runs.

The package starts the server on 127.0.0.1:8080.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PACKAGING}/postinst ${PACKAGING}/prerm ${PACKAGING}/postrm
    ${PACKAGING}/conffiles)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
