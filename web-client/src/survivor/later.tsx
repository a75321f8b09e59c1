// A screen that comes when it is needed, so that the first load stays small. While it comes, words say so; if it does
// not come, she can try again.

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Words } from "../words";

type View<Props> = (props: Props) => VNode | null;

export interface LaterView<Props> {
  (props: Props): VNode | null;
  ahead(): void; // fetches it before it is needed
}

export function later<Props extends { words: Words }>(load: () => Promise<View<Props>>): LaterView<Props> {
  let view: View<Props> | null = null;
  const get = async () => {
    view ??= await load();
  };

  function Later(props: Props): VNode | null {
    const [failed, setFailed] = useState(false);
    const [, redraw] = useState(0);
    const fetchView = () => {
      setFailed(false);
      get().then(
        () => redraw((count) => count + 1),
        () => setFailed(true),
      );
    };
    useEffect(() => {
      if (view === null) fetchView();
    }, []);
    if (view !== null) {
      const Come = view;
      return <Come {...props} />;
    }
    const { words } = props;
    return (
      <section class="later" aria-label={words("later.label")}>
        <p role="status">{words(failed ? "later.failed" : "later.coming")}</p>
        {failed && (
          <button type="button" class="chip" onClick={fetchView}>
            {words("later.again")}
          </button>
        )}
      </section>
    );
  }

  return Object.assign(Later, { ahead: () => void get().catch(() => undefined) });
}
