// A place at the door, as the tab keeps it while she waits (ticket.ts), for want of a ticket: her invite, her name, and
// the id of her knock, so that a page that is loaded again stands there as the same person; and the ticket by which she
// comes in if she was let in meanwhile. Never return words, which are good for weeks.

export interface AtTheDoor {
  by: "link" | "words";
  secret: string; // the invite
  ticket: string;
  name: string;
  id: string; // of the knock whose keys the page before has lost
}

const mark = "door:";

export function doorText({ by, secret, name, id, ticket }: AtTheDoor): string {
  return mark + encodeURIComponent(JSON.stringify([by, secret, name, id, ticket]));
}

/** Null: the text is a ticket, or nothing at all. */
export function readDoor(text: string): AtTheDoor | null {
  if (!text.startsWith(mark)) return null;
  try {
    const [by, secret, name, id, ticket] = JSON.parse(decodeURIComponent(text.slice(mark.length))) as string[];
    if ((by !== "link" && by !== "words") || !secret || !name || !id || !ticket) return null;
    return { by, secret, name, id, ticket };
  } catch {
    return null;
  }
}
