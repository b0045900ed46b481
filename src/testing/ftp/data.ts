import { createServer, type Socket } from "node:net";
import { type SecureContext, TLSSocket } from "node:tls";
import { listenOn, listenWithin } from "./listen.ts";
import { isOfDisk, Refusal } from "./refusal.ts";
import type { Passive, Session, Surroundings } from "./surroundings.ts";

const DATA_TIMEOUT_MS = 10_000;

/** Listens for one data connection. @throws Refusal 425 if no port is free. */
export async function openPassive({ options, track }: Surroundings): Promise<Passive> {
  // A client may end its side of a download early and still read on.
  const server = createServer({ noDelay: true, allowHalfOpen: true });
  let arrived: Socket | undefined;
  const connection = new Promise<Socket | undefined>((resolve) => {
    server.once("close", () => resolve(undefined));
    server.once("connection", (socket) => {
      track(socket);
      socket.on("error", () => socket.destroy());
      arrived = socket;
      resolve(socket);
      server.close();
    });
  });
  const { host, passivePorts, dataTimeoutMs = DATA_TIMEOUT_MS } = options;
  const port = await (passivePorts ? listenWithin(server, host, passivePorts) : listenOn(server, host, 0)).catch(() => {
    throw new Refusal("425 No port for a data connection is free.");
  });
  track(server);

  return {
    port,
    connection: async () => {
      const timer = setTimeout(() => server.close(), dataTimeoutMs);
      try {
        return await connection;
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => {
      server.close();
      arrived?.destroy();
    },
  };
}

/**
 * Waits for the data connection of a transfer, announces it, and hands it over, secured if the client asked for that. The
 * result is the reply to the command.
 */
export async function withDataConnection(
  session: Session,
  opening: string,
  move: (socket: Socket) => Promise<void>,
): Promise<string> {
  const { passive, around } = session;
  session.passive = undefined;
  if (passive === undefined) return "425 Use PASV or EPSV first.";
  if (around.options.requireTls === true && !session.isPrivate) {
    passive.close();
    return "522 Data connections must be encrypted.";
  }
  const abortion = new AbortController();
  abortion.signal.addEventListener("abort", passive.close);
  session.abort = () => abortion.abort();
  try {
    const plain = await passive.connection();
    if (plain === undefined)
      return abortion.signal.aborted ? "426 Transfer aborted." : "425 Failed to establish connection.";
    session.send(`150 ${opening}`);
    const socket = session.isPrivate ? await secured(plain, session) : plain;
    if (socket === undefined) return "";
    try {
      await move(socket);
      socket.end();
    } catch (error) {
      passive.close();
      if (isOfDisk(error)) throw error;
      return "426 Connection closed; transfer aborted.";
    }
    return "226 Transfer complete.";
  } finally {
    session.abort = undefined;
  }
}

/** The secured connection; undefined after a refusal, which ends the session as it does with vsftpd 3.0.3. */
async function secured(plain: Socket, session: Session): Promise<TLSSocket | undefined> {
  const { secureContext, options } = session.around;
  const socket = secureContext && (await acceptTls(plain, secureContext));
  const isRefused = options.requireSessionReuse === true && socket?.isSessionReused() === false;
  if (socket !== undefined && !isRefused) return socket;
  session.send(`522 SSL connection failed${isRefused ? "; session reuse required" : ""}.`);
  session.end();
  socket?.resume().end();
  return undefined;
}

/** Begins TLS as the server; undefined if the client did not come to terms. */
export function acceptTls(plain: Socket, secureContext: SecureContext): Promise<TLSSocket | undefined> {
  return new Promise((resolve) => {
    const socket = new TLSSocket(plain, { isServer: true, secureContext });
    socket.on("error", () => socket.destroy());
    socket.once("close", () => resolve(undefined));
    socket.once("secure", () => resolve(socket));
  });
}
