// After a group: how it ended, on how many phones it is erased, and the book if it is not saved yet.

import type { VNode } from "preact";
import { Scene } from "../../survivor/scene/scene";
import type { HostProps } from "./props";

export function OverView({ state, say, actions }: HostProps): VNode {
  const why = state.over ?? "left";
  return (
    <main class="letter staff-door">
      <Scene />
      <h1>{say(`over.${why}.title`)}</h1>
      <p role="status">{say(`over.${why}`)}</p>
      {why === "ended" && <Erasure erasure={state.erasure} say={say} />}
      {state.book !== null && <BookCard state={state} say={say} actions={actions} />}
      <div class="foot">
        <button type="button" class="main" onClick={() => actions.backHome()}>
          {say("over.home")}
        </button>
        <button type="button" class="plain" onClick={() => actions.signOut()}>
          {say("home.signOut")}
        </button>
      </div>
    </main>
  );
}

function Erasure({ erasure, say }: { erasure: HostProps["state"]["erasure"]; say: HostProps["say"] }): VNode {
  if (erasure === null || erasure.of === 0) return <p>{say("over.erased.here")}</p>;
  return (
    <section class="host-card">
      <h2>{say("over.erased.title")}</h2>
      <p role="status">{say("over.erased", { confirmed: erasure.confirmed, of: erasure.of })}</p>
      <progress class="host-erasure" value={erasure.confirmed} max={erasure.of} aria-label={say("over.erased.title")} />
      {erasure.final && erasure.confirmed < erasure.of && <p class="quiet">{say("over.erased.notAll")}</p>}
      {!erasure.final && <p class="quiet">{say("over.erased.more")}</p>}
    </section>
  );
}

/** The group book, and whether what is in it now is in her file. */
export function BookCard({ state, say, actions }: Pick<HostProps, "state" | "say" | "actions">): VNode {
  const saved = state.book?.saved ?? false;
  return (
    <section class="host-card">
      <h2>{say("book.title")}</h2>
      <p role="status">{say(saved ? "book.saved" : "book.unsaved")}</p>
      <button type="button" class={saved ? "plain" : "main"} onClick={() => actions.saveBook()}>
        {say("book.save")}
      </button>
      <p class="quiet">{say("book.hint")}</p>
    </section>
  );
}
