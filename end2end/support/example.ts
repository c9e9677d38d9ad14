// One of the apps in `examples/`, with a sandbox of its own.

import { randomBytes } from "node:crypto";
import { binary } from "./binaries.ts";
import { Program } from "./program.ts";

export type ExampleName = "axum" | "leptos-csr" | "leptos-hydrate" | "plain";

export class Example {
  private constructor(
    readonly url: string,
    readonly sandboxUrl: string,
    /** With which the sandbox expects tokens to be signed. */
    readonly secret: string,
    private readonly programs: Program[],
  ) {}

  static async start(name: ExampleName): Promise<Example> {
    const secret = randomBytes(32).toString("hex");
    const project = { REQIO_PROJECT_ID: "demo", REQIO_SECRET: secret };
    const [sandbox, sandboxUrl] = await Program.start(
      binary("debug", "sandbox"),
      ["--port", "0"],
      project,
      /Backlog +(http\S+)\/p\/demo/,
    );
    try {
      const [app, url] = await Program.start(
        binary("debug", `example-${name}`),
        [],
        { ...project, REQIO_WIDGET_URL: `${sandboxUrl}/widget.js`, ADDR: "127.0.0.1:0" },
        /Listening on (http\S+)/,
      );
      return new Example(url, sandboxUrl, secret, [app, sandbox]);
    } catch (problem) {
      await sandbox.stop();
      throw problem;
    }
  }

  log(): string {
    return this.programs.map((program) => program.log()).join("");
  }

  async stop(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop()));
  }
}
