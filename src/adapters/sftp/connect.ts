import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { TransportError, type TransportErrorCode } from "../../errors.ts";
import { shownName } from "../../transfer/names.ts";
import { harmless } from "../../transfer/secrets.ts";
import { networkCode } from "../failures.ts";
import { type FailureContext, sftpFailure } from "./failure.ts";
import { loadLibrary, type SftpClient } from "./library.ts";
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
  // The server may end SFTP and keep the connection, and an error that nobody listens to would end the program.
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

async function logIn(client: SftpClient, socket: Socket, options: SftpOptions, context: FailureContext) {
  const { user, password, privateKey, passphrase, onLine } = options;
  const hostKey = hostKeyCheck(options);
  const methods = loginMethods(options);
  const met: { newPassword?: boolean; foreign?: string } = {};
  client.on("keyboard-interactive", (_name, _instructions, _language, prompts: readonly Prompt[], finish: Finish) =>
    // What is shown while it is typed is no password.
    finish(prompts.map(({ echo }) => (echo === true ? "" : (password ?? "")))),
  );
  client.on("change password", () => {
    met.newPassword = true;
    socket.destroy();
  });
  try {
    await once(socket, "connect");
    const connected = client.connect({
      sock: socket,
      username: user,
      ...(password !== undefined && { password, tryKeyboard: true }),
      ...(privateKey !== undefined && {
        privateKey: typeof privateKey === "string" ? privateKey : Buffer.from(privateKey),
      }),
      ...(passphrase !== undefined && { passphrase }),
      ...(onLine !== undefined && { debug: (line: string) => onLine(context.redact(line)) }),
      authHandler: methods.next,
      hostVerifier: hostKey.fits,
      readyTimeout: 0,
    });
    // Not before, since the first listener makes the bytes flow.
    socket.once("data", (data: Buffer) => {
      const [line = ""] = data.toString("latin1").split(/[\r\n]/);
      if (!OTHER_PROTOCOL.test(line)) return;
      met.foreign = line;
      socket.destroy();
    });
    return await connected;
  } catch (error) {
    if (hostKey.refusal !== undefined) throw new TransportError("TRANSPORT_SECURITY", hostKey.refusal, context);
    if (met.newPassword === true)
      throw new TransportError("TRANSPORT_LOGIN", "the server wants the password to be changed", context);
    if (met.foreign !== undefined)
      throw new TransportError(
        "TRANSPORT_REFUSED",
        `that is no SSH server; it says ${shownName(met.foreign)}`,
        context,
      );
    throw loginFailure(error, methods.taken(), context);
  }
}

/** FTP and mail greet like this. Other lines may come before SSH begins. */
const OTHER_PROTOCOL = /^[2-5]\d\d[ -]/;

interface Prompt {
  readonly echo?: boolean | undefined;
}

type Finish = (answers: readonly string[]) => void;

type LoginMethod = "none" | "publickey" | "password" | "keyboard-interactive";

/** The ways to log in that there is something for, and that the server takes; `none` asks which it takes. */
function loginMethods({ password, privateKey }: SftpOptions): {
  next: (taken: readonly string[] | null) => LoginMethod | false;
  taken: () => readonly string[];
} {
  const untried = new Set<LoginMethod>(["none"]);
  if (privateKey !== undefined) untried.add("publickey");
  if (password !== undefined) untried.add("password").add("keyboard-interactive");
  let last: readonly string[] = [];
  return {
    next(taken) {
      last = taken ?? last;
      const method = [...untried].find((one) => one === "none" || taken === null || taken.includes(one));
      if (method !== undefined) untried.delete(method);
      return method ?? false;
    },
    taken: () => last,
  };
}

function hostKeyCheck({ hostKey = [] }: SftpOptions): {
  fits: (key: Buffer) => boolean;
  readonly refusal: string | undefined;
} {
  const known = [hostKey].flat().map(unpadded);
  let refusal: string | undefined;
  return {
    fits(key) {
      const print = `SHA256:${createHash("sha256").update(key).digest("base64")}`;
      if (known.includes(unpadded(print))) return true;
      const shown = `${unpadded(print)} (${keyType(key)})`;
      refusal =
        known.length === 0
          ? `the server shows the key ${shown}, and hostKey is not set: if whoever runs the server says that this is its key, set it`
          : `the server shows the key ${shown}, which is not in hostKey: this is another server, or its key was changed; ask whoever runs it`;
      return false;
    },
    get refusal() {
      return refusal;
    },
  };
}

function unpadded(fingerprint: string): string {
  return fingerprint.trim().replace(/=+$/, "");
}

/** The name at the start of a key: `ssh-ed25519`. @see https://www.rfc-editor.org/rfc/rfc4253#section-6.6 (read 2026-11-24) */
function keyType(key: Buffer): string {
  return key.toString("latin1", 4, 4 + key.readUInt32BE(0)).replace(/[^\w@.-]/g, "");
}

const refusals: readonly (readonly [RegExp, TransportErrorCode])[] = [
  [/authentication methods failed|authentication failures|privateKey/i, "TRANSPORT_LOGIN"],
  [/no matching|verification failed/i, "TRANSPORT_SECURITY"],
  [/subsystem|channel open failure|SFTP session/i, "TRANSPORT_UNSUPPORTED"],
  [/connection lost|unexpected (?:end|close)|no response|not connected/i, "TRANSPORT_INTERRUPTED"],
];

function loginFailure(error: unknown, taken: readonly string[], { place, redact }: FailureContext): Error {
  if (error instanceof TransportError) return error;
  const cause = harmless(error, redact);
  const told = redact(error instanceof Error ? error.message : String(error)).replace(/^getConnection: /, "");
  const code = networkCode(error) ?? refusals.find(([expression]) => expression.test(told))?.[1];
  if (code === "TRANSPORT_LOGIN" && told.includes("methods failed")) {
    const offer = taken.length === 0 ? "" : `; it takes ${taken.join(", ").replace(/[^\w@., -]/g, "")}`;
    const reason = `the server refuses the user, the password or the key${offer}`;
    return new TransportError(code, reason, { place, cause });
  }
  return new TransportError(code ?? "TRANSPORT_REFUSED", told, { place, cause });
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
