import { connect, type Socket } from "node:net";
import { TransportError } from "../../errors.ts";
import { harmless } from "../../transfer/secrets.ts";
import { networkCode } from "../failures.ts";
import { type FailureContext, sftpFailure } from "./failure.ts";
import { loadLibrary, type SftpClient } from "./library.ts";
import { logIn } from "./login.ts";
import { CONNECT_MS, CONTROL_MS, PORT, type SftpOptions } from "./options.ts";
import { createSession, type Session } from "./session.ts";
import type { SharedConnection } from "./shared.ts";

/** A connection that is logged in. */
export interface SftpConnection extends SharedConnection {
  readonly session: Session;
  /** Absolute path of the folder that paths start from, without `/` at its end. */
  readonly root: string;
  /** Keeps the program from ending, until the answer is called. */
  hold(): () => void;
}

/** The kernel asks silent servers whether they are still there, also while nothing keeps the program from ending. */
const KEEP_ALIVE_MS = 15_000;

/** Connects, checks the server's key, logs in and finds the folder. @throws {@link TransportError} */
export async function connectSftp(
  options: SftpOptions,
  context: FailureContext,
  signal: AbortSignal,
): Promise<SftpConnection> {
  signal.throwIfAborted();
  const { host, port = PORT, timeouts = {} } = options;
  const { connectMs = CONNECT_MS } = timeouts;
  const Client = await loadLibrary(context.place);
  // Small packets that wait for each other make ssh2 60 to 100 times slower.
  const socket = connect({ host, port }).setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
  socket.on("error", () => undefined);
  const limit = deadline(socket, connectMs, context, signal);
  try {
    return await Promise.race([open(Client, socket, options, context), limit.over]);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    limit.clear();
  }
}

function deadline(
  socket: Socket,
  connectMs: number,
  { place }: FailureContext,
  signal: AbortSignal,
): { readonly over: Promise<never>; clear(): void } {
  let clear = (): void => undefined;
  const over = new Promise<never>((_, reject) => {
    const end = (error: Error): void => {
      reject(error);
      socket.destroy();
    };
    const reason = `no login within ${connectMs} ms`;
    const timer = setTimeout(() => end(new TransportError("TRANSPORT_TIMEOUT", reason, { place })), connectMs);
    const abort = (): void => end(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    clear = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    };
  });
  over.catch(() => undefined);
  return { over, clear: () => clear() };
}

async function open(
  Client: typeof SftpClient,
  socket: Socket,
  options: SftpOptions,
  context: FailureContext,
): Promise<SftpConnection> {
  const { place } = context;
  const { controlMs = CONTROL_MS } = options.timeouts ?? {};
  let trouble: unknown;
  // Without functions of ours, the package writes to the console.
  const client = new Client("propojka", {
    error: (error) => (trouble ??= error),
    end: () => undefined,
    close: () => undefined,
  });
  const sftp = await logIn(client, socket, options, context);
  const session = createSession({ sftp, place, limitMs: controlMs, close: () => socket.destroy() });
  const lost = (): void => session.end(loss(trouble, context));
  socket.once("close", lost);
  // The server may end SFTP and keep the connection, or send what cannot be read.
  sftp.on("error", (error: unknown) => {
    trouble ??= error;
    lost();
  });
  sftp.on("end", lost);
  sftp.on("close", lost);
  if (socket.destroyed) lost();

  let users = 0;
  return {
    session,
    root: await findRoot(session, options, context),
    hold() {
      if (users++ === 0) socket.ref();
      return () => {
        if (--users === 0) socket.unref();
      };
    },
    get ended() {
      return session.ended;
    },
    end(error) {
      if (!session.ended) client.end().catch(() => undefined);
      session.end(error);
    },
  };
}

function loss(trouble: unknown, { place, redact }: FailureContext): TransportError {
  if (trouble === undefined)
    return new TransportError("TRANSPORT_INTERRUPTED", "the server closed the connection", { place });
  const cause = harmless(trouble, redact);
  const code = networkCode(trouble) ?? "TRANSPORT_INTERRUPTED";
  return new TransportError(code, `the connection broke: ${cause.message}`, { place, cause });
}

async function findRoot(session: Session, { folder }: SftpOptions, context: FailureContext): Promise<string> {
  try {
    const root = await session.ask<string>((sftp, answer) =>
      sftp.realpath(folder === "" ? "." : (folder ?? "."), answer),
    );
    if (folder !== undefined && folder !== "") {
      const there = await session.ask<{ isDirectory(): boolean }>((sftp, answer) => sftp.stat(root, answer));
      if (!there.isDirectory())
        throw new TransportError("TRANSPORT_NOT_FOUND", "is a file, not a folder", { place: context.place });
    }
    return root.replace(/\/$/, "");
  } catch (error) {
    throw sftpFailure(error, context);
  }
}
