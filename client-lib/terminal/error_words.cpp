// One line each: what happened, then what to do about it.
#include "client-lib/terminal/error_words.hpp"

namespace veranda::terminal {
namespace {

struct Words {
    std::string_view code;
    std::string_view words;
};

constexpr Words all[] = {
    // the core, about what was typed
    {"not_now", "That cannot be done at this moment."},
    {"not_at_desk", "You are not at the support desk. An alarm that nobody has seen goes there by itself."},
    {"composer_closed", "You cannot write now; nothing was sent."},
    {"outbox_full", "Too much is waiting to be sent. Wait a little; this one was not kept."},
    {"text_empty", "There is nothing to send."},
    {"text_too_long", "That is too long to send; nothing was sent. Make it two."},
    {"nobody_of_that_name", "There is nobody of that name."},
    {"only_staff", "Only facilitators can do that."},
    {"slow_mode", "Slow mode: wait a little; nothing was sent."},
    {"held_level", "This person may only read now; the message was not passed on."},
    {"held_outstanding", "What you wrote last still waits for a facilitator; nothing was sent."},
    {"levels_bind_no_staff", "That does not bind a facilitator."},
    {"no_such_message", "There is no message of that number here."},
    {"not_ones_own", "You can hide your own messages; a facilitator can hide others'."},
    {"nothing_to_undo", "There is nothing to take back; ten seconds at most after it."},
    {"cannot_be_undone", "That cannot be taken back."},
    {"staff_list_differs", "The server shows different lists of staff: no facilitator is let in now."},
    {"held_twice", "A message came that was passed on before; it is not shown again."},
    {"held_signature", "A message was passed on that its author did not sign so; it is not shown."},
    {"plan_invalid", "The group's name, rules or language are too long, or hold something unprintable."},
    {"pseudonym_form", "This name cannot be used. Take a short one, in letters of one script."},
    {"pseudonym_of_staff", "This name could be taken for one of the team. Take another."},
    {"no_invites", "No invite has been made here. /invite makes one."},
    {"no_such_invite", "There is no open invite of that number. /invites shows them."},
    {"invite_seen_twice", "This invite has been seen by two people. Say it again if you are sure which of them."},
    {"pseudonym_taken", "Somebody has this name already. Come back with another."},
    // the group book
    {"book_full", "The group book is full; what has changed now is not in it."},
    {"book_other_group", "Another facilitator's book is of another group. Nothing was taken from it."},
    {"book_entry_writer", "The group book holds what no facilitator of this organisation wrote. That was left out."},
    {"book_entry_signature", "Somebody told us of an entry for the group book that nobody signed. It was left out."},
    {"book_entry_form", "An entry for the group book was not of its form. It was left out."},
    // the core, about the server and others
    {"other_organisation", "This server is not that of the organisation you trust. Nothing was sent."},
    {"fingerprint_differs", "This server is not that of the organisation that invited you. Nothing was sent."},
    {"organisation_signature", "This server cannot show who it works for. Nothing was sent."},
    {"organisation_texts", "What this organisation says to whoever is not safe is too much to show. Nothing was sent."},
    {"staff_list_run_out", "The organisation's staff list has run out; it has to renew it (veranda org renew)."},
    {"staff_list_went_back", "This server shows an old staff list. Do not go on; tell the organisation."},
    {"staff_list_forked", "This server shows a different staff list than before. Tell the organisation."},
    {"certificate_not_listed", "This certificate is not on the organisation's staff list."},
    {"certificate_revoked", "This certificate has been revoked."},
    {"certificate_lifetime", "This certificate has run out, or is not good yet."},
    {"ticket_form", "This is not a whole ticket; copy it again, to its last letter."},
    {"no_ticket", "There is no ticket yet: it comes with your admission."},
    {"other_successor", "The group behind this ticket is not the one that you were in."},
    {"card_not_ours", "This invite does not open. Ask for a new one."},
    {"card_run_out", "This invite has run out. Ask for a new one."},
    {"log_forked", "The server shows you something else than it shows the facilitators."},
    {"message_not_read", "One message could not be read."},
    // the relay
    {"no_such_card",
     "No group is open for this invite now. Perhaps it has not begun, is over, or the invite was used."},
    {"busy", "The server is busy. Trying again by itself."},
    {"too_many_requests", "That was too fast. Wait a little."},
    {"waiting_room_full", "The waiting room is full. Try again later."},
    {"talk_full", "Enough has been said with this knock. Wait for the answer."},
    {"no_such_knock", "Nobody waits there any more."},
    {"room_locked", "The group is closed to newcomers now."},
    {"room_full", "The group is full."},
    {"room_ended", "The session is over."},
    {"no_such_room", "The server does not know this room any more."},
    {"member_removed", "A facilitator has removed you from this session."},
    {"staff_certificate", "The server does not accept your certificate: run out, revoked, or not on its staff list."},
    // the support desk
    {"only_counsellors", "Only counsellors can do that."},
    {"no_such_number", "There is no such request in the queue."},
    {"too_many_at_once", "This terminal holds one talk at a time, and you have a request already. /end it first."},
    {"no_session", "No session is open. /queue shows who waits, /take N takes a request."},
    {"session_open", "A session is open. /end it first."},
    {"no_desk_key", "This organisation keeps no requests for later. Nothing was sent."},
    {"card_of_another", "Somebody answered who had not shown that she is on duty. Still waiting."},
    {"duty_statement", "The server does not accept that you are on duty: check your certificate and your clock."},
    {"request_claimed", "Another counsellor has taken it."},
    {"no_such_request", "This request is no longer there."},
    {"other_desk_key", "This desk key is not the organisation's. Ask for the one that it has now."},
    {"nothing_to_answer", "You have taken no request that was left. /take N takes one."},
    {"desk_answer_form", "An answer has 1 to 2,000 bytes of text. Nothing was sent."},
    {"desk_answer_not_ours", "What is kept under these words is not an answer for them: it was changed on its way."},
    {"desk_answer_role", "What is kept under these words was not written by a counsellor. It is not shown."},
    {"desk_answer_signature", "What is kept under these words was not signed by whom it names. It is not shown."},
    {"nobody_on_duty", "Nobody of that name is on duty now."},
    {"no_such_turn", "She has gone off duty meanwhile."},
    {"hand_over_missed",
     "A session was to be handed over to you, but you are in one. /end it first, and be asked again."},
    {"hand_over_not_asked", "There is no open question whether another counsellor may take over."},
    {"consent_other_member", "An answer to a hand-over came from somebody who was not asked. Nobody was let in."},
    {"hand_over_other_counsellor", "Another counsellor came than the one who was agreed on. She was not let in."},
    {"desk_full", "Too many people are waiting at the desk. Try again later."},
};

}  // namespace

std::string_view error_words(std::string_view code) {
    for (const Words& each : all)
        if (each.code == code) return each.words;
    return {};
}

}  // namespace veranda::terminal
