// Finds the vector files and makes a test of each: welcome.json, or welcome-2.json, is run by the runner `welcome`.
#include <dirent.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "tests/vectors/vectors.hpp"

namespace veranda::mls::vectors {
namespace {

enum class Suites { ours_only, with_sha256, any };
bool can_run(Suites suites, int suite) {
    return suites == Suites::any || suite == 3 || (suites == Suites::with_sha256 && suite == 1);
}

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
    {"tree-operations", tree_operations, Suites::with_sha256},  // public keys are but bytes here
    {"tree-validation", tree_validation, Suites::ours_only},
    {"treekem", tree_kem, Suites::ours_only},
    {"welcome", welcome, Suites::ours_only},
};

class FileTest : public testing::Test {
public:
    FileTest(const Kind& kind, std::string file) : kind_(kind), file_(std::move(file)) {}

    void TestBody() override {
        std::ifstream stream(file_);
        const Json cases = Json::parse(stream);
        ASSERT_TRUE(cases.is_array() && !cases.empty()) << "no cases in " << file_;
        std::size_t ran = 0;
        for (std::size_t i = 0; i < cases.size(); ++i) ran += run_case(cases[i], i) ? 1 : 0;
        EXPECT_GT(ran, 0U) << "no case of cipher suite 3 in " << file_;
    }

private:
    // False if the case is of a cipher suite that we don't have.
    bool run_case(const Json& one_case, std::size_t number) const {
        SCOPED_TRACE("case " + std::to_string(number));
        const auto suite = one_case.find("cipher_suite");
        if (suite != one_case.end() && !can_run(kind_.suites, suite->get<int>())) return false;
#if defined(__cpp_exceptions)
        try {
            kind_.run(one_case);
        } catch (const std::exception& error) {
            ADD_FAILURE() << error.what();
        }
#else
        kind_.run(one_case);
#endif
        return true;
    }

    const Kind& kind_;
    std::string file_;
};

class SkippedTest : public testing::Test {
public:
    explicit SkippedTest(std::string reason) : reason_(std::move(reason)) {}
    void TestBody() override { GTEST_SKIP() << reason_; }

private:
    std::string reason_;
};

class FailingTest : public testing::Test {
public:
    explicit FailingTest(std::string reason) : reason_(std::move(reason)) {}
    void TestBody() override { ADD_FAILURE() << reason_; }

private:
    std::string reason_;
};

bool is_of(const Kind& kind, const std::string& name) {
    return name == kind.name || name.rfind(std::string(kind.name) + "-", 0) == 0;
}

// The kind whose name is the longest that fits.
const Kind* kind_of(const std::string& file) {
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

// A file that nothing checks must not look like one that passed.
void add_failing(const std::string& name, const std::string& reason) {
    testing::RegisterTest("MlsVectors", test_name(name).c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [reason]() -> testing::Test* { return new FailingTest(reason); });
}

// The names of the .json files in a folder, without the ending, in order. The browser's build has no std::filesystem.
std::vector<std::string> names_in(const std::string& folder) {
    static constexpr std::string_view ending = ".json";
    std::vector<std::string> names;
    DIR* directory = opendir(folder.c_str());
    if (directory == nullptr) return names;
    while (const dirent* entry = readdir(directory)) {
        const std::string_view file = entry->d_name;
        if (file.size() > ending.size() && file.ends_with(ending))
            names.emplace_back(file.substr(0, file.size() - ending.size()));
    }
    closedir(directory);
    std::sort(names.begin(), names.end());
    return names;
}

void add_files(const std::string& folder) {
    const std::vector<std::string> names = names_in(folder);
    for (const std::string& name : names) {
        const Kind* kind = kind_of(name);
        if (kind == nullptr) {
            add_failing(name, "a kind of vectors that is not known");
            continue;
        }
        const std::string file = folder + "/" + name + ".json";
        testing::RegisterTest("MlsVectors", test_name(name).c_str(), nullptr, nullptr, __FILE__, __LINE__,
                              [kind, file]() -> testing::Test* { return new FileTest(*kind, file); });
    }
    if (names.empty()) add_failing("none", "no .json file in " + folder);
}

bool is_folder(const char* path) {
    struct stat status {};
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace
}  // namespace veranda::mls::vectors

int main(int argc, char** argv) {
    using namespace veranda::mls::vectors;
    testing::InitGoogleTest(&argc, argv);
    veranda::crypto::initialise();
    const char* folder = std::getenv("VERANDA_MLS_VECTORS");
    if (folder != nullptr && is_folder(folder)) {
        add_files(folder);
    } else {
        for (const Kind& kind : kinds) add_skipped(kind.name, "VERANDA_MLS_VECTORS names no folder");
    }
    return RUN_ALL_TESTS();
}
