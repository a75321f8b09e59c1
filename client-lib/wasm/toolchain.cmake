# Debian's own clang, aimed at the browser: no other SDK. `ops/wasm/build` brings what this needs.
list(APPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}/platform")
set(CMAKE_SYSTEM_NAME WASI)
set(CMAKE_SYSTEM_PROCESSOR wasm32)

set(CMAKE_C_COMPILER clang-14)
set(CMAKE_CXX_COMPILER clang++-14)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_AR llvm-ar-14)
set(CMAKE_RANLIB llvm-ranlib-14)
set(CMAKE_NM llvm-nm-14)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# Where ops/wasm/build-sodium keeps its result.
if(DEFINED ENV{VERANDA_CACHE})
  set(VERANDA_WASM_SODIUM "$ENV{VERANDA_CACHE}/wasm-sodium" CACHE PATH "libsodium for wasm32-wasi")
else()
  set(VERANDA_WASM_SODIUM "${CMAKE_CURRENT_LIST_DIR}/../../.cache/wasm-sodium" CACHE PATH "libsodium for wasm32-wasi")
endif()
if(NOT EXISTS "${VERANDA_WASM_SODIUM}/lib/libsodium.a")
  message(FATAL_ERROR "There is no libsodium in ${VERANDA_WASM_SODIUM}: run ops/wasm/build-sodium first")
endif()
