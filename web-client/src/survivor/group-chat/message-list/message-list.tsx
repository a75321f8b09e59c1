// What was said, in its order: the core's order, never the page's. [one-message: 18]
//
// Texts go in as text; nothing in them becomes a link. The list follows the newest message only while she reads there.

import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Line, messageAt, type MessageLine, type Sending } from "../../../core/conversation";
import { wordKey, type Words } from "../../../words";
import { isStaff, RoleMark } from "../role-mark/role-mark";
import { MessageToolsView, Reactions } from "./message-tools";
import type { MessageTools } from "./message-tools";
import "./message-list.css";

export type { MessageTools };

const nearEndPx = 80;

export interface MessageListProps {
  lines: Line[];
  sending: Sending[];
  words: Words;
  beginning?: string; // what stands above the first message
  tools?: MessageTools | undefined; // what the reader may do with a message; none: she only reads
}

export function MessageList(props: MessageListProps): VNode {
  const { lines, sending, words, beginning = "", tools } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const [follows, setFollows] = useState(true);
  const [open, setOpen] = useState(""); // the key of the message whose tools are shown

  useLayoutEffect(() => {
    const it = scroller.current;
    if (!it || !follows) return;
    it.scrollTop = it.scrollHeight;
    // Where the whole page scrolls, and not the list.
    if (lines.length + sending.length > 0)
      it.querySelector("ol")?.lastElementChild?.scrollIntoView?.({ block: "nearest" });
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
        {beginning !== "" && <p class="message-list__notice">{beginning}</p>}
        <ol>
          {lines.map((line, i) =>
            line.kind === "message" ? (
              <MessageView
                key={line.key}
                line={line}
                before={lines[i - 1]}
                answered={messageAt(lines, line.replyTo)}
                words={words}
                tools={tools}
                open={open === line.key}
                onOpen={(opens) => setOpen(opens ? line.key : "")}
              />
            ) : (
              <li key={line.key} class="message-list__notice" data-gap={line.kind === "gap"} dir="auto">
                {noticeText(line, words)}
              </li>
            ),
          )}
          {sending.map((line) => (
            <li key={line.key} class="message" data-own data-sending>
              <Bubble text={line.text} closedWords="" />
              <p class="message__state">{words(line.held ? "group.held" : "group.sending")}</p>
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

function noticeText(line: Exclude<Line, MessageLine>, words: Words): string {
  if (line.kind === "gap") return words("group.gap");
  if (line.kind === "order") {
    const key = wordKey("order", line.code);
    return key === null ? "" : words(key, { by: line.by });
  }
  const key = wordKey("notice", line.code);
  return key === null ? line.text : words(key, { text: line.text });
}

function MessageView(props: {
  line: MessageLine;
  before: Line | undefined;
  answered: MessageLine | null;
  words: Words;
  tools: MessageTools | undefined;
  open: boolean;
  onOpen: (open: boolean) => void;
}): VNode {
  const { line, before, answered, words, tools, open, onOpen } = props;
  const goesOn = before?.kind === "message" && before.from === line.from && before.own === line.own;
  const [shown, setShown] = useState(line.own); // of what may be hard to read: she has opened it
  const closed = line.warned && !shown;
  const offers = tools !== undefined && line.seq !== 0 && (!line.hidden || tools.mayHide(line));
  return (
    <li class="message" data-own={line.own} data-staff={isStaff(line.role)} data-goes-on={goesOn}>
      {!goesOn && !line.own && (
        <p class="message__from">
          <bdi>{line.from}</bdi>
          <RoleMark role={line.role} words={words} />
        </p>
      )}
      <div class="message__row">
        {line.hidden ? (
          <p class="message__hidden">{words("group.hidden")}</p>
        ) : closed ? (
          <div class="message__hidden">
            <p>{words("warned.closed")}</p>
            <button type="button" class="chip" onClick={() => setShown(true)}>
              {words("warned.show")}
            </button>
          </div>
        ) : (
          <Bubble text={line.text} to={answered} closedWords={words("warned.closed")} />
        )}
        {offers && (
          <button
            type="button"
            class="message__more"
            aria-expanded={open}
            aria-label={words("tools.open", { name: line.from })}
            onClick={() => onOpen(!open)}
          >
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
              <circle cx="6" cy="12" r="1.6" />
              <circle cx="12" cy="12" r="1.6" />
              <circle cx="18" cy="12" r="1.6" />
            </svg>
          </button>
        )}
      </div>
      {line.warned && line.own && !line.hidden && <p class="message__state">{words("warned.closed")}</p>}
      {line.warned && shown && !line.own && !line.hidden && (
        <button type="button" class="message__close" onClick={() => setShown(false)}>
          {words("warned.close")}
        </button>
      )}
      {line.through !== "" && <p class="message__state">{words("group.through", { name: line.through })}</p>}
      {line.reactions.length > 0 && <Reactions reactions={line.reactions} words={words} />}
      {offers && open && (
        <MessageToolsView line={line} closed={closed} tools={tools} words={words} onDone={() => onOpen(false)} />
      )}
    </li>
  );
}

// The bubble lies as the page does, the text in it as its own script does.
function Bubble(props: { text: string; to?: MessageLine | null; closedWords: string }): VNode {
  const { text, to = null, closedWords } = props;
  return (
    <div class="message__bubble">
      {to !== null && !to.hidden && (
        <p class="message__answered" dir="auto">
          <strong>
            <bdi>{to.from}</bdi>
          </strong>{" "}
          {to.warned ? closedWords : to.text}
        </p>
      )}
      <p class="message__text" dir="auto">
        {text}
      </p>
    </div>
  );
}
