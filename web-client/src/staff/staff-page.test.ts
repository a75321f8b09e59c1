// Signing in with a worker that answers as it is told to: whose screens come, and that nothing of hers is kept.
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Command } from "../core/commands";
import type { Problem, Request, Told } from "../core/messages";
import english from "../locales/en.po";
import { start } from "./staff-page";

class FakeWorker extends EventTarget {
  readonly asked: Command[] = [];
  problem: Problem | null = null;
  texts: string[] = [];

  postMessage({ id, command }: Request): void {
    this.asked.push(command);
    const { problem, texts } = this;
    queueMicrotask(() => this.tell({ tell: "answer", id, problem, texts }));
  }
  tell(data: Told): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

const certificate = "-----BEGIN VERANDA STAFF CERTIFICATE-----";
const keys = "-----BEGIN VERANDA SEALED KEYS-----";

async function open() {
  document.body.innerHTML = '<div id="page"></div>';
  const worker = new FakeWorker();
  await act(() => start(null, worker as unknown as Worker, "en", english));
  const page = document.getElementById("page")!;
  const type = (id: string, text: string) =>
    act(() => {
      const field = page.querySelector<HTMLInputElement>(`#${id}`)!;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  const choose = async (files: File[]) => {
    const field = page.querySelector<HTMLInputElement>("#sign-in-certificate")!;
    Object.defineProperty(field, "files", { value: files, configurable: true });
    await act(async () => {
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await vi.waitFor(() => expect(page.textContent).toContain("mine.keys"));
  };
  const submit = () =>
    act(async () => {
      page.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
  return { page, worker, type, choose, submit };
}

async function signIn(role: string) {
  const it = await open();
  await it.choose([new File([certificate], "mine.staff"), new File([keys], "mine.keys")]);
  it.type("sign-in-passphrase", "secret words");
  it.worker.texts = ["Amara", role, String(Date.now() / 1_000 + 1e6)];
  await it.submit();
  return it;
}

describe("StaffPage", () => {
  beforeEach(() => vi.restoreAllMocks());

  it("gives the core the two files as they are, and shows a facilitator's screens", async () => {
    const { page, worker } = await signIn("facilitator");
    await vi.waitFor(() => expect(page.querySelector("h1")?.textContent).toBe("Hello, Amara"), 10_000);
    expect(worker.asked[0]).toEqual(["sign-in", certificate, keys, "secret words"]);
    expect(page.innerHTML).not.toContain("secret");
  });

  it("offers nobody but a facilitator a group of her own", async () => {
    const { page } = await signIn("mediator");
    await vi.waitFor(() => expect(page.querySelector("h1")?.textContent).toBe("Hello, Amara"), 10_000);
    expect(page.textContent).not.toContain("Plan a group");
    expect(page.textContent).toContain("Go into a colleague");
  });

  it("says what was wrong, and keeps her files for another try", async () => {
    const { page, worker, choose, type, submit } = await open();
    await choose([new File([certificate], "mine.staff"), new File([keys], "mine.keys")]);
    type("sign-in-passphrase", "secret words");
    worker.problem = { code: "keys_passphrase" };
    await submit();
    await vi.waitFor(() => expect(page.textContent).toContain("This passphrase does not open the file."));
    expect(page.textContent).toContain("mine.staff");
  });

  it("wipes the worker when she signs out, and is as at the beginning", async () => {
    const { page, worker } = await signIn("facilitator");
    await vi.waitFor(() => expect(page.querySelector("h1")?.textContent).toBe("Hello, Amara"), 10_000);
    const button = [...page.querySelectorAll("button")].find((it) => it.textContent === "Sign out")!;
    await act(async () => button.click());
    await vi.waitFor(() => expect(page.textContent).toContain("You are signed out."));
    expect(worker.asked.slice(-2)).toEqual([["sign-out"], ["forget"]]);
    expect(page.textContent).not.toContain("Amara");
  });

  it("says so when the core has stopped, and offers to begin again", async () => {
    const { page, worker } = await signIn("facilitator");
    await vi.waitFor(() => expect(page.querySelector("h1")?.textContent).toBe("Hello, Amara"), 10_000);
    act(() => worker.tell({ tell: "broken", why: "trap" }));
    expect(page.querySelector("h1")?.textContent).toBe("Something went wrong here");
    expect(page.querySelector("a.main")?.getAttribute("href")).toBe("/staff");
  });
});
