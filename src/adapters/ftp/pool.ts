import type { Client } from "basic-ftp";
import { TransportError } from "../../errors.ts";
import type { FtpConnection } from "./connect.ts";
import { QUEUE_MS } from "./options.ts";

/** Connections to one server, each used by one call at a time. */
export interface Pool {
  /** Waits for a connection. @throws {@link TransportError} TRANSPORT_TIMEOUT if none gets free */
  take(signal: AbortSignal | undefined): Promise<Lease>;
  close(): void;
}

export interface Lease {
  readonly connection: FtpConnection;
  /** `broken` if its state is not known: then it is closed. */
  readonly giveBack: (broken: boolean) => void;
}

export interface PoolOptions {
  readonly place: string;
  readonly connections: number;
  readonly queueMs?: number | undefined;
  readonly connect: (signal: AbortSignal | undefined) => Promise<FtpConnection>;
}

/** Servers end connections that are silent, and firewalls forget them without a word. */
const IDLE_MS = 30_000;

interface Idle {
  readonly connection: FtpConnection;
  readonly since: number;
}

export function createPool({ place, connections, queueMs = QUEUE_MS, connect }: PoolOptions): Pool {
  const idle: Idle[] = [];
  const waiting: (() => void)[] = [];
  const open = new Set<Client>();
  let taken = 0;

  function leave(): void {
    taken--;
    waiting.shift()?.();
  }

  async function turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (taken < connections) {
      taken++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const stop = (error: Error): void => {
        waiting.splice(waiting.indexOf(go), 1);
        clear();
        reject(error);
      };
      const go = (): void => {
        taken++;
        clear();
        resolve();
      };
      const reason = `all ${connections} connections are in use: end what is being read or written, or allow more`;
      const timer = setTimeout(() => stop(new TransportError("TRANSPORT_TIMEOUT", reason, { place })), queueMs);
      const abort = (): void => stop(signal?.reason as Error);
      signal?.addEventListener("abort", abort, { once: true });
      const clear = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
      };
      waiting.push(go);
    });
  }

  function fresh(): FtpConnection | undefined {
    for (let found = idle.pop(); found !== undefined; found = idle.pop()) {
      const { client } = found.connection;
      if (!client.closed && Date.now() - found.since < IDLE_MS) {
        client.ftp.socket.ref();
        return found.connection;
      }
      open.delete(client);
      client.close();
    }
    return undefined;
  }

  return {
    async take(signal) {
      await turn(signal);
      try {
        const connection = fresh() ?? (await connect(signal));
        const { client } = connection;
        open.add(client);
        return {
          connection,
          giveBack: (broken) => {
            if (broken || client.closed) {
              open.delete(client);
              client.close();
            } else {
              // A program may end without closing.
              client.ftp.socket.unref();
              idle.push({ connection, since: Date.now() });
            }
            leave();
          },
        };
      } catch (error) {
        leave();
        throw error;
      }
    },
    close() {
      for (const client of open) client.close();
      open.clear();
      idle.length = 0;
    },
  };
}
