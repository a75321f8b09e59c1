// A command's arguments as the core takes them: as texts. A plan is its fields, in the order of `Plan`.
import type { Command, Plan } from "./commands";

const planFields: (keyof Plan)[] = [
  "name",
  "rules",
  "language",
  "minutes",
  "members_max",
  "newcomers",
  "slow_mode_seconds",
];

export function fieldsOf([what, ...values]: Command): string[] {
  if (what !== "host") return values.map(String);
  const plan = JSON.parse(String(values[0])) as Plan;
  return planFields.map((field) => String(plan[field]));
}
