// What "Remember me" keeps on the phone: one record of two texts of the same length, each sealed by the core under its
// own PIN or words. Which of them is hers, and whether there is a second PIN at all, cannot be seen on the disk: a slot
// that nobody uses is sealed like the others, under a secret that is thrown away.

const database = "page";
const shelf = "kept";
const place = "it";

export type Record = [string, string];

function opened(create: boolean): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => {
      if (create) request.result.createObjectStore(shelf);
      else request.transaction?.abort(); // there was none, and there is none afterwards
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => (create ? reject(new Error("refused")) : resolve(null));
    request.onblocked = () => reject(new Error("blocked"));
  });
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error("refused"));
  });

/** The record, or null where there is none or the browser refuses. */
export async function kept(): Promise<Record | null> {
  try {
    const base = await opened(false);
    if (base === null) return null;
    try {
      return (await done(base.transaction(shelf).objectStore(shelf).get(place))) ?? null;
    } finally {
      base.close();
    }
  } catch {
    return null;
  }
}

/** Fails where the browser keeps nothing. */
export async function keep(record: Record): Promise<void> {
  const base = (await opened(true))!;
  try {
    await done(base.transaction(shelf, "readwrite").objectStore(shelf).put(record, place));
  } finally {
    base.close();
  }
}

export async function forget(): Promise<void> {
  await done(indexedDB.deleteDatabase(database)).catch(() => undefined);
}
