import { Client, enterPassiveModeIPv4, enterPassiveModeIPv6, FTPError, type FTPContext } from "basic-ftp";
import { isIP } from "node:net";
import { TransportError } from "../../errors.ts";
import { MAX_FILES } from "../../transfer/limits.ts";
import { type DataConnection, watchData } from "./data.ts";
import { type FailureContext, ftpFailure } from "./failure.ts";
import { CONNECT_MS, CONTROL_MS, type FtpOptions } from "./options.ts";
import type { Wire } from "./wire.ts";

/** A connection that is logged in. */
export interface FtpConnection {
  readonly client: Client;
  /** Of the transfer that is under way. */
  readonly data: DataConnection;
  /** Absolute path of the folder that paths start from, as it goes over the wire. */
  readonly root: string;
  /** Commands that the server says it knows: `SIZE`, `MDTM`, `MLST`, `REST`. */
  readonly features: ReadonlySet<string>;
  /** What the server said first. */
  readonly welcome: string;
}

/** Bytes of a line in a listing, generously. */
const LINE_BYTES = 400;

/** Connects, secures, logs in and finds the folder. @throws {@link TransportError} */
export async function connectFtp(
  options: FtpOptions,
  wire: Wire,
  context: FailureContext,
  signal: AbortSignal | undefined,
): Promise<FtpConnection> {
  signal?.throwIfAborted();
  const { timeouts = {}, maxFiles = MAX_FILES, onLine } = options;
  const { connectMs = CONNECT_MS, controlMs = CONTROL_MS } = timeouts;
  const client = new Client(connectMs, { maxListingBytes: maxFiles * LINE_BYTES });
  client.ftp.encoding = "latin1";
  client.ftp.log = (line) => onLine?.(context.redact(line).trimEnd());
  const data = watchData(client.ftp);
  const prepare = passiveMode(options);
  client.prepareTransfer = () => prepare(data.context);
  const limit = deadline(client, connectMs, context, signal);
  try {
    const connection = await Promise.race([open(client, options, wire, context), limit.over]);
    setTimeoutOf(client.ftp, controlMs);
    return { ...connection, data };
  } catch (error) {
    client.close();
    throw error;
  } finally {
    limit.clear();
  }
}

/** Sets how long the next command or transfer may take without a sign of life. */
export function setTimeoutOf(ftp: { timeout: number }, timeoutMs: number): void {
  ftp.timeout = timeoutMs;
}

/** Ends what a socket's own time-out does not watch, such as a TLS handshake that is never answered. */
function deadline(
  client: Client,
  connectMs: number,
  { place }: FailureContext,
  signal: AbortSignal | undefined,
): { readonly over: Promise<never>; clear(): void } {
  let clear = (): void => undefined;
  const over = new Promise<never>((_, reject) => {
    const end = (error: Error): void => {
      client.close();
      reject(error);
    };
    const reason = `no login within ${connectMs} ms`;
    const timer = setTimeout(() => end(new TransportError("TRANSPORT_TIMEOUT", reason, { place })), connectMs);
    const abort = (): void => end(signal?.reason as Error);
    signal?.addEventListener("abort", abort, { once: true });
    clear = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
  });
  over.catch(() => undefined);
  return { over, clear: () => clear() };
}

async function open(
  client: Client,
  options: FtpOptions,
  wire: Wire,
  context: FailureContext,
): Promise<Omit<FtpConnection, "data">> {
  const welcome = await secured(client, options, context);
  await login(client, options, wire, context);
  try {
    await client.useDefaultSettings();
    // "LIST -a" gives an empty list on servers that take "-a" for a name.
    client.availableListCommands = client.availableListCommands.filter((command) => command !== "LIST -a");
    const features = new Set([...(await client.features()).keys()].map((name) => name.toUpperCase()));
    return { client, features, root: await findRoot(client, options, wire, context), welcome };
  } catch (error) {
    throw ftpFailure(error, context);
  }
}

