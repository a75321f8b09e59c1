// One run of `veranda host` or `veranda join`: the client core, its socket, the person's lines and what she sees, until
// it is over. Decides nothing that the core decides.
#pragma once

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>

#include "client-lib/client/client.hpp"
#include "client-lib/terminal/book_file.hpp"
#include "client-lib/terminal/complaint.hpp"
#include "client-lib/terminal/desk/alarm_at_desk.hpp"
#include "client-lib/terminal/input_lines.hpp"
#include "client-lib/terminal/line_commands.hpp"
#include "client-lib/terminal/socket.hpp"

namespace veranda::terminal {

inline constexpr std::size_t closed_max = 100;  // messages that /open shows; older ones are forgotten

// What this run is there for.
struct HostGroup {
    client::StaffKeys keys;
    client::GroupPlan plan;
};
struct JoinAsStaff {
    circle::Pass pass;
    client::StaffKeys keys;
};
struct JoinAsMember {
    circle::Pass pass;
    std::string name;
};
struct ComeBack {
    circle::Ticket ticket;
    std::optional<client::StaffKeys> keys;
};
using Purpose = std::variant<HostGroup, JoinAsStaff, JoinAsMember, ComeBack>;

struct Meeting {
    ServerUrl server;
    client::TrustAnchor anchor;
    Purpose purpose;
    std::optional<std::filesystem::path> ca_file;
    bool json = false;
    std::optional<BookFile> book = std::nullopt;
};

class Conversation final : private SocketListener {
public:
    explicit Conversation(Meeting meeting);

    // Returns when it is over.
    ExitCode run();

private:
    void on_connected() override;
    void on_message(ByteView message) override;
    void on_disconnected(const std::string& why, bool never_up) override;

    void cannot_connect(const std::string& why);

    void begin();
    void tick();
    void on_line(const std::string& line);
    void obey(const LineCommand& command);
    void on_signal();

    void pump();  // carries out and shows what the core has to say, until it has nothing more
    void carry_out(client::Action&& action);
    void take(const client::Event& event);
    void open_closed(std::uint64_t seq);
    void knock();
    void heed_alarm(const client::LaneEvent& alarm);
    void say_at_desk(std::string_view text);
    void show(const client::Event& event, bool of_desk = false);
    void save_book(Bytes body);
    void show_ticket();
    void show_new_ticket();
    void complain(std::string_view code, std::string_view text = {});
    bool ok(const Result<void>& result);

    void quit_when_all_is_sent();
    void quit();
    void group_is_over(ExitCode code);
    void finish(ExitCode code);
    void end_with(client::Phase phase);

    Meeting meeting_;
    Post post_;
    boost::asio::io_context loop_;
    boost::asio::steady_timer ticks_;
    boost::asio::steady_timer patience_;  // how long leaving may take
    boost::asio::signal_set signals_;
    crypto::SystemRandom random_;
    client::Client client_;
    Socket socket_;
    std::optional<InputLines> input_;

    std::unique_ptr<AlarmAtDesk> at_desk_;
    std::string alarm_words_;
    client::NotSafeTextsEvent not_safe_texts_;
    std::optional<ExitCode> over_;  // the group, while she is still at the desk

    std::size_t unconfirmed_texts_ = 0;
    std::deque<client::MessageEvent> closed_;          // that may be hard to read, the newest closed_max
    std::optional<circle::PassEntropy> shown_ticket_;  // each admission has another
    std::string last_book_trouble_;                    // each is told once
    std::string last_trouble_;                         // of the connection; each is told once
    bool has_no_words_ = false;                        // return words; offered once
    bool input_ended_ = false;
    bool was_waiting_ = false;
    bool was_in_group_ = false;
    bool quitting_ = false;
    bool finished_ = false;
    ExitCode exit_code_ = ExitCode::done;
};

}  // namespace veranda::terminal
