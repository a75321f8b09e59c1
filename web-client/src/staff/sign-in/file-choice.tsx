// A file from her device: a label that is as large as a button, and says what was chosen. The text is read in memory.

import type { VNode } from "preact";
import type { ChosenFile } from "../door";
import "./file-choice.css";

const bytesMax = 4 * 1024 * 1024; // a group book is the largest of them

export interface FileChoiceProps {
  id: string;
  label: string;
  hint: string;
  button: string;
  chosen: ChosenFile | null;
  several?: boolean;
  onFiles(files: ChosenFile[]): void;
  onTrouble(): void;
}

export function FileChoice(props: FileChoiceProps): VNode {
  return (
    <div class="file-choice" data-chosen={props.chosen !== null}>
      <input
        id={props.id}
        type="file"
        multiple={props.several ?? false}
        aria-describedby={`${props.id}-hint`}
        onChange={(event) => {
          const input = event.currentTarget;
          void readFiles([...(input.files ?? [])]).then((files) => {
            input.value = ""; // so that the same file can be chosen again
            if (files === null) props.onTrouble();
            else if (files.length > 0) props.onFiles(files);
          });
        }}
      />
      <label for={props.id}>
        <span class="file-choice__label">{props.label}</span>
        <span class="file-choice__hint" id={`${props.id}-hint`}>
          {props.chosen === null ? props.hint : <bdi>{props.chosen.name}</bdi>}
        </span>
        <span class="file-choice__button" aria-hidden="true">
          {props.button}
        </span>
      </label>
    </div>
  );
}

async function readFiles(files: File[]): Promise<ChosenFile[] | null> {
  try {
    if (files.some((file) => file.size > bytesMax)) return null;
    return await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
  } catch {
    return null;
  }
}
