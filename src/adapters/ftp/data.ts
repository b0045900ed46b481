import type { FTPContext } from "basic-ftp";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

/** What is known of the data connection of the transfer that is under way. */
export interface DataConnection {
  /** Pass this on where the client opens one. */
  readonly context: FTPContext;
  /**
   * Resolves when the TLS handshake is over, at once without TLS. A connection that is ended before breaks, which an empty file
   * would do. After so many milliseconds the transfer ends with an error.
   */
  secured(timeoutMs: number): Promise<void>;
  /**
   * From now on, an upload whose data connection has closed ends with an error, unless it is over within so many milliseconds.
   * Otherwise it would wait for ever: a stream that was closed in an orderly way takes nothing and says nothing.
   */
  endAfterClose(waitMs: () => number): void;
  /** Called when the transfer is over, however it went. */
  forget(): void;
}

/**
 * How long the server has to say why it closed a data connection: proftpd resets it first and answers 550 afterwards, and
 * without this only the reset would be seen.
 */
export const GRACE_MS = 1000;

/** Watches the data connections that are opened through `context`. */
export function watchData(ftp: FTPContext): DataConnection {
  let secured = Promise.resolve();
  let waitMs: (() => number) | undefined;
  const timers = new Set<NodeJS.Timeout>();
  const failAfter = (ms: number, error: Error): NodeJS.Timeout => {
    const timer = setTimeout(() => ftp.closeWithError(error), ms);
    timers.add(timer);
    return timer;
  };
  const context = new Proxy(ftp, {
    get: (target, key) => Reflect.get(target, key) as unknown,
    set(target, key, socket: Socket | undefined) {
      if (key !== "dataSocket" || socket === undefined) return Reflect.set(target, key, socket);
      secured = handshake(socket);
      const known = new Set([...socket.listeners("error"), ...socket.listeners("close")]);
      Reflect.set(target, key, socket);
      for (const event of ["error", "close"])
        for (const listener of socket.listeners(event))
          if (!known.has(listener)) socket.removeListener(event, listener as () => void);
      // Also a second one, which TLS may have, must not end the program.
      socket.on("error", (error: Error) => failAfter(GRACE_MS, error));
      socket.once("close", () => {
        if (waitMs !== undefined) failAfter(waitMs(), new Error("Server closed the data connection before the end"));
      });
      return true;
    },
  });
  return {
    context,
    async secured(timeoutMs) {
      const timer = failAfter(timeoutMs, new Error("Timeout (TLS handshake of the data connection)"));
      await secured;
      clearTimeout(timer);
    },
    endAfterClose(wait) {
      waitMs = wait;
    },
    forget() {
      waitMs = undefined;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function handshake(socket: Socket): Promise<void> {
  if (!(socket instanceof TLSSocket)) return Promise.resolve();
  // One that fails is told by the error of the socket itself.
  return new Promise((resolve) => {
    socket.once("secureConnect", resolve);
    socket.once("close", resolve);
  });
}
