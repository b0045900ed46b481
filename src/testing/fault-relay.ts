import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Fault, FaultDirection } from "./fault-kinds.ts";
import { reset } from "./fault-reset.ts";

/** A connection through the proxy. Both sockets must allow to be half open. */
export interface Relay {
  readonly client: Socket;
  readonly server: Socket;
  readonly fault: Fault | undefined;
  /** Looks at what the server sends before it is passed on. */
  readonly inspect: ((source: AsyncIterable<Buffer>) => AsyncIterable<Buffer>) | undefined;
  /** Asked before each piece from the server: whether it is to be swallowed. */
  readonly isMuted: () => boolean;
  /** Called when one side has ended, before the other hears of it. */
  readonly onEnd: (direction: FaultDirection) => void;
  /** Called when the fault strikes. */
  readonly onStrike: () => void;
  /** Called for what was passed on. */
  readonly onBytes: (direction: FaultDirection, count: number) => void;
  /** Whether the end of a direction must be known before the last bytes of it are passed on. */
  readonly foresees: (direction: FaultDirection) => boolean;
}

/** Where both directions stand: `passing`, `swallowing` after a drop, `stalled`. */
interface State {
  now: "passing" | "swallowing" | "stalled";
}

type Cut = Extract<Fault, { readonly afterBytes: number }>;

/** Slices a second of a slow connection. */
const SLICES = 20;
/** Node 20 takes a reset that comes together with bytes for an orderly end (20.20.2 on Linux; 24.21.0 does not). */
const RESET_DELAY_MS = 10;
/** How long the last bytes wait for the end that belongs to them: TLS says goodbye shortly before TCP does. */
const FORESIGHT_MS = 20;

/** Passes bytes on both ways until both sides have ended, or the fault struck. */
export async function relay(link: Relay): Promise<void> {
  const state: State = { now: "passing" };
  await Promise.all([pump(link, state, "up"), pump(link, state, "down")]);
}

async function pump(link: Relay, state: State, direction: FaultDirection): Promise<void> {
  const [from, to] = direction === "up" ? [link.client, link.server] : [link.server, link.client];
  try {
    const read = from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const source = foreseeing(link, direction, read);
    const inspected = direction === "down" && link.inspect ? link.inspect(source) : source;
    for await (const piece of faulty(link, state, direction, from, inspected)) {
      await stillness(state, from);
      if (state.now === "swallowing") continue;
      if (direction === "down" && link.isMuted()) {
        link.onStrike();
        continue;
      }
      link.onBytes(direction, piece.length);
      await write(to, piece);
    }
    await stillness(state, from);
    to.end();
  } catch {
    // Whatever one side did, the other would have seen it without the proxy as well.
    for (const socket of [from, to]) if (!socket.destroyed) reset(socket);
  }
}

/** Bytes as the fault of this direction lets them through. */
function faulty(
  link: Relay,
  state: State,
  direction: FaultDirection,
  from: Socket,
  source: AsyncIterable<Buffer>,
): AsyncIterable<Buffer> {
  const { fault } = link;
  if (fault === undefined || fault.kind === "refuse" || fault.kind === "mute") return source;
  if ((fault.direction ?? "down") !== direction) return source;
  if (fault.kind === "slow") return slowed(link, source, fault.bytesPerSecond);
  return cut(link, state, from, source, fault);
}

async function* slowed(link: Relay, source: AsyncIterable<Buffer>, bytesPerSecond: number): AsyncGenerator<Buffer> {
  const length = Math.max(1, Math.floor(bytesPerSecond / SLICES));
  for await (const chunk of source) {
    link.onStrike();
    for (let at = 0; at < chunk.length; at += length) {
      const slice = chunk.subarray(at, at + length);
      yield slice;
      await delay((slice.length * 1000) / bytesPerSecond);
    }
  }
}

async function* cut(
  link: Relay,
  state: State,
  from: Socket,
  source: AsyncIterable<Buffer>,
  fault: Cut,
): AsyncGenerator<Buffer> {
  let left = fault.afterBytes;
  let isStruck = left <= 0 && fault.kind !== "truncate";
  if (isStruck) await strike(link, state, from, fault);
  for await (const chunk of source) {
    if (isStruck) continue;
    const head = chunk.subarray(0, left);
    left -= head.length;
    if (head.length > 0) yield head;
    // Nothing is truncated before there is something to swallow.
    isStruck = left <= 0 && (fault.kind !== "truncate" || head.length < chunk.length);
    if (isStruck) await strike(link, state, from, fault);
  }
}

async function strike(link: Relay, state: State, from: Socket, { kind }: Cut): Promise<void> {
  link.onStrike();
  if (kind === "drop") {
    // Both sides are read on to their own end: unread bytes would turn the orderly end into a reset.
    state.now = "swallowing";
    link.client.end();
    link.server.end();
  }
  if (kind === "reset") {
    await delay(RESET_DELAY_MS);
    reset(link.client);
    reset(link.server);
  }
  if (kind === "stall") {
    state.now = "stalled";
    await stillness(state, from);
  }
}

/** With foresight, the end of a direction is made known before its last piece is passed on. */
async function* foreseeing(
  link: Relay,
  direction: FaultDirection,
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const iterator = source[Symbol.asyncIterator]();
  let isKnown = false;
  const end = (): void => {
    if (!isKnown) link.onEnd(direction);
    isKnown = true;
  };
  for (let next = iterator.next(); ;) {
    const result = await next;
    if (result.done === true) break;
    next = iterator.next();
    // Whoever waits for it next sees what went wrong.
    next.catch(() => undefined);
    if (link.foresees(direction)) {
      const isLast = await Promise.race([next.then(({ done }) => done === true), delay(FORESIGHT_MS, false)]);
      if (isLast) end();
    }
    yield result.value;
  }
  end();
}

/** Does not go on while the connection is stalled; at its end it ends with an error. */
async function stillness(state: State, socket: Socket): Promise<void> {
  if (state.now !== "stalled") return;
  if (!socket.destroyed) await once(socket, "close");
  throw new Error("The connection was closed while it was stalled.");
}

function write(socket: Socket, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(piece, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
