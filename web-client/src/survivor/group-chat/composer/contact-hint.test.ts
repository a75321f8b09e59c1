// Which texts hold something like a phone number, in whatever digits, or an address; and which only look a bit like it.
import { describe, expect, it } from "vitest";
import { contactIn } from "./contact-hint";

describe("contactIn", () => {
  it.each(["+39 333 123 4567", "(0039) 333-1234567", "call 3331234567 tonight", "٠٥٠ ١٢٣ ٤٥٦٧", "020.7946.0958"])(
    "finds a number in: %s",
    (text) => expect(contactIn(text)).toBe("number"),
  );
  it.each([
    "write to rose@example.org",
    "I am @rose_99 there",
    "look at https://example.org/x",
    "abito in Via Garibaldi 12",
    "12 Long Acre Road is the house",
    "c'est 5, rue des Lilas",
    "شارع الملك فيصل ١٢",
  ])("finds an address in: %s", (text) => expect(contactIn(text)).toBe("address"));
  it.each([
    "I slept 7 hours",
    "in 2024 and 2025",
    "10:30, room 12",
    "I have 3 children, 8, 11 and 14",
    "",
    "via di qua alle 10:30",
    "we walked down the road",
    "a place for 3 of us",
    "meet @ 5",
  ])("finds none in: %s", (text) => expect(contactIn(text)).toBeNull());
});
