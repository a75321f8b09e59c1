// Planning a group: what it is called, its rules, how long and how large, how newcomers begin; and its book.

import type { VNode } from "preact";
import type { Level } from "../../core/commands";
import { languages } from "../../languages";
import { Scene } from "../../survivor/scene/scene";
import { FileChoice } from "../sign-in/file-choice";
import { PassphraseField, ShowPassphrase } from "../sign-in/passphrase-field";
import { problemText } from "../../survivor/problem-text";
import { lackOf, membersLimit, minutesMax, type PlanDraft, withBook } from "./plan-draft";
import type { HostProps } from "./props";

const levels: Level[] = ["speaks", "held", "listens"];
const slowChoices = [0, 15, 30, 60, 120];
const minuteChoices = [60, 90, 120, 180, 240];

export function PlanView({ state, say, actions }: HostProps): VNode {
  const { plan, trial, asking } = state;
  const change = (what: Partial<PlanDraft>) => actions.show({ did: "plan", change: what });
  const lack = trial ? null : lackOf(plan);
  const ofBook = plan.bookUse === "open";
  return (
    <main class="letter staff-door host-plan">
      <Scene />
      <h1>{say(trial ? "plan.trial.title" : "plan.title")}</h1>
      <p>{say(trial ? "plan.trial.intro" : "plan.intro")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (lack === null && !asking) actions.openGroup();
        }}
      >
        {!trial && <BookChoice plan={plan} say={say} change={change} />}
        {!trial && (
          <div class="staff-field">
            <label for="plan-name">{say("plan.name")}</label>
            <input
              id="plan-name"
              class="field"
              value={plan.name}
              autocomplete="off"
              dir="auto"
              aria-describedby="plan-name-hint"
              onInput={(event) => change({ name: event.currentTarget.value })}
            />
            <p id="plan-name-hint" class="quiet">
              {say(ofBook ? "plan.ofBook" : "plan.name.hint")}
            </p>
          </div>
        )}
        {!trial && (
          <div class="staff-field">
            <label for="plan-rules">{say("plan.rules")}</label>
            <textarea
              id="plan-rules"
              class="field"
              rows={5}
              value={plan.rules}
              dir="auto"
              aria-describedby="plan-rules-hint"
              onInput={(event) => change({ rules: event.currentTarget.value })}
            />
            <p id="plan-rules-hint" class="quiet">
              {say(ofBook ? "plan.ofBook" : "plan.rules.hint")}
            </p>
            {plan.rules === "" && !ofBook && (
              <button type="button" class="chip" onClick={() => change({ rules: say("plan.rules.example") })}>
                {say("plan.rules.useExample")}
              </button>
            )}
          </div>
        )}
        {!trial && <PlanChoices plan={plan} say={say} change={change} />}
        <div class="foot">
          <p class="trouble" role="alert">
            {state.problem !== null && problemText(state.problem, say)}
          </p>
          <p class="quiet" role="status">
            {lack !== null && say(`plan.lack.${lack}`)}
          </p>
          <button class="main" disabled={lack !== null || asking}>
            {say(asking ? "plan.opening" : trial ? "plan.trial.go" : "plan.go")}
          </button>
          <button type="button" class="plain" onClick={() => actions.backHome()}>
            {say("plan.back")}
          </button>
        </div>
      </form>
    </main>
  );
}

interface PartProps {
  plan: PlanDraft;
  say: HostProps["say"];
  change(what: Partial<PlanDraft>): void;
}

