// A text as a QR code, drawn as squares. Who draws it is loaded when the first one is asked for.

import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

type Squares = boolean[][];

export function QrCode({ text, label }: { text: string; label: string }): VNode | null {
  const [squares, setSquares] = useState<Squares | null>(null);
  useEffect(() => {
    let wanted = true;
    void import("./qr-squares")
      .then(({ squaresOf }) => {
        if (wanted) setSquares(squaresOf(text));
      })
      .catch(() => null); // the link and the words stand beside it
    return () => {
      wanted = false;
    };
  }, [text]);
  if (squares === null) return null;
  const size = squares.length;
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      {...(label === "" ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={pathOf(squares)} fill="#000000" />
    </svg>
  );
}

/** One rectangle for each run of dark squares in a row. */
export function pathOf(squares: Squares): string {
  const parts: string[] = [];
  squares.forEach((row, y) => {
    let x = 0;
    while (x < row.length) {
      if (!row[x]) {
        ++x;
        continue;
      }
      let end = x;
      while (row[end]) ++end;
      parts.push(`M${x} ${y}h${end - x}v1h-${end - x}z`);
      x = end;
    }
  });
  return parts.join("");
}
