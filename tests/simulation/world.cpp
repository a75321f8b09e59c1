#include "tests/simulation/world.hpp"

#include "tests/simulation/people/person.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t steps_max = 20'000'000;  // a full evening takes some hundred thousand
constexpr std::size_t violations_max = 20;       // more are the same one again

}  // namespace

World::World(const Plan& plan, std::FILE* trace)
    : plan_(plan),
      dice_(Dice(plan.seed).apart("world")),
      trace_(trace),
      random_(plan.seed),
      organisation_(random_),
      checkers_(make_checkers(*this)) {
    trace_.line(0, "plan", plan.describe());
}

World::~World() {
    devices_.clear();
    nodes_.clear();
}

void World::begin() {
    for (std::uint64_t i = 0; i < plan_.nodes; ++i)
        nodes_.push_back(std::make_unique<Node>(*this, "node" + std::to_string(i), Dice(dice_.next())));
    tick_nodes();
    tick_second();
}

void World::tick_nodes() {
    if (!ticking_) return;
    for (const auto& node : nodes_) node->tick();
    agenda_.after(relay::limits::tick_ms, [this] { tick_nodes(); });
}

void World::tick_second() {
    look_at_logs();
    redis_.memory->advance(wall());
    each_checker(&Checker::each_second);
    agenda_.after(1'000, [this] { tick_second(); });
}

bool World::run_until(std::uint64_t ms) {
    while (agenda_.step(ms)) {
        if (agenda_.done() < steps_max) continue;
        violated("liveness", "the world does not come to an end");
        return false;
    }
    agenda_.at(ms, [] {});
    while (agenda_.step(ms)) {
    }
    return true;
}

Device& World::place(Person& person, std::unique_ptr<Core> core, bool is_good_line) {
    Line line;
    if (is_good_line || dice_.percent(60)) line = {5, 40, 500};
    line.is_rough = plan_.is_rough && dice_.percent(50);
    return devices_.emplace_back(*this, person, devices_.size(), std::move(core), line, Dice(dice_.next()));
}

std::shared_ptr<Wire> World::dial(Device& device, Line line, Dice dice) {
    Node& node = *dice_.pick(nodes_);
    auto wire = std::make_shared<Wire>(agenda_, node, device, line, dice);
    node.opens(wire);
    wire->dial();
    return wire;
}

void World::shown(const Device& device, const client::Event& event) {
    if (!std::holds_alternative<client::RosterEvent>(event))  // long, and many
        trace_.line(now_ms(), device.name(), client::to_json(event));
    for (const auto& checker : checkers_) checker->shown(device, event);
}

void World::wanted(const Device& device, std::string_view what, const Result<void>& done) {
    std::string line = "wants: ";
    line += what;
    if (!done) line.append(", but ").append(done.error().rule->name);
    trace_.line(now_ms(), device.name(), line);
    for (const auto& checker : checkers_) checker->wants(device, what, done.has_value());
}

void World::died(const Device& device) {
    for (const auto& checker : checkers_) checker->dies(device);
}

void World::look_at_logs() {
    std::map<RoomId, const store::MemoryRoom*> rooms;  // in an order that does not depend on where they lie
    for (const auto& [id, room] : redis_.memory->rooms) rooms.emplace(id, &room);
    for (const auto& [id, room] : rooms) {
        Sequence& last = looked_at_[id];
        for (const auto& logged : room->log) {
            if (logged->entry.sequence <= last) continue;
            last = logged->entry.sequence;
            for (const auto& checker : checkers_) checker->logged(id, logged->entry);
        }
    }
}

void World::fail_over(std::uint64_t replica_lags_ms, bool is_empty) {
    trace_.line(now_ms(), "redis", is_empty ? "restarts" : "fails over");
    auto replica = std::make_shared<SimulatedRedis::Replica>();
    if (!is_empty) *replica = redis_.replica();
    agenda_.after(replica_lags_ms, [this, replica] {
        look_at_logs();
        redis_.fail_over(std::move(*replica));
        for (const auto& node : nodes_)
            if (node->link() != nullptr) node->link()->go_down(dice_.between(10, 3'000));
        each_checker(&Checker::forgotten);
    });
}

void World::restart(Node& node, std::uint64_t down_ms) {
    if (!node.is_up()) return;
    trace_.line(now_ms(), node.name(), "ends");
    look_at_logs();
    node.stop();
    if (!plan_.over_redis) each_checker(&Checker::forgotten);
    agenda_.after(down_ms, [this, &node] {
        trace_.line(now_ms(), node.name(), "starts");
        node.start();
    });
}

void World::violated(std::string_view checker, const std::string& what) {
    trace_.line(now_ms(), "VIOLATED", std::string(checker) + ": " + what);
    if (violations_.size() < violations_max) violations_.push_back({now_ms(), std::string(checker), what});
}

void Checker::violated(const std::string& what) const { world_.violated(name(), what); }

}  // namespace veranda::simulation
