import { memoryTransport, type MemoryTransport, type MemoryTransportOptions } from "../../src/adapters/memory.ts";
import { TransportError } from "../../src/errors.ts";
import type { Transport } from "../../src/ports.ts";
import { metered } from "../../src/transfer/content.ts";

/** What goes wrong with the next calls of a method: before it, after so many bytes, or after all of it. */
export type Break = "before" | "after" | number;

type Method = "read" | "write" | "move" | "remove" | "stat" | "list" | "makeFolder";

/** A transport in memory whose calls fail as they are told, one after the other; `undefined` lets one pass. */
export function brokenTransport(
  breaks: Partial<Record<Method, (Break | undefined)[]>>,
  options: MemoryTransportOptions & { readonly code?: TransportError["code"] } = {},
): { readonly transport: Transport; readonly inner: MemoryTransport; readonly calls: readonly string[] } {
  const inner = memoryTransport(options);
  const calls: string[] = [];
  const fail = (): never => {
    throw new TransportError(options.code ?? "TRANSPORT_INTERRUPTED", "broken on purpose");
  };
  const next = (method: Method, told: string): Break | undefined => {
    calls.push(`${method} ${told}`);
    return breaks[method]?.shift();
  };
  const around = async <Value>(method: Method, told: string, work: () => Promise<Value>): Promise<Value> => {
    const broken = next(method, told);
    if (broken === "before") fail();
    const value = await work();
    return broken === undefined ? value : fail();
  };
  const transport: Transport = {
    ...inner,
    list: (folder, call) => around("list", folder, () => inner.list(folder, call)),
    stat: (path, call) => around("stat", path, () => inner.stat(path, call)),
    move: (from, to, call) => around("move", from, () => inner.move(from, to, call)),
    remove: (path, call) => around("remove", path, () => inner.remove(path, call)),
    makeFolder: (path, call) => around("makeFolder", path, () => inner.makeFolder(path, call)),
    async *read(path, reading = {}) {
      const broken = next("read", `${path} ${reading.from ?? 0}`);
      if (broken === "before") fail();
      let left = typeof broken === "number" ? broken : Infinity;
      for await (const piece of inner.read(path, reading)) {
        if (left > 0) yield piece.subarray(0, left);
        left -= piece.length;
        if (left <= 0) fail();
      }
      if (broken === "after") fail();
    },
    async write(path, content, writing = {}) {
      const broken = next("write", `${path} ${writing.from ?? 0}`);
      if (broken === "before") fail();
      const source = metered(content);
      const some = async function* (): AsyncGenerator<Uint8Array> {
        let left = typeof broken === "number" ? broken : Infinity;
        for await (const piece of source.pieces()) {
          if (left > 0) yield piece.subarray(0, left);
          left -= piece.length;
          if (left <= 0) return;
        }
      };
      const bytes = await inner.write(path, some, writing);
      return broken === undefined ? bytes : fail();
    },
  };
  return { transport, inner, calls };
}
