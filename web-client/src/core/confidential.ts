// A value that does not print: an invite must not end up in a console, an error report or a JSON text by accident.

export class Confidential {
  #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. The caller says by calling it that this is where it is meant to go. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return "[confidential]";
  }

  toJSON(): string {
    return "[confidential]";
  }
}
