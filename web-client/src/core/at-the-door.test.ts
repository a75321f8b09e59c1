// A place at the door reads back as it was written, whatever stands in a name; and a ticket is none.
import { describe, expect, it } from "vitest";
import { doorText, readDoor } from "./at-the-door";

describe("a place at the door", () => {
  it("is one word, and reads back as it was", () => {
    const place = {
      by: "words" as const,
      secret: "twelve of them",
      name: 'Blue "Bird" زهرة',
      id: "0aff",
      ticket: "http://x/back#1.AA",
    };
    expect(doorText(place)).not.toContain(" ");
    expect(readDoor(doorText(place))).toEqual(place);
  });

  it("is not read from a ticket, nor from anything that is broken", () => {
    const broken = ["", "http://x/back#1.AAAA", "door:", "door:%", "door:%5B%22link%22%5D", "door:%7B%7D"];
    for (const text of broken) expect(readDoor(text)).toBeNull();
    expect(readDoor(doorText({ by: "link", secret: "s", name: "", id: "0a", ticket: "t" }))).toBeNull();
  });
});
