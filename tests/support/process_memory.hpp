// Looks into a child process for bytes that should, or should not, be there.
#pragma once

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace veranda::tests {

// Everything that the process can write to: heap, stacks, globals. None: this machine does not let us, or this build
// does not. Left out are regions of more than region_bytes_max: a sanitizer's shadow, which is terabytes of bits about
// bytes.
class ProcessMemory {
public:
    static constexpr unsigned long long region_bytes_max = 1ULL << 32;

    static std::optional<ProcessMemory> of(pid_t process) {
#ifdef __SANITIZE_THREAD__
        return std::nullopt;  // its shadow is in many regions, each small enough to be taken for memory
#endif
        const std::string folder = "/proc/" + std::to_string(process);
        const int memory = ::open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
        if (memory < 0) return std::nullopt;
        ProcessMemory found;
        std::ifstream maps(folder + "/maps");
        for (std::string line; std::getline(maps, line);) {
            unsigned long long begin = 0;
            unsigned long long end = 0;
            char dash = 0;
            std::string rights;
            std::string offset;
            std::string device;
            std::string inode;
            std::string name;
            std::istringstream parts(line);
            parts >> std::hex >> begin >> dash >> end >> rights >> offset >> device >> inode >> name;
            if (rights.starts_with("rw") && end - begin <= region_bytes_max) found.take(memory, begin, end, name);
        }
        ::close(memory);
        return found;
    }

    struct Region {
        std::string name;  // [heap], [stack], a file; empty: none of these
        std::string bytes;
    };

    std::size_t count(std::string_view bytes) const {
        std::size_t times = 0;
        const std::boyer_moore_horspool_searcher search(bytes.begin(), bytes.end());
        for (const auto& [name, region] : regions_)
            for (auto at = region.begin(); (at = std::search(at, region.end(), search)) != region.end(); ++at) ++times;
        return times;
    }
    bool holds(std::string_view bytes) const { return count(bytes) > 0; }
    std::size_t size() const {
        std::size_t sum = 0;
        for (const Region& region : regions_) sum += region.bytes.size();
        return sum;
    }
    const std::vector<Region>& regions() const { return regions_; }

private:
    void take(int memory, unsigned long long begin, unsigned long long end, const std::string& name) {
        std::string region(static_cast<std::size_t>(end - begin), '\0');
        std::size_t done = 0;
        while (done < region.size()) {
            const ssize_t count =
                ::pread(memory, region.data() + done, region.size() - done, static_cast<off_t>(begin + done));
            if (count <= 0) break;
            done += static_cast<std::size_t>(count);
        }
        region.resize(done);
        regions_.push_back({name, std::move(region)});
    }

    std::vector<Region> regions_;
};

}  // namespace veranda::tests
