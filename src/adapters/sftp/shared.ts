/** One connection that all calls share: opened when it is wanted, and again when it has gone. */
export interface Shared<Connection> {
  /** @throws the reason of the signal, or what the connection cannot be opened for */
  take(signal: AbortSignal | undefined): Promise<Connection>;
  /** Ends it, also one that is being opened. */
  close(error: Error): void;
}

export interface SharedConnection {
  readonly ended: boolean;
  end(error: Error): void;
}

interface Opening<Connection> {
  readonly connected: Promise<Connection>;
  readonly giveUp: AbortController;
  waiting: number;
}

export function createShared<Connection extends SharedConnection>(
  connect: (signal: AbortSignal) => Promise<Connection>,
): Shared<Connection> {
  let current: Connection | undefined;
  let opening: Opening<Connection> | undefined;

  function open(): Opening<Connection> {
    const giveUp = new AbortController();
    const mine: Opening<Connection> = {
      giveUp,
      waiting: 0,
      connected: connect(giveUp.signal).then(
        (connection) => {
          if (opening !== mine) {
            const reason = giveUp.signal.reason as Error;
            connection.end(reason);
            throw reason;
          }
          [current, opening] = [connection, undefined];
          return connection;
        },
        (error: unknown) => {
          if (opening === mine) opening = undefined;
          throw error;
        },
      ),
    };
    return mine;
  }

  return {
    async take(signal) {
      signal?.throwIfAborted();
      if (current?.ended === false) return current;
      const mine = (opening ??= open());
      mine.waiting++;
      try {
        return await unlessAborted(mine.connected, signal);
      } finally {
        // Nobody wants it any more.
        if (--mine.waiting === 0 && opening === mine) {
          opening = undefined;
          mine.giveUp.abort();
        }
      }
    },
    close(error) {
      opening?.giveUp.abort(error);
      current?.end(error);
      current = opening = undefined;
    },
  };
}

function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    const leave = (): void => signal.removeEventListener("abort", abort);
    work.then(resolve, reject).finally(leave);
  });
}
