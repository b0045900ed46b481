import { FTPError } from "basic-ftp";
import { TransportError } from "../../errors.ts";
import { redactor } from "../../transfer/secrets.ts";
import { connectFtp, type FtpConnection } from "./connect.ts";
import { ftpFailure } from "./failure.ts";
import { CONNECTIONS, CONTROL_MS, DATA_MS, type FtpOptions } from "./options.ts";
import { createPool } from "./pool.ts";
import { createWire, type Wire } from "./wire.ts";

/** A server that is spoken with over one connection or several. */
export interface FtpSession {
  /** `ftps://shop@ftp.shop.example/out` */
  readonly name: string;
  readonly options: FtpOptions;
  readonly controlMs: number;
  readonly dataMs: number;
  /** For messages. */
  readonly placeOf: (path: string) => string;
  /** What was caught, as it is thrown on. */
  failure(error: unknown, path: string): Error;
  /** Takes a connection for one call, or for one file. */
  begin(signal: AbortSignal | undefined): Promise<FtpCall>;
  close(): void;
}

/** A connection while it is used by one call. */
export interface FtpCall extends Omit<FtpConnection, "root" | "welcome"> {
  readonly wire: Wire;
  /** A path as it goes over the wire. @throws {@link TransportError} TRANSPORT_NAME if the encoding lacks a character */
  readonly at: (path: string) => string;
  /** Gives the connection back; one that is `broken` is closed. */
  end(broken: boolean): void;
}

export function createSession(options: FtpOptions): FtpSession {
  const { connections = CONNECTIONS, timeouts = {}, password } = options;
  const { controlMs = CONTROL_MS, dataMs = DATA_MS, queueMs } = timeouts;
  const name = nameOf(options);
  const wire = createWire(options.names ?? "utf-8");
  const mask = redactor([password, password && wire.encode(password)]);
  const placeOf = (path: string): string => (path === "" ? name : `${name}/${path}`);
  const contextOf = (path: string) => ({ place: placeOf(path), redact: (text: string) => mask(wire.show(text)) });
  const connect = (signal: AbortSignal | undefined) => connectFtp(options, wire, contextOf(""), signal);
  const pool = createPool({ place: name, connections, queueMs, connect });

  return {
    ...{ name, options, controlMs, dataMs, placeOf },
    failure: (error, path) => ftpFailure(error, contextOf(path)),
    async begin(signal) {
      const { connection, giveBack } = await pool.take(signal);
      const { client, data, features, root } = connection;
      const abort = (): void => client.close();
      signal?.addEventListener("abort", abort, { once: true });
      return {
        ...{ client, data, features, wire },
        at: (path) => {
          try {
            return path === "" ? root || "/" : `${root}/${wire.encode(path)}`;
          } catch (error) {
            if (!(error instanceof RangeError)) throw error;
            throw new TransportError("TRANSPORT_NAME", `the name cannot be written: ${error.message}`, {
              place: placeOf(path),
            });
          }
        },
        end(broken) {
          signal?.removeEventListener("abort", abort);
          data.forget();
          giveBack(broken);
        },
      };
    },
    close: () => pool.close(),
  };
}

/** Does `work` on a connection, which afterwards is ready for the next call, or closed. */
export async function calling<Value>(
  session: FtpSession,
  path: string,
  signal: AbortSignal | undefined,
  work: (call: FtpCall) => Promise<Value>,
): Promise<Value> {
  const call = await session.begin(signal);
  let broken = true;
  try {
    const value = await work(call);
    broken = false;
    return value;
  } catch (error) {
    signal?.throwIfAborted();
    // The server has answered, so the connection is as good as before.
    broken = !(error instanceof FTPError) && !(error instanceof TransportError);
    throw session.failure(error, path);
  } finally {
    call.end(broken);
  }
}

function nameOf({ host, port, user, secure = "explicit", folder = "" }: FtpOptions): string {
  const scheme = secure === "none" ? "ftp" : "ftps";
  const usual = secure === "implicit" ? 990 : 21;
  const at = host.includes(":") ? `[${host}]` : host;
  const path = folder.replace(/\/+$/, "").replace(/^(?=[^/])/, "/");
  const login = user === undefined ? "" : `${encodeURIComponent(user)}@`;
  return `${scheme}://${login}${at}${port === undefined || port === usual ? "" : `:${port}`}${path}`;
}
