// For the tests of staff's views: their words in English.
import english from "../locales/en.po";
import englishLater from "../locales/en.po?later";
import { wordsIn } from "../words";
import staffEnglish from "./locales/en.po";
import type { StaffWords } from "./staff-words";

export const say: StaffWords = wordsIn("en", english, englishLater, staffEnglish);
