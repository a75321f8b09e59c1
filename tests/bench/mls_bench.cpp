// What each operation of MLS costs, as a ratio to the least that any implementation must do on this machine. ops/bench
// mls runs it; the method is in docs/benchmarks.md.
//
//   mls_bench            all sizes, a minute or two       mls_bench --quick    small ones once: whether it works at all
//   mls_bench --beside FILE    times of another implementation, a line each: shape, members, microseconds, operation
// Fails when a ratio is over what is wanted; not with --quick.
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/bench/mls_operations.hpp"
#include "tests/bench/mls_prices.hpp"

namespace veranda::bench {
namespace {

struct Figure {
    double micros = 0;
    double ratio = 0;
    double ratio_max = 0;
    double beside = 0;  // another implementation's ratio; 0 if there is none
};

using Column = std::map<std::string, Figure>;
using OtherTimes = std::map<std::string, double>;  // by shape, members and operation

struct Table {
    std::string shape;
    std::vector<std::uint32_t> sizes;
    std::vector<std::string> rows;
    std::vector<Column> columns;
};

std::string key_of(const std::string& shape, std::uint32_t members, const std::string& operation) {
    return shape + " " + std::to_string(members) + " " + operation;
}

OtherTimes read_times(const char* path) {
    OtherTimes times;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string shape, operation;
        std::uint32_t members = 0;
        double micros = 0;
        words >> shape >> members >> micros;
        std::getline(words >> std::ws, operation);
        times[key_of(shape, members, operation)] = micros;
    }
    return times;
}

int rounds_for(std::uint32_t members, bool quick) {
    if (quick) return 1;
    if (members <= 10) return 75;
    return members <= 50 ? 25 : members <= 200 ? 11 : 5;
}

constexpr double short_micros = 10'000;

// Once to be measured. What is short is done once more before, as the primitives are measured in a row.
double measured(const Operation& operation) {
    const double first = operation.measured();
    return first < short_micros ? operation.measured() : first;
}

// Round after round, each operation once, the primitives in between.
void measure(Table& table, std::uint32_t members, const std::vector<Operation>& operations, bool quick,
             const OtherTimes& others) {
    Prices prices;
    std::vector<std::vector<double>> times(operations.size());
    for (int round = 0; round < rounds_for(members, quick); ++round) {
        for (std::size_t i = 0; i < operations.size(); ++i) {
            prices.sample();
            times[i].push_back(measured(operations[i]));
        }
    }
    Column column;
    for (std::size_t i = 0; i < operations.size(); ++i) {
        const Operation& operation = operations[i];
        const double least = prices.of(operation.least);
        const double micros = median(times[i]);
        const auto other = others.find(key_of(table.shape, members, operation.name));
        column[operation.name] = {micros, micros / least, operation.ratio_max,
                                  other == others.end() ? 0 : other->second / least};
        if (std::find(table.rows.begin(), table.rows.end(), operation.name) == table.rows.end())
            table.rows.push_back(operation.name);
    }
    std::printf("%s, %u members: ", table.shape.c_str(), members);
    prices.print();
    table.sizes.push_back(members);
    table.columns.push_back(std::move(column));
}

std::string cell(const Column& column, const std::string& row) {
    const auto found = column.find(row);
    if (found == column.end()) return "";
    const Figure& figure = found->second;
    char text[80];
    std::snprintf(text, sizeof text, "%.2f%s (%.0f)", figure.ratio, figure.ratio > figure.ratio_max ? "!" : "",
                  figure.micros);
    std::string out = text;
    if (figure.beside > 0) {
        std::snprintf(text, sizeof text, "; %.0f", figure.beside);
        out += text;
    }
    return out;
}

bool print(const Table& table) {
    bool reached = true;
    std::printf("\n| %s |", table.shape.c_str());
    for (const std::uint32_t members : table.sizes) std::printf(" N = %u |", members);
    std::printf("\n|--|");
    for (std::size_t i = 0; i < table.sizes.size(); ++i) std::printf("--|");
    std::printf("\n");
    for (const std::string& row : table.rows) {
        std::printf("| %s |", row.c_str());
        for (const Column& column : table.columns) {
            std::printf(" %s |", cell(column, row).c_str());
            const auto found = column.find(row);
            reached = reached && (found == column.end() || found->second.ratio <= found->second.ratio_max);
        }
        std::printf("\n");
    }
    return reached;
}

bool run(bool quick, const OtherTimes& others) {
    crypto::SystemRandom random;
    Table populated{"populated", {}, {}, {}};
    Table fresh{"fresh", {}, {}, {}};
    const std::vector<std::uint32_t> sizes =
        quick ? std::vector<std::uint32_t>{2, 10} : std::vector<std::uint32_t>{2, 10, 50, 200, 1000};
    for (const std::uint32_t members : sizes) {
        const Trio full = populated_group(members, random);
        measure(populated, members, operations_on(full, random), quick, others);
        const Trio new_one = fresh_group(members, random);
        std::vector<Operation> operations = operations_on(new_one, random);
        operations.insert(operations.begin(), making_of_a_group(members, random));
        measure(fresh, members, operations, quick, others);
    }
    const bool populated_reached = print(populated);
    const bool fresh_reached = print(fresh);
    std::printf(
        "\nratio to the least work (microseconds); ratio of the other implementation. A ratio with ! is over "
        "what is wanted.\n");
    return quick || (populated_reached && fresh_reached);
}

}  // namespace
}  // namespace veranda::bench

int main(int argc, char** argv) {
    const bool quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
    const bool beside = argc > 2 && std::strcmp(argv[1], "--beside") == 0;
    return veranda::bench::run(quick, beside ? veranda::bench::read_times(argv[2]) : veranda::bench::OtherTimes{}) ? 0
                                                                                                                   : 1;
}
