// For the tests of staff's views: their words in English.
import english from "../locales/en.po";
import { wordsIn } from "../words";
import staffEnglish from "./locales/en.po";
import type { StaffWords } from "./staff-words";

export const say: StaffWords = wordsIn("en", english, staffEnglish);
