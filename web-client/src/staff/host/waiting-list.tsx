// Who waits to be let in: what is known of her, a talk before, the five words to compare, and the decision.

import type { VNode } from "preact";
import type { Level } from "../../core/commands";
import { RoleMark } from "../../survivor/group-chat/role-mark/role-mark";
import { Icon } from "../icons";
import type { Knock } from "./knocks";
import type { HostProps } from "./props";

export function WaitingList(props: HostProps): VNode | null {
  const { state, say, actions } = props;
  if (state.knocks.length === 0) return null;
  return (
    <div class="waiting-list">
      <h2>
        <Icon name="door" />
        {say("door.title", { count: state.knocks.length })}
      </h2>
      <ul>
        {state.knocks.map((knock) => (
          <Waiting key={knock.name} {...props} knock={knock} />
        ))}
      </ul>
      {state.knocks.length > 1 && (
        <button type="button" class="plain" onClick={() => actions.order(["admit", "*", ""])}>
          {say("door.all")}
        </button>
      )}
    </div>
  );
}

function Waiting(props: HostProps & { knock: Knock }): VNode {
  const { state, say, actions, knock } = props;
  const { name } = knock;
  const open = state.door === name;
  const admit = (level: Level | "") => actions.order(["admit", name, level]);
  return (
    <li class="waiting" data-open={open}>
      <p class="waiting__who">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <RoleMark role={knock.role} words={say} />
      </p>
      {knock.returning && <p class="quiet">{say("door.returning")}</p>}
      {knock.knownAs !== "" && <p class="quiet">{say("door.knownAs", { name: knock.knownAs })}</p>}
      {knock.wasRemoved && <p class="waiting__care">{say("door.wasRemoved")}</p>}
      {!open && lastTalk(knock) !== null && (
        <p class="waiting__said" dir="auto">
          “{lastTalk(knock)}”
        </p>
      )}
      <div class="waiting__do">
        <button type="button" class="chip host-strong" onClick={() => admit("")}>
          {say("door.admit")}
        </button>
        <button
          type="button"
          class="chip"
          aria-expanded={open}
          onClick={() => {
            actions.show({ did: "door", name });
            if (!open && knock.words === "") actions.order(["agreed-word", name]);
          }}
        >
          {say(open ? "door.less" : "door.more")}
        </button>
      </div>
      {open && (
        <div class="waiting__more">
          {knock.role === "member" && (
            <div class="waiting__do">
              <button type="button" class="chip" onClick={() => admit("listens")}>
                {say("door.admit.listens")}
              </button>
              <button type="button" class="chip" onClick={() => admit("held")}>
                {say("door.admit.held")}
              </button>
            </div>
          )}
          <AgreedWord {...props} />
          <DoorTalk {...props} />
          <Refuse {...props} />
        </div>
      )}
    </li>
  );
}

function AgreedWord({ say, actions, knock }: HostProps & { knock: Knock }): VNode {
  return (
    <section class="waiting__word">
      <h3>{say("door.word.title")}</h3>
      {knock.words === "" ? (
        <p class="quiet" role="status">
          {say("door.word.coming")}
        </p>
      ) : (
        <>
          <p class="waiting__five" translate={false}>
            {knock.words}
          </p>
          <p class="quiet">{say("door.word.hint")}</p>
          <button type="button" class="chip" onClick={() => actions.order(["wrong-word", knock.name])}>
            {say("door.word.wrong")}
          </button>
        </>
      )}
    </section>
  );
}

function DoorTalk({ say, actions, knock }: HostProps & { knock: Knock }): VNode {
  const id = `door-talk-${knock.name}`;
  return (
    <section>
      <h3>{say("door.talk.title")}</h3>
      <ul class="waiting__talk">
        {knock.talk.map((line) => (
          <li key={line.key} data-own={line.own}>
            <span class="quiet">
              <bdi>{line.from}</bdi>
            </span>
            <span dir="auto">{line.text}</span>
          </li>
        ))}
      </ul>
      <form
        class="host-row"
        onSubmit={(event) => {
          event.preventDefault();
          if (knock.draft.trim() !== "") actions.talkAtDoor(knock.name, knock.draft.trim());
        }}
      >
        <input
          id={id}
          class="field"
          value={knock.draft}
          aria-label={say("door.talk", { name: knock.name })}
          placeholder={say("door.talk", { name: knock.name })}
          autocomplete="off"
          dir="auto"
          onInput={(event) => actions.show({ did: "door-draft", name: knock.name, text: event.currentTarget.value })}
        />
        <button class="chip" disabled={knock.draft.trim() === ""}>
          {say("door.talk.send")}
        </button>
      </form>
    </section>
  );
}

function Refuse({ state, say, actions, knock }: HostProps & { knock: Knock }): VNode {
  if (!state.refusing)
    return (
      <button type="button" class="chip" onClick={() => actions.show({ did: "refusing", refusing: true })}>
        {say("door.refuse")}
      </button>
    );
  return (
    <form
      class="waiting__refuse"
      onSubmit={(event) => {
        event.preventDefault();
        actions.order(["refuse", knock.name, state.refusal.trim()]);
      }}
    >
      <label for="door-refusal">{say("door.refuse.words")}</label>
      <textarea
        id="door-refusal"
        class="field"
        rows={2}
        value={state.refusal}
        dir="auto"
        placeholder={say("door.refuse.example")}
        onInput={(event) => actions.show({ did: "refusal", text: event.currentTarget.value })}
      />
      <div class="waiting__do">
        <button class="chip host-strong">{say("door.refuse.go")}</button>
        <button type="button" class="chip" onClick={() => actions.show({ did: "refusing", refusing: false })}>
          {say("host.cancel")}
        </button>
      </div>
    </form>
  );
}

const lastTalk = (knock: Knock) => knock.talk.findLast((line) => !line.own)?.text ?? null;
