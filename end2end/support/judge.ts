// The sandbox's own records: what it saw, whatever the page says of itself.

import { tokenId, type Claims } from "./token.ts";

export interface Verdict {
  id: number;
  method: string;
  path: string;
  /** A user's id, `anonymous`, or null where the token was refused. */
  who: string | null;
  accepted: boolean;
  code: string | null;
  message: string;
  token_id: string | null;
  claims: Claims | null;
}

export interface Requester {
  id: string;
  email: string | null;
  plan: string | null;
  amount: number | null;
  interval: string | null;
  /** Cents a month. */
  monthly_amount: number | null;
}

export interface Feature {
  id: number;
  title: string;
  kind: string;
  status: string;
  /** Cents a month. */
  monthly_revenue: number;
  voices: number;
}

export class Judge {
  constructor(private readonly sandboxUrl: string) {}

  /** Every verdict so far, the oldest first. */
  async verdicts(): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    for (;;) {
      // An answer has the newest of those that came before.
      const before = verdicts.at(-1)?.id;
      const query = before === undefined ? "" : `?before=${before}`;
      const page = await this.read<{ verdicts: Verdict[] }>(`sandbox/v1/verdicts${query}`);
      if (page.verdicts.length === 0) return verdicts.toReversed();
      verdicts.push(...page.verdicts);
    }
  }

  /** The verdicts that came after `earlier` ones. */
  async verdictsSince(earlier: Verdict[]): Promise<Verdict[]> {
    return (await this.verdicts()).slice(earlier.length);
  }

  /** Codes of everything refused so far, each once. */
  async refusals(): Promise<string[]> {
    const codes = (await this.verdicts()).map(({ code }) => code);
    return [...new Set(codes.filter((code) => code !== null))];
  }

  /** Whether a request with exactly this token was accepted. */
  async accepted(token: string): Promise<boolean> {
    const verdicts = await this.verdicts();
    return verdicts.some(({ accepted, token_id }) => accepted && token_id === tokenId(token));
  }

  async requesters(): Promise<Requester[]> {
    return (await this.read<{ requesters: Requester[] }>("p/demo/api/v1/requesters")).requesters;
  }

  async requester(email: string): Promise<Requester | undefined> {
    return (await this.requesters()).find((requester) => requester.email === email);
  }

  /** The backlog, the most valuable first. */
  async features(): Promise<Feature[]> {
    return (await this.read<{ features: Feature[] }>("p/demo/api/v1/features")).features;
  }

  private async read<T>(what: string): Promise<T> {
    const answer = await fetch(`${this.sandboxUrl}/${what}`);
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} about its ${what}`);
    return (await answer.json()) as T;
  }
}
