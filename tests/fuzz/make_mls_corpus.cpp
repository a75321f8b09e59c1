// Writes the corpora of the MLS targets from real messages: make_mls_corpus tests/fuzz/corpus. Run it again when the
// list of structures has grown.
#include <filesystem>
#include <fstream>

#include "tests/fuzz/full_stage.hpp"
#include "tests/unit/mls/stage.hpp"
#include "tests/unit/mls/structures.hpp"

namespace veranda::mls::tests {
namespace {

void write(const std::filesystem::path& folder, const std::string& name, ByteView head, ByteView bytes) {
    std::filesystem::create_directories(folder);
    std::ofstream out(folder / name, std::ios::binary);
    out << as_text(head) << as_text(bytes);
}

void write_structures(const std::filesystem::path& folder) {
    for (const Sample& sample : samples())
        write(folder, sample.name, Bytes{static_cast<std::uint8_t>(sample.structure)}, sample.bytes);
    const Bytes tree{static_cast<std::uint8_t>(decoded_structures().size())};
    write(folder, "changed_tree", tree, {});
    for (std::uint8_t place = 0; place < 60; place += 20)
        write(folder, "changed_tree-" + std::to_string(place), tree, Bytes{place, 1, 2, 3});
}

// The changes are found by the fuzzer: of each way in there is one honest message, and one for each thing put right.
void write_groups(const std::filesystem::path& folder, const Stage& stage) {
    for (std::uint8_t base = 0; base < stage.bases.size(); ++base) {
        const std::string& name = stage.bases[base].name;
        write(folder, "raw-" + name, Bytes{0, base, 0}, stage.bases[base].message);
        write(folder, "wire-" + name, Bytes{1, base, 0}, {});
        write(folder, "inside-" + name, Bytes{2, base, 0}, {});
        write(folder, "changed-" + name, Bytes{2, base, 23}, Bytes{9, 1, 2, 3});
        write(folder, "changed-joined-" + name, Bytes{2, base, 31}, Bytes{9, 1, 2, 3});
    }
}

void write_full(const std::filesystem::path& folder) {
    constexpr std::uint8_t in_public = 55, in_private = 87, of_joined = 8;  // everything put right
    const FullStage stage;
    for (std::uint8_t base = 0; base < stage.bases.size(); ++base) {
        const std::string& name = stage.bases[base].name;
        write(folder, "public-" + name, Bytes{1, base, in_public}, {});
        write(folder, "private-joined-" + name, Bytes{1, base, in_private | of_joined}, {});
        write(folder, "changed-" + name, Bytes{1, base, in_public}, Bytes{9, 1, 2, 3});
    }
    write(folder, "raw", Bytes{0, 0, 0}, stage.proposals[1]);
    for (std::uint8_t part = 0; part < 2; ++part) {
        write(folder, "info-" + std::to_string(part), Bytes{2, 0, 132}, Bytes{part, 1, 2, 3});
        write(folder, "welcome-" + std::to_string(part), Bytes{3, 0, 134}, Bytes{part, 1, 2, 3});
    }
}

void write_joins(const std::filesystem::path& folder, const Stage& stage) {
    write(folder, "raw", Bytes{0, 0}, stage.welcome);
    write(folder, "wire", Bytes{1, 0}, {});
    for (std::uint8_t part = 0; part < 4; ++part)
        write(folder, "inside-" + std::to_string(part), Bytes{2, 0}, Bytes{part, 1, 2, 3});
    for (std::uint8_t place = 0; place < 120; place += 8)
        write(folder, "tree-" + std::to_string(place), Bytes{2, 0}, Bytes{2, place, 1, 2, 3});
}

}  // namespace
}  // namespace veranda::mls::tests

int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "make_mls_corpus FOLDER\n");
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    const veranda::mls::tests::Stage stage;
    veranda::mls::tests::write_structures(folder / "mls_structures");
    veranda::mls::tests::write_groups(folder / "mls_group", stage);
    veranda::mls::tests::write_full(folder / "mls_full");
    veranda::mls::tests::write_joins(folder / "mls_join", stage);
    return 0;
}
