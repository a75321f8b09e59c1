// What was said, in its order: the core's order, never the page's. [one-message: 18]
//
// Texts go in as text; nothing in them becomes a link. The list follows the newest message only while she reads there.

import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Line, Sending } from "../../../core/state";
import { wordKey, type Words } from "../../../words";
import { isStaff, RoleMark } from "../role-mark/role-mark";
import "./message-list.css";

const nearEndPx = 80;

export function MessageList(props: { lines: Line[]; sending: Sending[]; words: Words }): VNode {
  const { lines, sending, words } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const [follows, setFollows] = useState(true);

  useLayoutEffect(() => {
    const it = scroller.current;
    if (it && follows) it.scrollTop = it.scrollHeight;
  }, [lines.length, sending.length, follows]);

  // What she writes below grows and takes room from the list: the newest message stays in sight.
  useEffect(() => {
    const it = scroller.current;
    if (!it || !follows) return undefined;
    const watch = new ResizeObserver(() => {
      it.scrollTop = it.scrollHeight;
    });
    watch.observe(it);
    return () => watch.disconnect();
  }, [follows]);

  return (
    <div class="message-list">
      <div
        class="message-list__scroller"
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label={words("group.messages")}
        onScroll={(event) => {
          const it = event.currentTarget;
          const resized = it.clientHeight !== height.current;
          height.current = it.clientHeight;
          if (!resized) setFollows(it.scrollHeight - it.scrollTop - it.clientHeight < nearEndPx);
        }}
      >
        <p class="message-list__notice">{words("group.beginning")}</p>
        <ol>
          {lines.map((line, i) => (
            <LineView key={line.key} line={line} before={lines[i - 1]} words={words} />
          ))}
          {sending.map((line) => (
            <li key={line.key} class="message" data-own data-sending>
              <Bubble text={line.text} />
              <p class="message__state">{words("group.sending")}</p>
            </li>
          ))}
        </ol>
      </div>
      {!follows && (
        <button type="button" class="message-list__down" onClick={() => setFollows(true)}>
          {words("group.newest")}
        </button>
      )}
    </div>
  );
}

function LineView({ line, before, words }: { line: Line; before: Line | undefined; words: Words }): VNode {
  if (line.kind === "gap")
    return (
      <li class="message-list__notice" data-gap>
        {words("group.gap")}
      </li>
    );
  if (line.kind === "notice") {
    const key = wordKey("notice", line.code);
    return (
      <li class="message-list__notice" dir="auto">
        {key === null ? line.text : words(key)}
      </li>
    );
  }
  const goesOn = before?.kind === "message" && before.from === line.from && before.own === line.own;
  return (
    <li class="message" data-own={line.own} data-staff={isStaff(line.role)} data-goes-on={goesOn}>
      {!goesOn && !line.own && (
        <p class="message__from">
          <bdi>{line.from}</bdi>
          <RoleMark role={line.role} words={words} />
        </p>
      )}
      <Bubble text={line.text} />
    </li>
  );
}

// The bubble lies as the page does, the text in it as its own script does.
function Bubble({ text }: { text: string }): VNode {
  return (
    <div class="message__bubble">
      <p class="message__text" dir="auto">
        {text}
      </p>
    </div>
  );
}
