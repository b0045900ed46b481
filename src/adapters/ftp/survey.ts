import { Client, FTPError } from "basic-ftp";
import { connect, isIP } from "node:net";
import { TLSSocket } from "node:tls";
import { type TlsState, tlsState } from "../tls-state.ts";
import { connectFtp } from "./connect.ts";
import { type FailureContext, ftpFailure } from "./failure.ts";
import { CONNECT_MS, type FtpOptions } from "./options.ts";
import { createWire } from "./wire.ts";

/** What an FTP server shows before anybody logs in. */
export interface FtpGreeting {
  /** `"220 ftp.shop.example ready"` */
  readonly welcome: string;
  /** Whether it takes AUTH TLS; true where TLS is implicit. */
  readonly offersTls: boolean;
  /** Undefined where `secure` is "none" or it offers no TLS. */
  readonly tls: TlsState | undefined;
}

/**
 * Connects, looks at the certificate and ends the connection: no name and no password is sent.
 *
 * @throws {@link TransportError} if there is no answer, or no handshake
 */
export async function greetFtp(options: FtpOptions, own: FailureContext): Promise<FtpGreeting> {
  const context = decoding(options, own);
  const { host, secure = "explicit", tls = {}, timeouts = {} } = options;
  const port = options.port ?? (secure === "implicit" ? 990 : 21);
  const client = new Client(timeouts.connectMs ?? CONNECT_MS);
  client.ftp.encoding = "latin1";
  const loose = { servername: isIP(host) === 0 ? host : undefined, ...tls, host, rejectUnauthorized: false };
  try {
    if (secure === "implicit") {
      const { message } = await client.connectImplicitTLS(host, port, loose);
      return { welcome: message, offersTls: true, tls: stateOf(client) };
    }
    const { message } = await client.connect(host, port);
    const offersTls = await takes(client, "AUTH TLS");
    if (secure === "none" || !offersTls) return { welcome: message, offersTls, tls: undefined };
    // The server waits for the handshake now, so the command is not sent a second time.
    client.ftp.request = async () => ({ code: 234, message: "" });
    await client.useTLS(loose);
    return { welcome: message, offersTls, tls: stateOf(client) };
  } catch (error) {
    throw ftpFailure(error, context);
  } finally {
    client.close();
  }
}

/** What a server says comes as bytes. */
function decoding({ names = "utf-8" }: FtpOptions, { place, redact }: FailureContext): FailureContext {
  const wire = createWire(names);
  return { place, redact: (text) => redact(wire.show(text)) };
}

async function takes(client: Client, command: string): Promise<boolean> {
  try {
    await client.send(command);
    return true;
  } catch (error) {
    if (error instanceof FTPError) return false;
    throw error;
  }
}

function stateOf(client: Client): TlsState | undefined {
  const { socket } = client.ftp;
  return socket instanceof TLSSocket ? tlsState(socket) : undefined;
}

/** What an FTP server says to somebody who is logged in. */
export interface FtpSurvey {
  readonly features: ReadonlySet<string>;
  /** Absolute path of the folder. */
  readonly root: string;
  /** Address that it was reached at. */
  readonly address: string;
  readonly epsv: PassiveAnswer;
  readonly pasv: PassiveAnswer;
}

/** What came of a way to open a data connection. */
export interface PassiveAnswer {
  readonly reply: string;
  /** Undefined if the server refuses. */
  readonly port: number | undefined;
  /** Address in the answer to PASV. */
  readonly host: string | undefined;
  /** Whether the port is reached at the address of the server itself. */
  readonly reached: boolean;
  /** Whether it is reached at the address in the answer. */
  readonly reachedThere: boolean;
}

/** Logs in, tries both ways to open a data connection, and ends the connection. @throws {@link TransportError} */
export async function surveyFtp(options: FtpOptions, own: FailureContext): Promise<FtpSurvey> {
  const wire = createWire(options.names ?? "utf-8");
  const context = decoding(options, own);
  const { client, features, root } = await connectFtp(options, wire, context, undefined);
  try {
    const address = (client.ftp.socket.remoteAddress ?? options.host).replace(/^::ffff:/i, "");
    const trying = { ...context, separate: options.separateDataHost === true };
    const epsv = await tryPassive(client, "EPSV", address, trying);
    const pasv = await tryPassive(client, "PASV", address, trying);
    return { features, root: wire.show(root) || "/", address, epsv, pasv };
  } catch (error) {
    throw ftpFailure(error, context);
  } finally {
    client.close();
  }
}

async function tryPassive(
  client: Client,
  command: "EPSV" | "PASV",
  address: string,
  { redact, separate }: FailureContext & { readonly separate: boolean },
): Promise<PassiveAnswer> {
  const { code, message } = await client.sendIgnoringError(command);
  const reply = redact(message);
  const [, a, b, c, d, high, low] = /(\d+),(\d+),(\d+),(\d+),(\d+),(\d+)/.exec(message) ?? [];
  const extended = /\(\|\|\|(\d+)\|\)/.exec(message)?.[1];
  const port = command === "EPSV" ? Number(extended) : Number(high) * 256 + Number(low);
  if (code >= 400 || !Number.isInteger(port))
    return { reply, port: undefined, host: undefined, reached: false, reachedThere: false };
  const host = command === "PASV" ? [a, b, c, d].join(".") : undefined;
  const reached = await reaches(address, port);
  // Another host is asked only where it is allowed, or nothing else works.
  const asksThere = separate || !reached;
  const reachedThere = host === undefined || host === address ? reached : asksThere && (await reaches(host, port));
  return { reply, port, host, reached, reachedThere };
}

const REACH_MS = 5000;

function reaches(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.setTimeout(REACH_MS, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}
