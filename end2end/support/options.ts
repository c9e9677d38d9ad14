// What a test may say about itself with `test.use`.

export interface Options {
  /** Environment variables of this test's server, on top of its addresses and its database. */
  environment: Record<string, string>;
  expected: Expected;
  /** Whether the backlog starts as the demo's does. Otherwise it starts empty, so that a test counts what it did itself. */
  seeded: boolean;
}

/** What goes wrong on purpose. Each must happen, and nothing else may. */
export interface Expected {
  /** What the browser complains about, on its console or by the page's policy. */
  errors?: RegExp[];
  /** Codes of the refusals that the sandbox pronounces. */
  refusals?: string[];
}
