// Which texts hold something like a phone number, in whatever digits.
import { describe, expect, it } from "vitest";
import { looksLikeNumber } from "./number-hint";

describe("looksLikeNumber", () => {
  it.each(["+39 333 123 4567", "(0039) 333-1234567", "call 3331234567 tonight", "٠٥٠ ١٢٣ ٤٥٦٧", "020.7946.0958"])(
    "finds one in: %s",
    (text) => expect(looksLikeNumber(text)).toBe(true),
  );
  it.each(["I slept 7 hours", "in 2024 and 2025", "10:30, room 12", "I have 3 children, 8, 11 and 14", ""])(
    "finds none in: %s",
    (text) => expect(looksLikeNumber(text)).toBe(false),
  );
});
