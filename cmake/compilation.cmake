# How every target is compiled: warnings, sanitizers, ccache; and the two kinds of part we have, those of the browser
# too and those of the native programs only.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

# Headers cost more than what follows them, so a build from nothing reads them once for several files
# (docs/decisions/0011-many-files-compiled-at-once.md). Whoever edits one file waits less without.
if(VERANDA_UNITY)
  set(CMAKE_UNITY_BUILD ON)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
  # What a file calls its own is no matter of those that happen to be beside it: names hide nothing in them, and a
  # class may have members whose types are of its file only. The full -Wshadow is for files compiled alone.
  set(veranda_shadow -Wshadow=local -Wno-subobject-linkage)
else()
  set(veranda_shadow -Wshadow)
endif()

add_library(veranda_compilation INTERFACE)
target_include_directories(veranda_compilation INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(veranda_compilation INTERFACE
  -Wall -Wextra -Wconversion ${veranda_shadow} -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  $<$<BOOL:${VERANDA_WERROR}>:-Werror>
  # GCC 12 at -O2 sees uninitialised strings in every moved std::optional of a string (GCC bug 80635), and endless fills
  # in vector::resize; clang and ASan look for both.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-stringop-overflow>
  # CMake includes them by their whole paths; __FILE__ is the same in a checkout anywhere, and so is what ccache has.
  $<$<BOOL:${VERANDA_UNITY}>:-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=>
  -fstack-protector-strong
  $<$<NOT:$<STREQUAL:${CMAKE_SYSTEM_NAME},WASI>>:-fno-omit-frame-pointer>)
if(NOT CMAKE_SYSTEM_NAME STREQUAL "WASI")
  # All functions of libraries are found before main. Found at the first call, the loader first saves the vector
  # registers to the stack, and with them whatever key was moved through them: nothing wipes that.
  target_link_options(veranda_compilation INTERFACE -Wl,-z,relro,-z,now)
endif()
if(CMAKE_SYSTEM_NAME STREQUAL "WASI")
  # wasi-libc has no stack protector; the sandbox bounds every access instead.
  target_compile_options(veranda_compilation INTERFACE -fno-stack-protector -fno-rtti -Oz -flto)
endif()
if(VERANDA_SANITIZE)
  target_compile_options(veranda_compilation INTERFACE -fsanitize=${VERANDA_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(veranda_compilation INTERFACE -fsanitize=${VERANDA_SANITIZE})
  # Asio's fences are of the kind that ThreadSanitizer knows nothing about, and GCC warns of it. What they order it sees
  # by the locks beside them.
  if(VERANDA_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(veranda_compilation INTERFACE -Wno-tsan)
  endif()
endif()
if(VERANDA_COVERAGE)
  target_compile_options(veranda_compilation INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(veranda_compilation INTERFACE -fprofile-instr-generate)
endif()
if(VERANDA_FUZZ)
  target_compile_options(veranda_compilation INTERFACE -fsanitize=fuzzer-no-link)
endif()

# A part that runs in the browser too: it throws nothing and catches nothing, errors are Results; the browser's compiler
# refuses anything else. Natively a std::bad_alloc may still pass through to whoever catches it (server/net does), so
# there what it passes is unwound: nothing is leaked, and secrets are wiped.
function(veranda_core_library name)
  add_library(${name} STATIC ${ARGN})
  target_compile_options(${name} PRIVATE $<$<STREQUAL:${CMAKE_SYSTEM_NAME},WASI>:-fno-exceptions>)
  target_link_libraries(${name} PUBLIC veranda_compilation)
endfunction()

# A part of the native programs only: Boost throws, so exceptions are on.
function(veranda_native_library name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PUBLIC veranda_compilation)
endfunction()
