// What the second PIN opens: a list of things to buy, as anybody may have one. It is kept nowhere.

import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { MemberWords } from "../member-words";
import "./plain-list.css";

export function PlainList({ words }: { words: MemberWords }): VNode {
  const [things, setThings] = useState(() =>
    words("list.things")
      .split(",")
      .map((it) => it.trim()),
  );
  const [next, setNext] = useState("");
  return (
    <main class="letter plain-list">
      <h1>{words("list.title")}</h1>
      <ul>
        {things.map((thing) => (
          <li key={thing}>
            <label>
              <input type="checkbox" />
              <span dir="auto">{thing}</span>
            </label>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const thing = next.trim();
          if (thing !== "" && !things.includes(thing)) setThings([...things, thing]);
          setNext("");
        }}
      >
        <label for="list-next">{words("list.add")}</label>
        <input
          id="list-next"
          class="field"
          dir="auto"
          autocomplete="off"
          value={next}
          onInput={(event) => setNext(event.currentTarget.value)}
        />
        <button class="main">{words("list.put")}</button>
      </form>
    </main>
  );
}
