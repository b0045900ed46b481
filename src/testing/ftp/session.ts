import type { Socket } from "node:net";
import { answer } from "./commands.ts";
import { acceptTls } from "./data.ts";
import { replyTo } from "./refusal.ts";
import type { Session, Surroundings } from "./surroundings.ts";

const LINE_END = 0x0a;
const LONGEST_LINE = 8192;
/** Telnet's "interrupt process" and "data mark", which clients send before ABOR. */
const TELNET_SIGNALS = /^(?:\xff[\xf2\xf4]?)+/;

/** Whether a client is let in. */
interface Admission {
  readonly isFull: boolean;
  /** Called once the session is over, before the client learns of it: its place is free for the next. */
  readonly leave: () => void;
}

/** Talks to a client until it leaves; one that is too many is only turned away. */
export async function serveSession(socket: Socket, around: Surroundings, { isFull, leave }: Admission): Promise<void> {
  const { tls, host } = around.options;
  let current = socket;
  let ended = false;
  let held: Buffer = Buffer.alloc(0);
  // Commands that came before TLS began are void: someone on the way could have slipped them in.
  let protocol = 0;
  let work = Promise.resolve();

  const gone = new Promise<void>((resolve) => socket.once("close", resolve));

  const session: Session = {
    around,
    isSecure: () => current !== socket,
    send: (reply) => {
      if (current.writable) current.write(around.names.encode(`${reply}\r\n`));
    },
    secure: (reply) => secure(reply),
    end: () => end(),
    user: undefined,
    isLoggedIn: false,
    folder: "/",
    restart: 0,
    renaming: undefined,
    isPrivate: tls?.implicit === true,
    passive: undefined,
    abort: undefined,
    hasAborted: false,
  };

  const onData = (chunk: Buffer): void => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (let end = held.indexOf(LINE_END); end !== -1; end = held.indexOf(LINE_END)) {
      const line = held.subarray(0, end);
      held = held.subarray(end + 1);
      take(line);
    }
    if (held.length <= LONGEST_LINE) return;
    session.send("500 Command line too long.");
    end();
  };

  const take = (line: Buffer): void => {
    const bytes = line.toString("latin1").replace(TELNET_SIGNALS, "").replace(/\r$/, "");
    const cameWith = protocol;
    // All other commands wait until the transfer is over.
    if (/^ABOR$/i.test(bytes) && session.abort) {
      session.hasAborted = true;
      session.abort();
    }
    work = work.then(async () => {
      if (cameWith === protocol && !ended) await handle(Buffer.from(bytes, "latin1"));
    });
  };

  const handle = async (line: Buffer): Promise<void> => {
    const text = around.names.decode(line);
    if (text === undefined) {
      session.send("501 Name is not in the encoding of this server.");
      return;
    }
    const [, word = "", argument = ""] = /^(\S*) ?(.*)$/s.exec(text) ?? [];
    const name = word.toUpperCase();
    around.commands.push(name === "PASS" ? "PASS ***" : argument === "" ? name : `${name} ${argument}`);
    try {
      // A test that never answers must not hold up the end of the server.
      const given = await Promise.race([around.options.onCommand?.(name, argument), gone.then(() => "")]);
      const reply = given ?? (await answer(session, name, argument));
      if (reply !== "") session.send(reply);
      if (/^(?:421|221) /.test(reply)) end();
    } catch (error) {
      session.send(replyTo(error));
    }
  };

  const secure = async (reply: string): Promise<void> => {
    const { secureContext } = around;
    if (secureContext === undefined) return;
    socket.removeListener("data", onData);
    socket.pause();
    protocol++;
    held = Buffer.alloc(0);
    if (reply !== "") await new Promise<void>((sent) => socket.write(`${reply}\r\n`, () => sent()));
    const secured = socket.destroyed ? undefined : await acceptTls(socket, secureContext);
    if (secured === undefined) {
      end();
      return;
    }
    current = secured;
    current.on("error", end);
    current.on("data", onData);
  };

  // What was sent before still reaches the client, which an abrupt end would not grant.
  const end = (): void => {
    ended = true;
    leave();
    current.end();
  };

  socket.on("error", () => socket.destroy());
  if (tls?.implicit === true) await secure("");
  else socket.on("data", onData);
  session.send(isFull ? "421 Too many connections, try again later." : `220 ${host} FTP server ready.`);
  if (isFull) end();

  await gone;
  ended = true;
  leave();
  session.abort?.();
  session.passive?.close();
  await work;
  // The last command may have opened another port.
  session.passive?.close();
}
