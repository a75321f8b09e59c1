// A group while it is planned: what she has filled in, and the plan that the core is given.

import type { Level, Plan } from "../../core/commands";
import type { ChosenFile } from "../door";

export interface PlanDraft {
  name: string;
  rules: string;
  language: string;
  minutes: number;
  membersMax: number;
  newcomers: Level;
  slowSeconds: number;
  bookUse: "none" | "new" | "open";
  bookFile: ChosenFile | null;
  bookPassphrase: string;
  bookAgain: string;
  bookShown: boolean;
}

export const firstPlan: PlanDraft = {
  name: "",
  rules: "",
  language: "en",
  minutes: 120,
  membersMax: 12,
  newcomers: "speaks",
  slowSeconds: 0,
  bookUse: "none",
  bookFile: null,
  bookPassphrase: "",
  bookAgain: "",
  bookShown: false,
};

// protocol/limits.hpp
export const nameBytesMax = 120;
export const rulesBytesMax = 1_500;
export const minutesMax = 12 * 60;
export const membersLimit = 200;

const bytes = (text: string) => new TextEncoder().encode(text).length;

export type PlanLack = "name" | "nameLong" | "rulesLong" | "bookFile" | "bookPassphrase" | "bookShort" | "bookDiffers";

const bookLettersMin = 12;

/** Of a book that is there already the language is the book's, unless she says another. */
export function withBook(plan: PlanDraft, bookUse: PlanDraft["bookUse"]): Pick<PlanDraft, "bookUse" | "language"> {
  if (bookUse === "open") return { bookUse, language: "" };
  return { bookUse, language: plan.language === "" ? firstPlan.language : plan.language };
}

/** What is still missing, or null. With a book that is there already, name and rules may stay empty: they are its. */
export function lackOf(plan: PlanDraft): PlanLack | null {
  if (plan.name.trim() === "" && plan.bookUse !== "open") return "name";
  if (bytes(plan.name.trim()) > nameBytesMax) return "nameLong";
  if (bytes(plan.rules.trim()) > rulesBytesMax) return "rulesLong";
  if (plan.bookUse === "open" && plan.bookFile === null) return "bookFile";
  if (plan.bookUse === "open" && plan.bookPassphrase === "") return "bookPassphrase";
  if (plan.bookUse === "new" && [...plan.bookPassphrase].length < bookLettersMin) return "bookShort";
  if (plan.bookUse === "new" && plan.bookPassphrase !== plan.bookAgain) return "bookDiffers";
  return null;
}

export function planOf(draft: PlanDraft): Plan {
  return {
    name: draft.name.trim(),
    rules: draft.rules.trim(),
    language: draft.language,
    minutes: draft.minutes,
    members_max: draft.membersMax,
    newcomers: draft.newcomers,
    slow_mode_seconds: draft.slowSeconds,
  };
}
