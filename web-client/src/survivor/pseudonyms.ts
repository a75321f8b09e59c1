// Three suggested pseudonyms out of the catalogue's pool, drawn by chance, so that a name says nothing about anybody.

/** `count` different ones of `pool`; fewer if there are not so many. `below(n)` gives a number from 0 to n - 1. */
export function suggestNames(pool: string, count: number, below: (n: number) => number): string[] {
  const left = pool
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const names: string[] = [];
  while (names.length < count && left.length > 0) names.push(...left.splice(below(left.length), 1));
  return names;
}

export function chance(n: number): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! % n; // the bias of a modulo does not matter for this
}
