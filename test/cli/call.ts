import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import {
  code,
  constant,
  dateTime,
  decimal,
  defineMapping,
  definePreset,
  each,
  equals,
  type MappingData,
  oneOf,
  type Preset,
  text,
  vatRate,
} from "propojka";
import { run } from "../../src/cli/run.ts";

/** What one call of the command line came to. */
export interface Call {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface CallOptions {
  readonly stdin?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Whether standard output and error are terminals. */
  readonly terminal?: boolean;
  readonly env?: Record<string, string>;
  /** @defaultValue those below */
  readonly presets?: Readonly<Record<string, Preset>>;
}

/** Runs a command line in this process, with the presets below. */
export async function call(argv: readonly string[], options: CallOptions = {}): Promise<Call> {
  const out = collector(options.terminal);
  const err = collector(options.terminal);
  const exitCode = await run(argv, {
    stdin: bytesOf(options.stdin ?? []),
    stdout: out,
    stderr: err,
    env: options.env ?? {},
    presets: async () => options.presets ?? presets,
    sleep: async () => undefined,
  });
  return { exitCode, out: out.text(), err: err.text() };
}

async function* bytesOf(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** A stream that keeps what is written to it. */
export function collector(isTTY = false): Writable & { readonly isTTY: boolean; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return Object.assign(stream, { isTTY, text: () => Buffer.concat(chunks).toString("utf8") });
}

const alfaMapping = defineMapping("order", {
  record: "/SHOP/ORDER",
  parameters: { currency: { title: "Currency", default: "CZK", values: ["CZK", "EUR"] } },
  fields: {
    number: code("NUMBER"),
    createdAt: dateTime("DATE"),
    status: { kind: oneOf("STATUS", { nová: "new", storno: "cancelled" }), raw: text("STATUS") },
    currency: { type: "parameter", name: "currency" } as never,
    customer: { billing: { name: text("CUSTOMER/NAME"), city: text("CUSTOMER/CITY") } },
    lines: each("ITEMS/ITEM", {
      kind: constant("product"),
      name: text("NAME"),
      quantity: decimal("COUNT"),
      vatRate: vatRate("VAT"),
      unitPrice: { gross: decimal("PRICE") },
    }),
    totals: { payable: decimal("TOTAL") },
  },
  skip: [{ when: equals("STATUS", "storno"), reason: "cancelled" }],
  totals: { basis: "gross", method: "topDown", compare: ["payable"] },
});

const { number: _, ...shared } = alfaMapping.fields;
const alfaInvoices: MappingData = {
  ...alfaMapping,
  target: "invoice",
  fields: {
    ...shared,
    documentType: { type: "constant", value: "invoice" },
    invoiceNumber: { type: "code", path: "NUMBER" },
    issuedOn: { type: "date", path: "DATE" },
  },
};

const betaMapping = defineMapping("order", {
  record: "/export/objednavka",
  fields: {
    number: code("@cislo"),
    currency: constant("CZK"),
    lines: each("polozka", { kind: constant("product"), name: text("nazev"), quantity: decimal("kusu") }),
  },
});

/** Two invented platforms. */
export const presets: Readonly<Record<string, Preset>> = {
  alfa: definePreset({
    id: "alfa",
    title: "Alfa",
    maturity: "draft",
    provenance: [],
    feeds: {
      orders: { direction: "import", records: "orders", title: "Orders", mapping: alfaMapping },
      invoices: { direction: "import", records: "invoices", title: "Invoices", mapping: alfaInvoices },
    },
  }),
  beta: definePreset({
    id: "beta",
    title: "Beta",
    maturity: "draft",
    provenance: [],
    feeds: { orders: { direction: "import", records: "orders", title: "Orders", mapping: betaMapping } },
  }),
};

export interface Sample {
  readonly number?: string;
  readonly status?: string;
  readonly name?: string;
  readonly count?: string;
  readonly total?: string;
}

/** One order of the invented platform Alfa. */
export function order({
  number = "26001",
  status = "nová",
  name = "Eva Vzorová",
  count = "2",
  total = "242.00",
}: Sample = {}): string {
  return `<ORDER><NUMBER>${number}</NUMBER><DATE>2026-03-04 18:22:09</DATE><STATUS>${status}</STATUS>
  <CUSTOMER><NAME>${name}</NAME><CITY>Brno</CITY></CUSTOMER>
  <ITEMS><ITEM><NAME>Hrnek</NAME><COUNT>${count}</COUNT><VAT>21</VAT><PRICE>121.00</PRICE></ITEM></ITEMS>
  <TOTAL>${total}</TOTAL></ORDER>
`;
}

export function shop(...orders: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<SHOP>\n${orders.join("")}</SHOP>\n`;
}

/** Bytes of a text in windows-1250, as far as these tests need it. */
export function windows1250(text: string): Uint8Array {
  const letters: Readonly<Record<string, number>> = {
    á: 0xe1,
    é: 0xe9,
    í: 0xed,
    ř: 0xf8,
    Š: 0x8a,
    š: 0x9a,
    ť: 0x9d,
    ž: 0x9e,
    ý: 0xfd,
  };
  return Uint8Array.from(text, (char) => letters[char] ?? char.charCodeAt(0));
}

/** A directory of files that goes away with the test. */
export async function folder(files: Readonly<Record<string, string | Uint8Array>>): Promise<{
  readonly path: (name: string) => string;
  remove(): Promise<void>;
}> {
  const root = await mkdtemp(join(tmpdir(), "propojka-"));
  for (const [name, content] of Object.entries(files)) await writeFile(join(root, name), content);
  return { path: (name) => join(root, name), remove: () => rm(root, { recursive: true }) };
}

export const alfaJson: string = JSON.stringify(alfaMapping);
