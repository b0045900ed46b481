/** Which way bytes go: `up` from the client to the server, `down` back. */
export type FaultDirection = "up" | "down";

interface AfterBytes<Kind extends string> {
  readonly kind: Kind;
  /** Bytes that pass before it strikes. A connection that carries fewer is not struck. */
  readonly afterBytes: number;
  /** The direction whose bytes count. @defaultValue "down" */
  readonly direction?: FaultDirection;
}

/**
 * What goes wrong with a connection:
 *
 * - `drop`: both sides see an orderly end (FIN) in the middle.
 * - `reset`: both sides see "connection reset by peer" (RST). What was under way may be lost with it.
 * - `stall`: nothing passes any more in either direction, nor does the end; the connection stays open.
 * - `truncate`: the bytes that follow in that direction are swallowed, all else looks well: the receiver sees a clean end.
 *   Within TLS it sees that a record is incomplete.
 * - `slow`: so many bytes a second pass in that direction.
 * - `refuse`: closed at once, before the server hears of it.
 * - `mute`, of control connections: the server's replies are swallowed after so many of them, or after so many uploads
 *   were seen to end, so that an upload is done and its confirmation never arrives. `afterReplies` needs replies that can
 *   be read, so it counts up to AUTH TLS and the reply to it; `afterUploads` works with TLS too, where an upload is a data
 *   connection that the client ends first.
 */
export type Fault =
  | AfterBytes<"drop">
  | AfterBytes<"reset">
  | AfterBytes<"stall">
  | AfterBytes<"truncate">
  | {
      readonly kind: "slow";
      readonly bytesPerSecond: number;
      /** @defaultValue "down" */
      readonly direction?: FaultDirection;
    }
  | { readonly kind: "refuse" }
  | { readonly kind: "mute"; readonly afterReplies: number }
  | { readonly kind: "mute"; readonly afterUploads: number };

/** A connection that begins. */
export interface FaultyConnection {
  /** `control`: at the proxy's own port, also of servers other than FTP; `data`: a data connection of FTP. */
  readonly kind: "control" | "data";
  /** Counts the connections of this kind, from 0. */
  readonly index: number;
}

/** Decides what goes wrong with a connection; undefined for nothing. */
export type Faults = (connection: FaultyConnection) => Fault | undefined;

/** A connection in the log of a proxy. */
export interface FaultLogEntry extends FaultyConnection {
  /** Bytes from the client that were passed on to the server. */
  readonly bytesUp: number;
  /** Bytes from the server that were passed on to the client. */
  readonly bytesDown: number;
  /** The fault that struck; undefined while none has. */
  readonly fault: Fault["kind"] | undefined;
}
