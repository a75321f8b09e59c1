// `veranda staff` and `veranda org`: the organisation's work, without a network. Each does one command and says on
// standard output what came of it; what cannot be done is a Complaint.
#pragma once

#include "client-lib/terminal/options.hpp"

namespace veranda::terminal {

void run(const StaffNew& options);
void run(const OrgInit& options);
void run(const OrgCertify& options);
void run(const OrgList& options);
void run(const OrgRevoke& options);
void run(const OrgRenew& options);
void run(const OrgDeskKey& options);
void run(const OrgNotSafe& options);

}  // namespace veranda::terminal
