// The place of "Read aloud" on a screen. Whether it is filled is for the phone to say: only where a voice lives on it
// is the rest loaded, and then a button stands here. A voice that sends its text away is none.

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Words } from "../words";
import type { ReadAloud } from "./read-aloud";

/** Reads `text`, or else all that stands on the screen. */
export function ReadAloudHere(props: { words: Words; text?: string }): VNode | null {
  const [Button, setButton] = useState<{ it: typeof ReadAloud } | null>(null);
  useEffect(() => {
    const { speechSynthesis } = window as Partial<Window>; // some browsers have none
    const look = () => {
      if (!speechSynthesis?.getVoices().some((voice) => voice.localService)) return;
      import("./read-aloud").then(
        (loaded) => setButton({ it: loaded.ReadAloud }),
        () => undefined, // it stays silent; nothing else depends on it
      );
    };
    look();
    speechSynthesis?.addEventListener?.("voiceschanged", look);
    return () => speechSynthesis?.removeEventListener?.("voiceschanged", look);
  }, []);
  return Button && <Button.it {...props} />;
}
