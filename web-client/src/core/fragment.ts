// The invite in the address: taken out once, and gone from the address bar and the tab's history at once.
import { Confidential } from "./confidential";

interface Place {
  location: { hash: string; pathname: string };
  history: { replaceState(data: unknown, unused: string, url: string): void };
}

/**
 * What stood after the '#', or null. The address is the bare path afterwards, query included in what is dropped. What
 * messengers put around a link is not of it: a second '#', even as %23, and a full stop or a bracket behind it.
 */
export function takeFragment(place: Place): Confidential | null {
  const fragment = place.location.hash.replace(/^(?:#|%23)+/i, "").replace(/(?:%[0-9a-f]{2}|[^\w%-])+$/i, "");
  place.history.replaceState(null, "", place.location.pathname);
  return fragment === "" ? null : new Confidential(fragment);
}
