// Every text of staff's screens, by its id: a catalogue of their own beside everybody's, which no member's page loads.

import { catalogueLoader } from "../languages";
import type { WordKey, Words } from "../words";
import type { StaffWordKey } from "./locales/word-ids";

export type { StaffWordKey };

/** Everybody's texts and staff's, in one: wherever everybody's are wanted, these do. */
export type StaffWords = Words<WordKey | StaffWordKey>;

export const loadStaffCatalogue = catalogueLoader(import.meta.glob("./locales/*.po", { import: "default" }));
