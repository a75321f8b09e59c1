# Puts the Lua scripts, each behind common.lua, into one header, with the SHA-1 by which Redis knows them.
function(veranda_embed_scripts header folder)
  file(READ "${folder}/common.lua" common)
  set(entries "")
  foreach(name IN LISTS ARGN)
    file(READ "${folder}/${name}.lua" body)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${folder}/${name}.lua")
    string(SHA1 sha1 "${common}${body}")
    string(APPEND entries "inline constexpr Script ${name}{\"${name}\", \"${sha1}\",\n"
      "    R\"lua(${common}${body})lua\"};\n")
    string(APPEND names "&${name}, ")
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${folder}/common.lua")
  file(GENERATE OUTPUT "${header}" CONTENT "// Made by embed_scripts.cmake from scripts/*.lua.
#pragma once
#include <string_view>
namespace veranda::store::redis {
struct Script {
    std::string_view name;
    std::string_view sha1;
    std::string_view text;
};
namespace scripts {
${entries}inline constexpr const Script* all[] = {${names}};
}  // namespace scripts
}  // namespace veranda::store::redis
")
endfunction()
