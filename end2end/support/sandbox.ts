// What a test does to the sandbox, over `/sandbox/v1/` as any other test would.

export interface Faults {
  /** The share of the requests of the widget that fail with 503. */
  fail?: number;
  /** Whether answers end half-way. */
  cut?: boolean;
  /** Seconds that `widget.js` is held back, until other faults take this one's place. */
  late_script?: number;
  block_script?: boolean;
}

export class Sandbox {
  constructor(private readonly url: string) {}

  /** Moves its clock, in seconds ahead of this machine's. */
  async clock(offset: number): Promise<void> {
    await this.put("clock", { offset });
  }

  async faults(faults: Faults): Promise<void> {
    await this.put("faults", faults);
  }

  /** Forgets everything, its seed included. */
  async empty(): Promise<void> {
    await this.put("seed", {});
  }

  private async put(what: string, body: unknown): Promise<void> {
    const answer = await fetch(`${this.url}/sandbox/v1/${what}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}: ${await answer.text()}`);
  }
}
