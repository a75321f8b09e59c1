// A screen that comes with its texts when it is needed, so that the first load stays small. While it comes, words say
// so; if it does not come, she can try again.

import { h, type VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { loadLaterCatalogue } from "../later-words";
import type { Words } from "../words";
import { loadMemberCatalogue, type MemberWords, memberWords } from "./member-words";

type View<Props> = (props: Props) => VNode | null;
type LaterProps<Props> = Omit<Props, "words"> & { words: Words; onBack: () => void };

export interface LaterView<Props> {
  (props: LaterProps<Props>): VNode | null;
  ahead(words: Words): void; // fetches it before it is needed
}

export function later<Props extends { words: MemberWords }>(load: () => Promise<View<Props>>): LaterView<Props> {
  let view: View<Props> | null = null;
  let texts: { before: Words; all: MemberWords } | null = null;
  const get = async (words: Words) => {
    const catalogues = Promise.all([loadLaterCatalogue(words.language), loadMemberCatalogue(words.language)]);
    const [loaded, [forAll, own]] = await Promise.all([view ?? load(), catalogues]);
    view = loaded;
    texts = { before: words, all: memberWords(words, { ...forAll, ...own }) };
  };

  function Later(props: LaterProps<Props>): VNode | null {
    const [failed, setFailed] = useState(false);
    const [, redraw] = useState(0);
    const { words, onBack } = props;
    const fetchView = () => {
      setFailed(false);
      get(words).then(
        () => redraw((count) => count + 1),
        () => setFailed(true),
      );
    };
    useEffect(() => {
      if (view === null || texts?.before !== words) fetchView();
    }, [words]);
    if (view !== null && texts?.before === words) {
      return h<object>(view as View<object>, { ...props, words: texts.all }) as VNode;
    }
    return (
      <section class="later" aria-label={words("later.label")}>
        <p role="status">{words(failed ? "later.failed" : "later.coming")}</p>
        {failed && (
          <button type="button" class="chip" onClick={fetchView}>
            {words("later.again")}
          </button>
        )}
        <button type="button" class="chip" onClick={onBack}>
          {words("later.back")}
        </button>
      </section>
    );
  }

  return Object.assign(Later, { ahead: (words: Words) => void get(words).catch(() => undefined) });
}
