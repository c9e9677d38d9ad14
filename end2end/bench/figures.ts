// What a measurement leaves behind: figures, each with a name that stays the same from run to run.

import { test } from "@playwright/test";

export interface Figure {
  name: string;
  value: number;
  unit: string;
}

/** The type of the annotations that carry them to the reporter. */
export const FIGURE = "figure";

export function figure(name: string, value: number, unit: string): void {
  test.info().annotations.push({ type: FIGURE, description: JSON.stringify({ name, value, unit } satisfies Figure) });
}

/** The one in the middle: a machine that was busy for a moment does not move it. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("nothing was measured");
  return middle;
}
