import { deepEqual, ok } from "node:assert/strict";
import type { Transport } from "../../ports.ts";
import { allOf, failsWith, sameBytes, sampleBytes, untouched } from "./check.ts";
import { type TransportCase, withFixture } from "./case.ts";

/** Names that files may have. */
const GOOD = [
  "objednávky č. 1.xml",
  "Žluťoučký kůň.xml",
  "a b  c.xml",
  "100 % & více (kopie) [2].xml",
  "#hash+plus;semi,comma'quote.xml",
  "-rf.xml",
  "~home.xml",
  "a=b;type=dir; c.xml",
  "$(id).xml",
];

/** Paths that must not reach a server. */
const BAD = [
  "..",
  "../secret.xml",
  "out/../../secret.xml",
  "/etc/passwd",
  "out//a.xml",
  "./a.xml",
  "out\\a.xml",
  "C:a.xml",
  "a.xml\r\nDELE b.xml",
  "a\nb.xml",
  "a\u0000b.xml",
  "a\u0085b.xml",
  "NUL",
  "con.xml",
  "Lpt1.orders.xml",
  "orders.xml.",
  "orders.xml ",
  "out/",
  "a".repeat(300),
];

/** What names may be, and what not. */
export const pathCases: readonly TransportCase[] = [
  {
    name: "takes names with spaces, signs and letters of Czech, and lists them as they are",
    needs: ["write", "list", "remove"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        for (const [index, name] of GOOD.entries()) await transport.write(name, sampleBytes(10 + index, index));
        const { files, refused } = await transport.list("");
        deepEqual(files.map(({ name }) => name.normalize("NFC")).sort(), [...GOOD].sort());
        deepEqual(refused, []);
        for (const [index, name] of GOOD.entries()) {
          sameBytes(await allOf(transport.read(name)), sampleBytes(10 + index, index));
          await transport.remove(name);
        }
        deepEqual((await transport.list("")).files, []);
      }),
  },
  {
    name: "refuses paths that lead elsewhere or mean something else, before it does anything",
    needs: [],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        for (const path of [...BAD, ""])
          for (const [method, call] of Object.entries(callsOf(transport, path))) {
            const content = untouched();
            const error = await failsWith(() => call(content.content), "TRANSPORT_NAME").catch((failure: unknown) => {
              throw new Error(`${method} of ${JSON.stringify(path)}: ${String(failure)}`);
            });
            ok(!content.touched && !error.retryable);
            // A message is a line of a log, whatever the name.
            ok(!/[\u0000-\u001f]/.test(error.message), JSON.stringify(error.message));
          }
        if (transport.can.list) for (const path of BAD) await failsWith(() => transport.list(path), "TRANSPORT_NAME");
      }),
  },
];

type Call = (content: ReturnType<typeof untouched>["content"]) => Promise<unknown>;

function callsOf(transport: Transport, path: string): Record<string, Call> {
  const { can } = transport;
  return {
    read: () => allOf(transport.read(path)),
    ...(can.stat && { stat: () => transport.stat(path) }),
    ...(can.write && { write: (content) => transport.write(path, content) }),
    ...(can.move && {
      moveFrom: () => transport.move(path, "b.xml"),
      moveTo: () => transport.move("a.xml", path),
    }),
    ...(can.remove && { remove: () => transport.remove(path) }),
    ...(can.folders && { makeFolder: () => transport.makeFolder(path) }),
  };
}
