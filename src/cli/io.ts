import type { Writable } from "node:stream";
import type { Transport } from "../ports.ts";
import type { Preset } from "../preset.ts";
import type { ReplaceBy } from "../transfer/publish.ts";
import type { RetryOptions } from "../transfer/retry.ts";

/** What the program is given. */
export interface Host {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Loaded when a command needs them: most runs need one. */
  presets(): Promise<Readonly<Record<string, Preset>>>;
  /** Waits until a server is asked again. @defaultValue setTimeout */
  readonly sleep?: RetryOptions["sleep"];
}

/** Everything that a command touches outside of itself. */
export interface Io extends Host {
  readonly remotes: Remotes;
}

/** Places on servers that a command was given URLs of. */
export interface Remotes {
  /** Reads the URL and what belongs to it, such as a password; nothing is connected yet. @throws {@link Failure} */
  open(url: string): Promise<Remote>;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** A file or folder on a server. */
export interface Remote {
  /** The URL for messages: without secrets and without settings. */
  readonly name: string;
  readonly transport: Transport;
  /** From the transport's folder; `""` is that folder itself. */
  readonly path: string;
  /** Whether the URL ends with a slash. */
  readonly isFolder: boolean;
  /** How a file that is there gives way to a new one. */
  readonly replace: ReplaceBy;
  /** How passing failures are made good. */
  readonly retry: RetryOptions;
  /** An error that somebody else made of what the transport did, in words of the URL. */
  readonly told: (error: unknown) => unknown;
}

/** A stream that may be a terminal. */
export type Terminal = Writable & { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };

/** One way to call the program. */
export interface Command {
  /** One line of the overview. */
  readonly summary: string;
  /** Text of `--help`. */
  readonly help: string;
  /** @returns the exit code. */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** Exit codes. */
export const OK = 0;
/** Some of the data is wrong. */
export const BAD_DATA = 1;
/** Nothing could be done: wrong arguments, a file that cannot be read or is of another kind. */
export const UNUSABLE = 2;

/** The run ends with one message and no stack trace. */
export class Failure extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = UNUSABLE) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The arguments are wrong; the message comes with a hint at `--help`. */
export class UsageError extends Failure {}

/** Writes text as fast as the other side takes it. */
export interface Output {
  /** Holds text back until there is enough of it to be worth a write. */
  write(text: string): Promise<void>;
  flush(): Promise<void>;
  /** Nobody reads any more, as in `propojka … | head -1`. */
  readonly closed: boolean;
}

const CHUNK = 16 * 1024;

export function output(stream: Writable): Output {
  let waiting = "";
  let closed = false;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") failure = error;
    wake?.();
  });
  stream.on("close", () => {
    closed = true;
    wake?.();
  });
  stream.on("drain", () => wake?.());

  async function flush(): Promise<void> {
    const text = waiting;
    waiting = "";
    if (text !== "" && !closed && !stream.write(text)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (closed) resolve();
      });
      wake = undefined;
    }
    if (failure !== undefined) throw failure;
  }

  return {
    async write(text) {
      waiting += text;
      if (waiting.length >= CHUNK) await flush();
    },
    flush,
    get closed() {
      return closed;
    },
  };
}

/** Colours for a terminal that shows them. */
export interface Colors {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly bold: (text: string) => string;
}

/** @see https://no-color.org (read 2026-11-24) */
export function colorsFor(stream: Terminal, env: Io["env"]): Colors {
  const on = stream.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  const paint = (open: number, close: number) => (text: string) => (on ? `\x1b[${open}m${text}\x1b[${close}m` : text);
  return { red: paint(31, 39), yellow: paint(33, 39), green: paint(32, 39), bold: paint(1, 22) };
}
