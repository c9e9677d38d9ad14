// What stands in front of a server that visitors reach over https: it ends TLS and hands the bytes on.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type Server } from "node:tls";
import { promisify } from "node:util";

export class HttpsProxy {
  private behind: URL | undefined;

  private constructor(
    readonly url: string,
    private readonly listener: Server,
  ) {}

  /** A proxy with a certificate of its own, which nobody but a test trusts. */
  static async start(port: number): Promise<HttpsProxy> {
    const listener = createServer(await selfSigned());
    const proxy = new HttpsProxy(`https://localhost:${port}`, listener);
    listener.on("secureConnection", (visitor) => {
      if (!proxy.behind) return visitor.destroy();
      const server = connect(Number(proxy.behind.port), proxy.behind.hostname);
      // Either side may hang up at any time, and then the other one goes too.
      for (const [here, there] of [
        [visitor, server],
        [server, visitor],
      ] as const) {
        here.on("error", () => there.destroy());
        here.on("close", () => there.destroy());
      }
      visitor.pipe(server).pipe(visitor);
      return undefined;
    });
    await new Promise<void>((resolve, reject) => {
      listener.once("error", reject);
      listener.listen(port, "localhost", resolve);
    });
    return proxy;
  }

  /** From now on it hands everything on to the server at `url`. */
  handOnTo(url: string): void {
    this.behind = new URL(url);
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.listener.close(resolve));
  }
}

async function selfSigned(): Promise<{ key: Buffer; cert: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), "certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  try {
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const made = ["-keyout", key, "-out", cert, "-days", "1", "-nodes"];
    await promisify(execFile)("openssl", ["req", "-x509", "-newkey", "rsa:2048", ...subject, ...made]);
    return { key: await readFile(key), cert: await readFile(cert) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
