// What the browser keeps for this site is cleared: by the page itself first, as far as that goes at once, and by the
// browser, when the server's answer asks it to. Nobody waits for either.

/** Each step stands alone: a storage that is refused must not save the next one. */
export function forgetSite(window: Window & typeof globalThis): void {
  const steps = [
    () => window.sessionStorage.clear(),
    () => window.localStorage.clear(),
    () => (window.name = ""),
    () => forgetDatabases(window.indexedDB),
    () => forgetCaches(window),
    () => forgetShell(window.navigator),
    () => askServer(window),
  ];
  for (const step of steps) {
    try {
      step();
    } catch {
      // Leaving matters more than whatever failed.
    }
  }
}

function forgetDatabases(databases: IDBFactory): void {
  databases
    .databases()
    .then((all) => all.forEach(({ name }) => name !== undefined && databases.deleteDatabase(name)))
    .catch(() => undefined);
}

function forgetCaches({ caches }: Window & typeof globalThis): void {
  caches
    .keys()
    .then((names) => names.forEach((name) => void caches.delete(name)))
    .catch(() => undefined);
}

function forgetShell({ serviceWorker }: Navigator): void {
  serviceWorker
    .getRegistrations()
    .then((all) => all.forEach((it) => void it.unregister()))
    .catch(() => undefined);
}

// The request outlives the page. Its answer, Clear-Site-Data, also takes what no script can reach: the browser's cache
// of this page's own files. A browser that knows no `keepalive` sends a beacon instead.
function askServer(window: Window & typeof globalThis): void {
  if ("keepalive" in window.Request.prototype)
    window.fetch("/clear", { method: "POST", keepalive: true }).catch(() => undefined);
  else window.navigator.sendBeacon("/clear");
}
