// A note of the device: asked for only when it is switched on, empty but for its title, and gone when she looks.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Notifier } from "./notify";

const shown: { title: string; options: NotificationOptions; close: ReturnType<typeof vi.fn> }[] = [];
const asked = vi.fn();

class FakeNotification {
  static permission: NotificationPermission = "granted";
  static requestPermission = () => {
    asked();
    return Promise.resolve(FakeNotification.permission);
  };
  onclick: (() => void) | null = null;
  close = vi.fn();
  constructor(title: string, options: NotificationOptions) {
    shown.push({ title, options, close: this.close });
  }
}

const inBackground = (hidden: boolean) =>
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(hidden ? "hidden" : "visible");

describe("Notifier", () => {
  beforeEach(() => {
    shown.length = 0;
    asked.mockClear();
    FakeNotification.permission = "granted";
    vi.stubGlobal("Notification", FakeNotification);
    inBackground(true);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("asks nothing and shows nothing before it is switched on", () => {
    new Notifier("News").tell();
    expect(asked).not.toHaveBeenCalled();
    expect(shown).toEqual([]);
  });

  it("shows a title and nothing else, and only the newest", async () => {
    const notifier = new Notifier("News");
    expect(await notifier.switchOn()).toBe("on");
    notifier.tell();
    notifier.tell();
    expect(shown.map(({ title, options }) => [title, options])).toEqual([
      ["News", { tag: "news" }],
      ["News", { tag: "news" }],
    ]);
    expect(shown[0]!.close).toHaveBeenCalled();
    notifier.switchOff();
    expect(shown[1]!.close).toHaveBeenCalled();
    notifier.tell();
    expect(shown).toHaveLength(2);
  });

  it("is silent while she looks at the page", async () => {
    const notifier = new Notifier("News");
    await notifier.switchOn();
    inBackground(false);
    notifier.tell();
    expect(shown).toEqual([]);
  });

  it("says when the browser does not allow it, or cannot", async () => {
    FakeNotification.permission = "denied";
    expect(await new Notifier("News").switchOn()).toBe("denied");
    FakeNotification.permission = "granted";
    const notifier = new Notifier("News");
    await notifier.switchOn();
    vi.stubGlobal("Notification", () => {
      throw new TypeError("Illegal constructor");
    });
    expect(notifier.tell()).toBe("none");
  });
});
