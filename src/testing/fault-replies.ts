/** What is to be done with the replies of a control connection. */
export interface ReplyWatch {
  /** Gives the port that the client is to use in place of one that the server opened. */
  readonly detour: ((port: number) => Promise<{ readonly host: string; readonly port: number }>) | undefined;
  /** Called with each reply that was read whole; the count starts at 1 with the greeting. */
  readonly onReply: (count: number) => void;
}

const LONGEST_LINE = 1024;
const EPSV = /^(229[ -].*\(\|\|\|)(\d+)(\|\).*)$/s;
const PASV = /^(227[ -]\D*)(\d+,\d+,\d+,\d+),(\d+),(\d+)(.*)$/s;

/**
 * What a server sends on a control connection, with the ports of EPSV and PASV replaced. Each piece holds at most one
 * reply, so that the next can be kept back. What is not FTP, or no longer readable after AUTH TLS, passes unchanged.
 */
export async function* watchReplies(source: AsyncIterable<Buffer>, watch: ReplyWatch): AsyncGenerator<Buffer> {
  let held = "";
  let count = 0;
  /** Code of a reply of several lines that has begun. */
  let within: string | undefined;
  /** The beginning of the line has passed already. */
  let isMidLine = false;
  let isReadable: boolean | undefined;

  for await (const chunk of source) {
    // HTTP, SSH and TLS do not begin with a digit.
    isReadable ??= /^\d/.test(chunk.toString("latin1", 0, 1));
    if (!isReadable) {
      yield chunk;
      continue;
    }
    held += chunk.toString("latin1");
    for (let end = held.indexOf("\n"); end !== -1 && isReadable; end = held.indexOf("\n")) {
      const line = held.slice(0, end + 1);
      held = held.slice(end + 1);
      const code = isMidLine ? undefined : /^\d{3}(?=[ -])/.exec(line)?.[0];
      const isFirst = code !== undefined && within === undefined;
      const isLast = code !== undefined && line[3] === " " && (within ?? code) === code;
      yield Buffer.from(isFirst && watch.detour ? await rerouted(line, watch.detour) : line, "latin1");
      isMidLine = false;
      if (isLast) watch.onReply(++count);
      if (isLast && code === "234") isReadable = false;
      if (isLast) within = undefined;
      else if (isFirst) within = code;
    }
    // Only what may become a reply is held back: a server may be waiting for an answer to the rest.
    if (held !== "" && (!isReadable || held.length > LONGEST_LINE || !/^\d{1,3}(?:[ -]|$)/.test(held))) {
      yield Buffer.from(held, "latin1");
      held = "";
      isMidLine = true;
    }
  }
  if (held !== "") yield Buffer.from(held, "latin1");
}

async function rerouted(line: string, detour: NonNullable<ReplyWatch["detour"]>): Promise<string> {
  const epsv = EPSV.exec(line);
  if (epsv) return `${epsv[1] ?? ""}${(await detour(Number(epsv[2]))).port}${epsv[3] ?? ""}`;
  const pasv = PASV.exec(line);
  if (!pasv) return line;
  const { host, port } = await detour(Number(pasv[3]) * 256 + Number(pasv[4]));
  return `${pasv[1] ?? ""}${host.replaceAll(".", ",")},${port >> 8},${port & 0xff}${pasv[5] ?? ""}`;
}
