// A button that is held for a moment, so that a pocket does not press it. Whoever cannot hold taps it, or uses keys,
// and is asked whether she means it.

import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "./hold-button.css";

const holdMs = 1_200;

export function HoldButton(props: { label: string; hint: string; onHeld: () => void; onTapped: () => void }): VNode {
  const { label, hint, onHeld, onTapped } = props;
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const held = useRef(false);
  const [holding, setHolding] = useState(false);

  const stop = () => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    setHolding(false);
  };
  useEffect(() => stop, []);

  return (
    <div class="hold">
      <button
        type="button"
        class="hold__button"
        data-holding={holding}
        style={{ "--hold-ms": `${holdMs}ms` }}
        aria-describedby="hold-hint"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          held.current = false;
          setHolding(true);
          timer.current = setTimeout(() => {
            held.current = true;
            stop();
            onHeld();
          }, holdMs);
        }}
        onPointerUp={stop}
        onPointerLeave={stop}
        onPointerCancel={stop}
        onContextMenu={(event) => event.preventDefault()}
        onClick={() => {
          if (!held.current) onTapped();
          held.current = false;
        }}
      >
        {label}
      </button>
      <p id="hold-hint" class="quiet">
        {hint}
      </p>
    </div>
  );
}