async function secured(client: Client, options: FtpOptions, context: FailureContext): Promise<string> {
  const { host, secure = "explicit", tls = {} } = options;
  const port = options.port ?? (secure === "implicit" ? 990 : 21);
  // The client notes the host in these options, so they must be its own.
  const own = { servername: isIP(host) === 0 ? host : undefined, ...tls };
  let asked = false;
  try {
    if (secure === "implicit") return (await client.connectImplicitTLS(host, port, { ...own, host })).message;
    const { message } = await client.connect(host, port);
    asked = true;
    if (secure === "explicit") await client.useTLS({ ...own, host });
    return message;
  } catch (error) {
    if (!(asked && error instanceof FTPError && error.code >= 500)) throw ftpFailure(error, context);
    throw new TransportError(
      "TRANSPORT_SECURITY",
      `the server offers no TLS: it answers "${context.redact(error.message)}" to AUTH TLS; if its data may go over the line as it is, set secure: "none"`,
      { place: context.place },
    );
  }
}

async function login(client: Client, options: FtpOptions, wire: Wire, context: FailureContext): Promise<void> {
  const { user = "anonymous", password = "guest" } = options;
  try {
    // Some servers take names of users as UTF-8 only after this.
    await client.sendIgnoringError("OPTS UTF8 ON");
    await client.login(wire.encode(user), wire.encode(password));
  } catch (error) {
    const failure = ftpFailure(error, context);
    if (!(error instanceof FTPError) || !(failure instanceof TransportError)) throw failure;
    const told = context.redact(error.message).trim();
    const wantsTls = !client.ftp.hasTLS && /\b(?:tls|ssl|encrypt|cleartext|secure)/i.test(told);
    if (wantsTls)
      throw new TransportError("TRANSPORT_SECURITY", `the server wants TLS: "${told}"; set secure: "explicit"`, {
        place: context.place,
        retryable: false,
      });
    if (failure.code !== "TRANSPORT_LOGIN") throw failure;
    throw new TransportError("TRANSPORT_LOGIN", `the server refuses the user or the password: "${told}"`, {
      place: context.place,
    });
  }
}

async function findRoot(client: Client, { folder }: FtpOptions, wire: Wire, context: FailureContext): Promise<string> {
  if (folder !== undefined && folder !== "") {
    try {
      await client.cd(wire.encode(folder));
    } catch (error) {
      if (!(error instanceof FTPError)) throw error;
      throw new TransportError("TRANSPORT_NOT_FOUND", `there is no folder: "${context.redact(error.message)}"`, {
        place: context.place,
      });
    }
  }
  return (await client.pwd()).replaceAll('""', '"').replace(/\/$/, "");
}

/** Opens data connections, by EPSV or PASV. */
function passiveMode({ passive = "auto", separateDataHost = false }: FtpOptions): Client["prepareTransfer"] {
  const pasv = (ftp: FTPContext): ReturnType<Client["prepareTransfer"]> =>
    enterPassiveModeIPv4(separateDataHost ? ftp : withOwnHost(ftp));
  if (passive === "epsv") return enterPassiveModeIPv6;
  if (passive === "pasv") return pasv;
  let works: Client["prepareTransfer"] | undefined;
  return async (ftp) => {
    if (works !== undefined) return works(ftp);
    try {
      const answer = await enterPassiveModeIPv6(ftp);
      works = enterPassiveModeIPv6;
      return answer;
    } catch (first) {
      if (ftp.closed) throw first;
      const answer = await pasv(ftp);
      works = pasv;
      return answer;
    }
  };
}

/**
 * The same connection, whose replies to PASV name the host that it is connected with: data then comes from nowhere else, and
 * servers that name their address behind NAT can be reached.
 */
function withOwnHost(ftp: FTPContext): FTPContext {
  const request: FTPContext["request"] = async (command) => {
    const answer = await ftp.request(command);
    const host = (ftp.socket.remoteAddress ?? "").replace(/^::ffff:/i, "").replaceAll(".", ",");
    return { ...answer, message: answer.message.replace(/\d+,\d+,\d+,\d+(?=,\d+,\d+)/, host) };
  };
  return new Proxy(ftp, {
    get: (target, key) => (key === "request" ? request : (Reflect.get(target, key) as unknown)),
    set: (target, key, value) => Reflect.set(target, key, value),
  });
}
