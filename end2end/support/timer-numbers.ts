// Runs in the page: gives the timers of Playwright's clock numbers such as browsers give.

/**
 * Browsers number timers from 1 up, as HTML's `long` asks for. Playwright's clock begins at 10^12, which WebAssembly cuts
 * off to 32 bits: it would then stop other timers than it means to.
 */
export function numberTimersLikeABrowser(): void {
  const handles = new Map<number, number>();
  let last = 0;
  for (const kind of ["Timeout", "Interval"] as const) {
    const set = window[`set${kind}`].bind(window) as (...timer: unknown[]) => number;
    const clear = window[`clear${kind}`].bind(window);
    const numbered = (...timer: unknown[]) => {
      last += 1;
      handles.set(last, set(...timer));
      return last;
    };
    window[`set${kind}`] = numbered as unknown as typeof setTimeout & typeof setInterval;
    window[`clear${kind}`] = (number) => {
      clear(handles.get(Number(number)));
      handles.delete(Number(number));
    };
  }
}
