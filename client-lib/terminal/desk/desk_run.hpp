// One run of `veranda desk` or `veranda ask`, of whichever kind, until it is over: the loop, the person's lines and
// what she sees. Decides nothing that the cores decide.
#pragma once

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "client-lib/client/desk/answer_reader.hpp"
#include "client-lib/client/desk/asking_client.hpp"
#include "client-lib/client/desk/desk_client.hpp"
#include "client-lib/terminal/complaint.hpp"
#include "client-lib/terminal/desk/desk_lines.hpp"
#include "client-lib/terminal/desk/wired.hpp"
#include "client-lib/terminal/input_lines.hpp"

namespace veranda::terminal {

// Where and as whom.
struct AtDesk {
    ServerUrl server;
    client::TrustAnchor anchor;
    std::optional<std::filesystem::path> ca_file;
    bool json = false;
};

// What both sides have in common.
class DeskRun {
public:
    ExitCode run();  // returns when it is over

protected:
    DeskRun(AtDesk at, DeskPost post);
    ~DeskRun() = default;

    virtual bool begin() = 0;
    virtual void tick() = 0;
    virtual void pump() = 0;
    virtual void obey(const DeskLine& line) = 0;
    virtual void input_ended() = 0;
    virtual void quit() = 0;   // politely; finish() is for whoever hears that it is done
    virtual void close() = 0;  // the sockets

    void show(const client::Event& event);
    bool ok(const Result<void>& result);
    void complain(std::string_view code, std::string_view text = {});
    void cannot_connect(const std::string& why);
    void finish(ExitCode code);
    void finish_late(ExitCode code);  // if nothing else has by then

    AtDesk at_;
    boost::asio::io_context loop_;
    crypto::SystemRandom random_;
    bool quitting_ = false;
    bool finished_ = false;

private:
    void go_on();
    void on_signal();

    DeskPost post_;
    boost::asio::steady_timer ticks_;
    boost::asio::steady_timer patience_;
    boost::asio::signal_set signals_;
    std::optional<InputLines> input_;
    ExitCode exit_code_ = ExitCode::done;
};

// A counsellor on duty. A terminal shows one talk, so she has one at a time here; the desk's connection stays beside
// it and keeps the claim.
class CounsellorRun final : public DeskRun {
public:
    CounsellorRun(AtDesk at, client::StaffKeys keys, std::vector<std::string> languages,
                  std::optional<crypto::KemKeyPair> desk_key);

private:
    using Session = Wired<client::Client>;

    bool begin() override;
    void tick() override;
    void pump() override;
    void obey(const DeskLine& line) override;
    void input_ended() override { quit(); }
    void quit() override;
    void close() override;

    void make_session();
    void open_session(client::SessionForTwo&& session);
    void take_over(client::SessionHandedOver&& handed);
    bool pass_on_hand_over();
    bool talks() const { return session_ && !session_over_; }
    std::uint64_t number() const;  // of what she has; 0: nothing
    void take(const client::Event& event);
    void take_of_session(const client::Event& event);
    void end();
    void end_request();

    std::optional<client::StaffKeys> keys_;
    std::vector<std::string> languages_;
    std::optional<crypto::KemKeyPair> desk_key_;
    Wired<client::DeskClient> desk_;
    std::unique_ptr<Session> session_;
    std::optional<client::Colleague> successor_;    // whom the one that she talks with is asked about
    std::optional<client::StaffKeys> comes_in_as_;  // into a session that was handed over, once its card is open
    bool session_over_ = false;                     // to be let go of with the next tick
};

// Somebody who asks, and then talks.
class AskingRun final : public DeskRun {
public:
    AskingRun(AtDesk at, client::AskPlan plan);

private:
    bool begin() override;
    void tick() override { asking_.tick(); }
    void pump() override;
    void obey(const DeskLine& line) override;
    void input_ended() override;
    void quit() override;
    void close() override { asking_.close(); }

    void take(const client::Event& event);

    client::AskPlan plan_;
    Wired<client::AskingClient> asking_;
    std::size_t unconfirmed_texts_ = 0;
    bool input_ended_ = false;
    bool has_talked_ = false;
};

// Somebody who reads the answer to what she left.
class AnswerRun final : public DeskRun {
public:
    AnswerRun(AtDesk at, circle::Pass pass);

private:
    bool begin() override;
    void tick() override { reader_.tick(); }
    void pump() override;
    void obey(const DeskLine& line) override;
    void input_ended() override {}  // the words may have been the only line
    void quit() override;
    void close() override { reader_.close(); }

    void take(const client::Event& event);

    circle::Pass pass_;
    Wired<client::AnswerReader> reader_;
    bool has_answer_ = false;
};

}  // namespace veranda::terminal