function PlanChoices({ plan, say, change }: PartProps): VNode {
  return (
    <div class="host-plan__grid">
      <div class="staff-field">
        <label for="plan-language">{say("plan.language")}</label>
        <select
          id="plan-language"
          class="field"
          value={plan.language}
          onChange={(event) => change({ language: event.currentTarget.value })}
        >
          {plan.bookUse === "open" && <option value="">{say("plan.language.ofBook")}</option>}
          {Object.entries(languages).map(([tag, facts]) => (
            <option key={tag} value={tag} lang={tag}>
              {facts.name}
            </option>
          ))}
        </select>
      </div>
      <div class="staff-field">
        <label for="plan-minutes">{say("plan.minutes")}</label>
        <select
          id="plan-minutes"
          class="field"
          value={String(plan.minutes)}
          onChange={(event) => change({ minutes: Math.min(Number(event.currentTarget.value), minutesMax) })}
        >
          {minuteChoices.map((minutes) => (
            <option key={minutes} value={String(minutes)}>
              {say("plan.minutes.choice", { hours: minutes / 60 })}
            </option>
          ))}
        </select>
      </div>
      <div class="staff-field">
        <label for="plan-members">{say("plan.members")}</label>
        <input
          id="plan-members"
          class="field"
          type="number"
          min={2}
          max={membersLimit}
          value={plan.membersMax}
          onChange={(event) => change({ membersMax: within(event.currentTarget.valueAsNumber, 2, membersLimit) })}
        />
      </div>
      <div class="staff-field">
        <label for="plan-slow">{say("plan.slow")}</label>
        <select
          id="plan-slow"
          class="field"
          value={String(plan.slowSeconds)}
          onChange={(event) => change({ slowSeconds: Number(event.currentTarget.value) })}
        >
          {slowChoices.map((seconds) => (
            <option key={seconds} value={String(seconds)}>
              {say("running.slow.choice", { seconds })}
            </option>
          ))}
        </select>
      </div>
      <fieldset class="host-choice">
        <legend>{say("plan.newcomers")}</legend>
        {levels.map((level) => (
          <label key={level} class="staff-check">
            <input
              type="radio"
              name="plan-newcomers"
              checked={plan.newcomers === level}
              onChange={() => change({ newcomers: level })}
            />
            {say(`plan.newcomers.${level}`)}
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function BookChoice({ plan, say, change }: PartProps): VNode {
  return (
    <fieldset class="host-choice">
      <legend>{say("plan.book")}</legend>
      <p class="quiet">{say("plan.book.hint")}</p>
      {(["none", "new", "open"] as const).map((use) => (
        <label key={use} class="staff-check">
          <input
            type="radio"
            name="plan-book"
            checked={plan.bookUse === use}
            onChange={() => change({ ...withBook(plan, use), bookPassphrase: "", bookAgain: "" })}
          />
          {say(`plan.book.${use}`)}
        </label>
      ))}
      {plan.bookUse === "open" && (
        <FileChoice
          id="plan-book-file"
          label={say("plan.book.file")}
          hint={say("plan.book.file.hint")}
          button={say(plan.bookFile === null ? "signIn.choose" : "signIn.chooseAnother")}
          chosen={plan.bookFile}
          onFiles={([bookFile]) => change({ bookFile: bookFile ?? null })}
          onTrouble={() => change({ bookFile: null })}
        />
      )}
      {plan.bookUse !== "none" && (
        <>
          <PassphraseField
            id="plan-book-passphrase"
            label={say("plan.book.passphrase")}
            value={plan.bookPassphrase}
            shown={plan.bookShown}
            onType={(bookPassphrase) => change({ bookPassphrase })}
          />
          {plan.bookUse === "new" && (
            <PassphraseField
              id="plan-book-again"
              label={say("makeKeys.again")}
              value={plan.bookAgain}
              shown={plan.bookShown}
              onType={(bookAgain) => change({ bookAgain })}
            />
          )}
          <ShowPassphrase
            shown={plan.bookShown}
            label={say("signIn.show")}
            onShow={(bookShown) => change({ bookShown })}
          />
        </>
      )}
    </fieldset>
  );
}

const within = (value: number, min: number, max: number) =>
  Number.isFinite(value) ? Math.min(max, Math.max(min, Math.round(value))) : min;
