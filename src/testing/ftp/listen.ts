import type { Server } from "node:net";

/** Listens, and gives the port. @throws Error of the network, EADDRINUSE among them. */
export function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.removeListener("error", reject);
      const address = server.address();
      resolve(address === null || typeof address === "string" ? port : address.port);
    });
  });
}

/** Listens on the first free port of a range. @throws Error EADDRINUSE if all are taken. */
export async function listenWithin(
  server: Server,
  host: string,
  [from, to]: readonly [from: number, to: number],
): Promise<number> {
  for (let port = from; port < to; port++) {
    try {
      return await listenOn(server, host, port);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    }
  }
  return listenOn(server, host, to);
}
