import { connect, createServer, type Server, type Socket } from "node:net";
import type { FaultLogEntry, Faults, FaultyConnection } from "./fault-kinds.ts";
import { type Relay, relay } from "./fault-relay.ts";
import { reset } from "./fault-reset.ts";
import { watchReplies } from "./fault-replies.ts";
import { listenOn } from "./ftp/listen.ts";

/** Which server is disturbed, and how. */
export interface FaultProxyOptions {
  /** Server behind the proxy. */
  readonly host: string;
  readonly port: number;
  /** Called once for each new connection. */
  readonly faults: Faults;
  /**
   * First and last port of the server's data connections, needed for FTPS: its replies cannot be read, so the proxy
   * listens at the same ports of another address. Clients must then use EPSV, since PASV names the server's own address.
   *
   * @defaultValue data connections are found in the replies to EPSV and PASV
   */
  readonly passivePorts?: readonly [from: number, to: number];
  /**
   * Address to listen on. macOS has no 127.0.0.2 unless it is set up (`ifconfig lo0 alias 127.0.0.2`).
   *
   * @defaultValue "127.0.0.1", with `passivePorts` "127.0.0.2"
   */
  readonly listen?: string;
}

/** A proxy that runs. */
export interface FaultProxy {
  /** Where clients connect to instead of the server. */
  readonly host: string;
  readonly port: number;
  /** All connections in the order in which they began; the entries change while bytes pass. */
  readonly connections: readonly FaultLogEntry[];
  /** Ends every connection and stops listening. */
  readonly close: () => Promise<void>;
}

type Entry = { -readonly [Key in keyof FaultLogEntry]: FaultLogEntry[Key] };

/**
 * A TCP proxy before a real server that breaks connections on purpose: of FTP, FTPS, SFTP or HTTP. The data connections
 * of FTP go through it too; an address that a server behind NAT states in its PASV reply is replaced by that of the proxy.
 *
 * @example
 * ```ts
 * const proxy = await faultProxy({
 *   host: server.host,
 *   port: server.port,
 *   faults: ({ kind, index }) => (kind === "data" && index === 2 ? { kind: "drop", afterBytes: 1000 } : undefined),
 * });
 * ```
 * @throws Error of the network if a port is taken, EADDRINUSE also where the server itself listens on all addresses.
 */
export async function faultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { passivePorts, listen: host = passivePorts ? "127.0.0.2" : "127.0.0.1" } = options;
  const connections: Entry[] = [];
  const open = new Set<Socket | Server>();
  const counts = { control: 0, data: 0, uploads: 0, waitingForUploads: 0 };

  const track = <One extends Socket | Server>(one: One): One => {
    open.add(one);
    one.on("close", () => open.delete(one));
    one.on("error", () => undefined);
    return one;
  };

  const accept = (client: Socket, kind: FaultyConnection["kind"], port: number): void => {
    const entry: Entry = { kind, index: counts[kind]++, bytesUp: 0, bytesDown: 0, fault: undefined };
    connections.push(entry);
    const fault = options.faults({ kind, index: entry.index });
    track(client);
    if (fault?.kind === "refuse") {
      entry.fault = "refuse";
      client.destroy();
      return;
    }
    const server = track(connect({ host: options.host, port, allowHalfOpen: true, noDelay: true }));
    server.once("error", () => reset(client));
    server.once("connect", () => void relay(linkOf(client, server, fault, entry)));
  };

  const linkOf = (client: Socket, server: Socket, fault: Relay["fault"], entry: Entry): Relay => {
    const isControl = entry.kind === "control";
    const uploadsBefore = counts.uploads;
    const waits = isControl && fault?.kind === "mute" && "afterUploads" in fault;
    if (waits) {
      counts.waitingForUploads++;
      client.once("close", () => counts.waitingForUploads--);
    }
    let replies = 0;
    let firstEnd: "up" | "down" | undefined;
    const isMuted = (): boolean => {
      if (!isControl || fault?.kind !== "mute") return false;
      if ("afterReplies" in fault) return replies >= fault.afterReplies;
      return counts.uploads - uploadsBefore >= fault.afterUploads;
    };
    const passages = new Set<Server>();
    client.once("close", () => passages.forEach((passage) => passage.close()));
    const detour = async (port: number): Promise<{ readonly host: string; readonly port: number }> => {
      const passage = openPassage(port);
      passages.add(passage);
      passage.once("close", () => passages.delete(passage));
      return { host, port: await listenOn(passage, host, 0) };
    };
    return {
      client,
      server,
      fault,
      isMuted,
      inspect: isControl
        ? (source) =>
            watchReplies(source, {
              detour: passivePorts ? undefined : detour,
              onReply: (count) => {
                replies = count;
              },
            })
        : undefined,
      foresees: (direction) => !isControl && direction === "up" && counts.waitingForUploads > 0,
      onEnd: (direction) => {
        if (!isControl && firstEnd === undefined && direction === "up") counts.uploads++;
        firstEnd ??= direction;
      },
      onStrike: () => {
        entry.fault = fault?.kind;
      },
      onBytes: (direction, count) => {
        entry[direction === "up" ? "bytesUp" : "bytesDown"] += count;
      },
    };
  };

  /** Takes the one data connection that a reply announces. */
  const openPassage = (port: number): Server => {
    const passage = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      passage.close();
      accept(client, "data", port);
    });
    // The proxy may have been closed while this one was being opened.
    passage.once("listening", () => isClosed && passage.close());
    return track(passage);
  };

  const listenAlways = (kind: FaultyConnection["kind"], from: number, to: number): Promise<number> =>
    listenOn(
      track(createServer({ allowHalfOpen: true, noDelay: true }, (client) => accept(client, kind, to))),
      host,
      from,
    );

  let isClosed = false;
  const close = async (): Promise<void> => {
    isClosed = true;
    while (open.size > 0) {
      const closing = [...open].map((one) => new Promise<void>((done) => one.once("close", done)));
      for (const one of open) {
        if ("destroy" in one) one.destroy();
        else one.close();
      }
      await Promise.all(closing);
    }
  };

  try {
    const port = await listenAlways("control", 0, options.port);
    const [from, to] = passivePorts ?? [1, 0];
    for (let passive = from; passive <= to; passive++) await listenAlways("data", passive, passive);
    let closed: Promise<void> | undefined;
    return { host, port, connections, close: () => (closed ??= close()) };
  } catch (error) {
    await close();
    throw error;
  }
}
