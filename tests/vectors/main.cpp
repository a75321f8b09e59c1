// Finds the vector files and makes a test of each: welcome.json, or welcome-2.json, is run by the runner `welcome`.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/vectors/vectors.hpp"

namespace veranda::mls::vectors {
namespace {

namespace fs = std::filesystem;

enum class Suites { ours_only, any };
struct Kind {
    const char* name;
    Runner run;
    Suites suites;
};

constexpr Kind kinds[] = {
    {"crypto-basics", crypto_basics, Suites::ours_only},
    {"deserialization", deserialization, Suites::any},
    {"key-schedule", key_schedule, Suites::ours_only},
    {"message-protection", message_protection, Suites::ours_only},
    {"messages", messages, Suites::any},
    {"passive-client-handling-commit", passive_client, Suites::ours_only},
    {"passive-client-random", passive_client, Suites::ours_only},
    {"passive-client-welcome", passive_client, Suites::ours_only},
    {"psk_secret", psk_secrets, Suites::ours_only},
    {"secret-tree", secret_tree, Suites::ours_only},
    {"transcript-hashes", transcript_hashes, Suites::ours_only},
    {"tree-math", tree_mathematics, Suites::any},
    {"tree-operations", tree_operations, Suites::any},  // structure and SHA-256 only, which suite 1 shares
    {"tree-validation", tree_validation, Suites::ours_only},
    {"treekem", tree_kem, Suites::ours_only},
    {"welcome", welcome, Suites::ours_only},
};

class FileTest : public testing::Test {
public:
    FileTest(const Kind& kind, fs::path file) : kind_(kind), file_(std::move(file)) {}

    void TestBody() override {
        std::ifstream stream(file_);
        const Json cases = Json::parse(stream);
        ASSERT_TRUE(cases.is_array() && !cases.empty()) << "no cases in " << file_;
        Tally tally;
        for (std::size_t i = 0; i < cases.size(); ++i) run_case(cases[i], i, tally);
        if (!tally.complete()) GTEST_SKIP() << tally.summary(cases.size());
    }

private:
    void run_case(const Json& one_case, std::size_t number, Tally& tally) const {
        SCOPED_TRACE("case " + std::to_string(number));
        const auto suite = one_case.find("cipher_suite");
        if (kind_.suites == Suites::ours_only && suite != one_case.end() && suite->get<int>() != 3)
            return tally.left_out("another cipher suite");
        try {
            kind_.run(one_case, tally);
        } catch (const std::exception& error) {
            ADD_FAILURE() << error.what();
        }
    }

    const Kind& kind_;
    fs::path file_;
};

class SkippedTest : public testing::Test {
public:
    explicit SkippedTest(std::string reason) : reason_(std::move(reason)) {}
    void TestBody() override { GTEST_SKIP() << reason_; }

private:
    std::string reason_;
};

bool is_of(const Kind& kind, const fs::path& file) {
    const std::string name = file.stem().string();
    return name == kind.name || name.rfind(std::string(kind.name) + "-", 0) == 0;
}

// The kind whose name is the longest that fits.
const Kind* kind_of(const fs::path& file) {
    const Kind* best = nullptr;
    for (const Kind& kind : kinds)
        if (is_of(kind, file) && (!best || std::string_view(kind.name).size() > std::string_view(best->name).size()))
            best = &kind;
    return best;
}

std::string test_name(std::string name) {
    for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    return name;
}

void add_skipped(const std::string& name, const std::string& reason) {
    testing::RegisterTest("MlsVectors", test_name(name).c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [reason]() -> testing::Test* { return new SkippedTest(reason); });
}

void add_files(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        const Kind* kind = kind_of(file);
        if (kind == nullptr) {
            add_skipped(file.stem().string(), "a kind of vectors that is not known");
            continue;
        }
        testing::RegisterTest("MlsVectors", test_name(file.stem().string()).c_str(), nullptr, nullptr, __FILE__,
                              __LINE__, [kind, file]() -> testing::Test* { return new FileTest(*kind, file); });
    }
    if (files.empty()) add_skipped("none", "no .json file in " + folder.string());
}

}  // namespace
}  // namespace veranda::mls::vectors

int main(int argc, char** argv) {
    using namespace veranda::mls::vectors;
    testing::InitGoogleTest(&argc, argv);
    veranda::crypto::initialise();
    const char* folder = std::getenv("VERANDA_MLS_VECTORS");
    if (folder != nullptr && std::filesystem::is_directory(folder)) {
        add_files(folder);
    } else {
        for (const Kind& kind : kinds) add_skipped(kind.name, "VERANDA_MLS_VECTORS names no folder");
    }
    return RUN_ALL_TESTS();
}
