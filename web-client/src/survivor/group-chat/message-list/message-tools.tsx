// What a reader may do with one message: answer it, give it a sign, take it from the screen. And the signs it has.

import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ReactionSign } from "../../../core/commands";
import type { MessageLine, Reaction } from "../../../core/conversation";
import { ReadAloudHere } from "../../../read-aloud/read-aloud-here";
import type { Words } from "../../../words";
import { type Sign, signName, SignPicture, signs } from "../signs/signs";

export interface MessageTools {
  reply(line: MessageLine): void;
  react(line: MessageLine, sign: ReactionSign): void;
  mayHide(line: MessageLine): boolean; // a member: her own; staff: anybody's
  hide(line: MessageLine, hidden: boolean): void;
}

export function MessageToolsView(props: {
  line: MessageLine;
  closed: boolean; // it may be hard to read, and she has not opened it
  tools: MessageTools;
  words: Words;
  onDone: () => void;
}): VNode {
  const { line, closed, tools, words, onDone } = props;
  const own = line.reactions.find((reaction) => reaction.own)?.sign;
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => whole.current?.scrollIntoView?.({ block: "nearest" }), []);
  const done = (what: () => void) => () => {
    what();
    onDone();
  };
  return (
    <div class="message-tools" ref={whole} role="group" aria-label={words("tools.of", { name: line.from })}>
      {!line.hidden && (
        <div class="message-tools__signs">
          {signs.map((sign) => (
            <button
              key={sign}
              type="button"
              aria-pressed={own === sign}
              onClick={done(() => tools.react(line, own === sign ? "none" : sign))}
            >
              <SignPicture sign={sign} />
              <span>{signName(sign, words)}</span>
            </button>
          ))}
        </div>
      )}
      {!line.hidden && (
        <button type="button" class="message-tools__act" onClick={done(() => tools.reply(line))}>
          <Picture path="M10 8V4l-7 7 7 7v-4c5 0 8 1 11 5-1-7-5-11-11-11z" />
          {words("tools.reply")}
        </button>
      )}
      {!line.hidden && !closed && <ReadAloudHere words={words} text={line.text} />}
      {tools.mayHide(line) && (
        <button type="button" class="message-tools__act" onClick={done(() => tools.hide(line, !line.hidden))}>
          <Picture path="M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM4 4l16 16" />
          {words(line.hidden ? "tools.unhide" : line.own ? "tools.takeBack" : "tools.hide")}
        </button>
      )}
    </div>
  );
}

function Picture({ path }: { path: string }): VNode {
  return (
    <svg class="sign" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}

/** The signs that a message has, each with how many; a screen reader hears from whom. */
export function Reactions({ reactions, words }: { reactions: Reaction[]; words: Words }): VNode {
  const given = signs.filter((sign) => reactions.some((reaction) => reaction.sign === sign));
  return (
    <ul class="reactions" aria-label={words("tools.signs")}>
      {given.map((sign) => (
        <ReactionView key={sign} sign={sign} of={reactions.filter((it) => it.sign === sign)} words={words} />
      ))}
    </ul>
  );
}

function ReactionView({ sign, of, words }: { sign: Sign; of: Reaction[]; words: Words }): VNode {
  const names = of.map((reaction) => (reaction.own ? words("group.you") : reaction.from)).join(", ");
  return (
    <li data-own={of.some((reaction) => reaction.own)} title={`${signName(sign, words)}: ${names}`}>
      <SignPicture sign={sign} />
      {of.length > 1 && <span aria-hidden="true">{of.length}</span>}
      <span class="unseen">{`${signName(sign, words)}: ${names}`}</span>
    </li>
  );
}
