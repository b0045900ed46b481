import { createServer, type Server, type Socket } from "node:net";
import { createSecureContext } from "node:tls";
import { openFolder } from "./folder.ts";
import { listenOn } from "./listen.ts";
import { namesIn } from "./names.ts";
import type { FtpServer, FtpServerOptions } from "./options.ts";
import { serveSession } from "./session.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * A small FTP server in this process, for tests and demonstrations: real files in a folder, real reply codes, FTPS, and
 * the quirks of real servers as options. Passive mode only. Both transfer types pass bytes as they are, like vsftpd.
 *
 * It is no server for the open network: passwords stand in plain text, and nothing limits what a client may store.
 *
 * @example
 * ```ts
 * const server = await ftpServer({ root: folder, users: { shop: "Heslo-123" }, without: ["MLSD"] });
 * // let the program under test connect to server.host, server.port
 * expect(server.commands).toContain("RNTO orders.xml");
 * await server.close();
 * ```
 * @throws Error of the file system if `root` is no folder, of the network if the port is taken, of OpenSSL if the key or
 * certificate is none.
 */
export async function ftpServer(options: FtpServerOptions): Promise<FtpServer> {
  const { host = "127.0.0.1", port = 0, names = "utf-8", tls } = options;
  const folder = await openFolder(options.root);
  const commands: string[] = [];
  const open = new Set<Socket | Server>();
  const around: Surroundings = {
    options: { ...options, host },
    folder,
    names: namesIn(names),
    // One context for all connections: a session that one of them began can be taken up by another.
    secureContext:
      tls &&
      createSecureContext({
        // OpenSSL takes bytes as Buffer only.
        key: Buffer.from(tls.key),
        cert: Buffer.from(tls.cert),
        sessionIdContext: "propojka",
        ...(tls.maxVersion && { maxVersion: tls.maxVersion }),
      }),
    commands,
    track: (one) => {
      open.add(one);
      one.once("close", () => open.delete(one));
    },
  };

  const running = new Set<Promise<void>>();
  const places = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    around.track(socket);
    const isFull = places.size >= (options.maxSessions ?? Infinity);
    if (!isFull) places.add(socket);
    const session = serveSession(socket, around, { isFull, leave: () => places.delete(socket) });
    running.add(session);
    void session.finally(() => running.delete(session));
  });
  around.track(server);
  const listening = await listenOn(server, host, port);

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    for (const one of open) {
      if ("destroy" in one) one.destroy();
      else one.close();
    }
    await Promise.allSettled(running);
    // A session that was ending may have opened one more connection.
    while (open.size > 0) await new Promise<void>((done) => [...open][0]?.once("close", done));
  };
  return { host, port: listening, root: folder.root, commands, close: () => (closed ??= close()) };
}
