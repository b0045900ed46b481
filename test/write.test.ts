import { spawnSync } from "node:child_process";
import {
  absent,
  code,
  compileWriter,
  concat,
  decimal,
  DefinitionError,
  equals,
  fieldIs,
  has,
  type Issue,
  type MappingData,
  not,
  RecordError,
  split,
  text,
  writeDocuments,
  writeRecords,
  type WriteRecordsOptions,
  type WriteReport,
} from "propojka";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { items, mappingOf, values } from "./mapping/reading.ts";

const mapping = mappingOf(
  {
    number: code("N", { required: true }),
    name: text("NAME", { maxLength: 20_000, tooLong: "cut" }),
    price: decimal("PRICE", { scale: 2 }),
    prices: concat(values({ list: absent(), gross: decimal("MAIN") })),
  },
  {},
);

interface Written {
  readonly chunks: readonly Uint8Array[];
  readonly text: string;
  readonly report: WriteReport;
}

async function writeAll(
  records: Parameters<typeof writeRecords<unknown>>[0],
  options: WriteRecordsOptions = {},
  by: MappingData = mapping,
): Promise<Written> {
  const stream = writeRecords<unknown>(records, by, options);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return { chunks, text: new TextDecoder().decode(Buffer.concat(chunks)), report: stream.report };
}

async function drain(source: AsyncIterable<unknown>): Promise<void> {
  for await (const piece of source) expect(piece).toBeDefined();
}

function* numbered(count: number, name = "x".repeat(1000)): Generator<object, void, undefined> {
  for (let number = 0; number < count; number++) yield { number: String(number), name };
}

async function* later<Value>(values: Iterable<Value>): AsyncGenerator<Value, void, undefined> {
  yield* values;
}

/** Counts how many records were taken, and whether the source was told to stop. */
function watched(
  records: Iterable<object>,
  isAsync: boolean,
): { source: Iterable<object> | AsyncIterable<object>; taken: () => number; closed: () => boolean } {
  let taken = 0;
  let closed = false;
  function* watch(): Generator<object, void, undefined> {
    try {
      for (const record of records) {
        taken++;
        yield record;
      }
    } finally {
      closed = true;
    }
  }
  return { source: isAsync ? later(watch()) : watch(), taken: () => taken, closed: () => closed };
}

describe("writeRecords", () => {
  it("gives a document of all records, from any kind of source", async () => {
    const expected =
      '<?xml version="1.0" encoding="utf-8"?>\n<S>\n<R><N>0</N><NAME>x</NAME></R>\n<R><N>1</N><NAME>x</NAME></R>\n</S>\n';
    const list = [...numbered(2, "x")];
    for (const source of [list, new Set(list), numbered(2, "x"), later(list)])
      expect((await writeAll(source)).text).toBe(expected);
  });

  it("gives a document without records for none", async () => {
    const { text: xml, report } = await writeAll([]);
    expect(xml).toBe('<?xml version="1.0" encoding="utf-8"?>\n<S>\n</S>\n');
    expect(report).toMatchObject({ read: 0, written: 0, rejected: 0, bytes: xml.length });
  });

  it("gives the same bytes for the same records, in chunks that make up one piece", async () => {
    const [one, other] = [await writeAll(numbered(500)), await writeAll(later(numbered(500)))];
    expect(one.chunks.length).toBeGreaterThan(5);
    expect(other.text).toBe(one.text);
    expect(one.text.match(/<R>/g)).toHaveLength(500);
    expect(one.chunks.reduce((sum, { length }) => sum + length, 0)).toBe(one.report.bytes);
  });

  it("does not cut a character between chunks", async () => {
    const { chunks } = await writeAll(numbered(300, "ř😀".repeat(300)));
    expect(chunks.length).toBeGreaterThan(2);
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for (const chunk of chunks) expect(() => decoder.decode(chunk)).not.toThrow();
  });

  it("writes in the encoding that is asked for", async () => {
    const { chunks } = await writeAll([{ number: "1", name: "Žluťoučký kůň я" }], { encoding: "windows-1250" });
    expect(new TextDecoder("windows-1250").decode(Buffer.concat(chunks))).toBe(
      '<?xml version="1.0" encoding="windows-1250"?>\n<S>\n<R><N>1</N><NAME>Žluťoučký kůň &#1103;</NAME></R>\n</S>\n',
    );
  });

  describe.each([
    ["a list", false],
    ["an asynchronous source", true],
  ])("from %s", (_, isAsync) => {
    it("does not read ahead of who takes the bytes", async () => {
      const { source, taken } = watched(numbered(2000), isAsync);
      const iterator = writeRecords(source, mapping)[Symbol.asyncIterator]();
      expect(taken()).toBe(0);
      let bytes = 0;
      for (let count = 1; count <= 5; count++) {
        const { value } = (await iterator.next()) as IteratorYieldResult<Uint8Array>;
        bytes += value.length;
        // Records of about a kilobyte in chunks of 32.
        expect(taken()).toBeGreaterThan((count - 1) * 30);
        expect(taken()).toBeLessThan(count * 35);
        expect(bytes).toBeGreaterThan((taken() - 1) * 1000);
      }
    });

    it("closes the source when it is stopped early", async () => {
      const { source, taken, closed } = watched(numbered(2000), isAsync);
      const stream = writeRecords(source, mapping);
      for await (const chunk of stream) {
        expect(chunk.length).toBeGreaterThan(0);
        expect(closed()).toBe(false);
        break;
      }
      expect(closed()).toBe(true);
      expect(taken()).toBeLessThan(100);
      expect(stream.report.read).toBe(taken());
    });

    it("closes the source when a record stops it", async () => {
      const { source, closed, taken } = watched([{ number: "1" }, {}, { number: "3" }], isAsync);
      await expect(writeAll(source, { invalid: "stop" })).rejects.toBeInstanceOf(RecordError);
      expect(closed()).toBe(true);
      expect(taken()).toBe(2);
    });

    it("passes on what the source throws, after what came before it", async () => {
      function* broken(): Generator<object, void, undefined> {
        yield* numbered(100);
        throw new Error("the database went away");
      }
      const stream = writeRecords(isAsync ? later(broken()) : broken(), mapping);
      const chunks: Uint8Array[] = [];
      const take = async (): Promise<void> => {
        for await (const chunk of stream) chunks.push(chunk);
      };
      await expect(take()).rejects.toThrow("the database went away");
      expect(chunks).toHaveLength(3);
      expect(new TextDecoder().decode(chunks[0])).not.toContain("</S>");
      expect(stream.report).toMatchObject({ read: 100, written: 100 });
    });
  });

  it("takes the time it needs between records", async () => {
    async function* slow(): AsyncGenerator<object, void, undefined> {
      for (const record of numbered(3, "x")) {
        await new Promise((resolve) => void setImmediate(resolve));
        yield record;
      }
    }
    expect((await writeAll(slow())).report.written).toBe(3);
  });

  it("refuses a mapping that wants a document for each record, before anything is read", () => {
    const perRecord = { ...mapping, document: { perRecord: true } };
    const { source, taken } = watched(numbered(1), false);
    expect(() => writeRecords(source, perRecord)).toThrow(DefinitionError);
    expect(() => writeRecords(source, perRecord)).toThrow("writeDocuments");
    expect(taken()).toBe(0);
  });

  it("refuses a mapping that cannot be written at once, not when it is read", () => {
    expect(() => writeRecords([], mappingOf({ a: text("*") }))).toThrow(DefinitionError);
  });

  it("writes 300 000 records in a small heap", () => {
    const script = `
      import { writeRecords, text, each } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
      const mapping = { target: "custom", record: "/S/R", fields: { n: text("N"), l: each("I", { a: text("A") }) } };
      function* records() {
        for (let n = 0; n < 300_000; n++) yield { n: "product " + n, l: [{ a: "x".repeat(200) }, { a: "y" + n }] };
      }
      const stream = writeRecords(records(), mapping);
      let bytes = 0;
      for await (const chunk of stream) bytes += chunk.length;
      gc();
      console.log(JSON.stringify({ ...stream.report, sum: bytes, held: process.memoryUsage().arrayBuffers }));
    `;
    const child = spawnSync(
      process.execPath,
      ["--max-old-space-size=40", "--expose-gc", "--import", "tsx", "--input-type=module", "--eval", script],
      { encoding: "utf8", cwd: new URL("..", import.meta.url), timeout: 30_000 },
    );
    expect(child.stderr).toBe("");
    const report = JSON.parse(child.stdout) as WriteReport & { readonly sum: number; readonly held: number };
    expect(report).toMatchObject({ read: 300_000, written: 300_000, rejected: 0 });
    expect(report.bytes).toBeGreaterThan(70_000_000);
    expect(report.held).toBeLessThan(5_000_000);
    expect(report.sum).toBe(report.bytes);
  });
});

describe("records that cannot be written", () => {
  const records = [{ number: "1" }, {}, { number: "3", price: "x" }, { number: "4", name: "a\0" }];

  it("are left out, the others are written", async () => {
    const { text: xml, report } = await writeAll(records);
    expect(xml).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<S>\n<R><N>1</N></R>\n<R><N>4</N><NAME>a</NAME></R>\n</S>\n',
    );
    expect(report).toMatchObject({ read: 4, written: 2, rejected: 2, moreIssues: 0 });
    expect(report.characters).toEqual({ forbidden: 1, unencodable: 0 });
    expect(report.issues.map(({ key, code: issueCode, field }) => [key, issueCode, field])).toEqual([
      [undefined, "FIELD_MISSING", "number"],
      ["3", "FIELD_INVALID", "price"],
      ["4", "CHARACTER_LOST", "name"],
    ]);
  });

  it("stop the writing, if asked to, with their issues", async () => {
    const stream = writeRecords(records, mapping, { invalid: "stop" });
    const error: unknown = await drain(stream).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RecordError);
    expect((error as RecordError).issues).toMatchObject([{ code: "FIELD_MISSING", field: "number" }]);
    const { read, written, rejected } = stream.report;
    expect(read).toBe(written + rejected);
    expect(written).toBe(1);
  });

  it("are told one by one, with whether they were written", async () => {
    const told: [readonly Issue[], boolean][] = [];
    const { report } = await writeAll(records, {
      onIssues: (issues, written) => void told.push([issues, written]),
      maxIssues: 1,
    });
    expect(told.map(([issues, written]) => [issues.map(({ code: one }) => one), written])).toEqual([
      [["FIELD_MISSING"], false],
      [["FIELD_INVALID"], false],
      [["CHARACTER_LOST"], true],
    ]);
    expect(report.issues).toEqual(told[0]?.[0]);
    expect(report.moreIssues).toBe(2);
  });

  it("keep no more issues than asked for, and count the others", async () => {
    for (const maxIssues of [0, 1, 2, 3, 4]) {
      const { report } = await writeAll(records, { maxIssues });
      expect(report.issues).toHaveLength(Math.min(maxIssues, 3));
      expect(report.issues.length + report.moreIssues).toBe(3);
    }
    const { report } = await writeAll(Array.from({ length: 1500 }, () => ({})));
    expect([report.issues.length, report.moreIssues]).toEqual([1000, 500]);
  });

  it("are all accounted for", async () => {
    const record = fc.record(
      {
        number: fc.constantFrom<unknown>("1", "a b", 5, ""),
        price: fc.constantFrom<unknown>("1", "x"),
        prices: fc.array(fc.constantFrom({ gross: "1" }, { list: "a" })),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(record), fc.nat(5), async (list, maxIssues) => {
        let problems = 0;
        let unwritten = 0;
        const { report, text: xml } = await writeAll(list, {
          maxIssues,
          onIssues: (issues) => void (problems += issues.length),
        });
        for (const { prices = [] } of list) {
          const main = prices.filter((price) => "gross" in price).length;
          unwritten += prices.length - Math.min(main, 1);
        }
        expect(report.read).toBe(list.length);
        expect(report.read).toBe(report.written + report.rejected);
        expect(xml.match(/<R>|<R\/>/g)?.length ?? 0).toBe(report.written);
        expect(report.issues.length + report.moreIssues).toBe(problems);
        expect(report.unwritten["prices[]"] ?? 0).toBe(unwritten);
        expect(new TextEncoder().encode(xml)).toHaveLength(report.bytes);
      }),
    );
  });
});

describe("records that the mapping does not want", () => {
  const wanted: MappingData = {
    ...mapping,
    skip: [
      { when: fieldIs("number", "=", "2"), reason: "second" },
      { when: not(has("name")), reason: "nameless" },
      { when: equals("N", "1"), reason: "for reading only" },
    ],
  };
  const records = [...numbered(4, "x"), { number: "5" }, { number: "2" }];

  it("are left out and counted by reason", async () => {
    const { text: xml, report } = await writeAll(records, {}, wanted);
    expect(Array.from(xml.matchAll(/<N>(.*?)<\/N>/g), ([, number]) => number)).toEqual(["0", "1", "3"]);
    expect(report).toMatchObject({
      read: 6,
      written: 3,
      rejected: 0,
      skipped: 3,
      skippedFor: { second: 2, nameless: 1 },
    });
  });

  it("stop nothing, whatever is wrong with them", async () => {
    const { report } = await writeAll([{ price: "x" }], { invalid: "stop" }, wanted);
    expect(report).toMatchObject({ read: 1, skipped: 1, issues: [] });
  });
});

describe("writeDocuments", () => {
  it("gives a document for each record that can be written, with the record", async () => {
    const records = [{ number: "1" }, {}, { number: "3" }];
    const stream = writeDocuments(records, mapping);
    const documents: { readonly record: object; readonly xml: string }[] = [];
    for await (const { record, bytes } of stream) documents.push({ record, xml: new TextDecoder().decode(bytes) });
    expect(documents.map(({ record }) => record)).toEqual([records[0], records[2]]);
    expect(documents[0]?.record).toBe(records[0]);
    expect(documents.map(({ xml }) => xml)).toEqual(
      ["1", "3"].map((n) => `<?xml version="1.0" encoding="utf-8"?>\n<S>\n<R><N>${n}</N></R>\n</S>\n`),
    );
    expect(stream.report).toMatchObject({ read: 3, written: 2, rejected: 1, skipped: 0 });
    expect(stream.report.bytes).toBe(documents.reduce((sum, { xml }) => sum + xml.length, 0));
  });

  it("takes one record at a time, and closes the source", async () => {
    const { source, taken, closed } = watched(numbered(10, "x"), true);
    let count = 0;
    for await (const document of writeDocuments(source, mapping)) {
      expect(document.bytes.length).toBeGreaterThan(0);
      expect(taken()).toBe(++count);
      if (count === 3) break;
    }
    expect(closed()).toBe(true);
  });

  it("stops at a record that cannot be written, if asked to", async () => {
    await expect(drain(writeDocuments([{}], mapping, { invalid: "stop" }))).rejects.toBeInstanceOf(RecordError);
  });

  it("throws at once when the mapping cannot be written", () => {
    expect(() => writeDocuments([], mappingOf({ a: text("*") }))).toThrow(DefinitionError);
  });
});

describe("a compiled mapping", () => {
  it("serves several streams at once", async () => {
    const compiled = compileWriter(mappingOf({ n: text("N"), l: items("I", { a: text("A"), s: split("S", ";") }) }));
    function* source(name: string): Generator<object, void, undefined> {
      for (let n = 0; n < 2000; n++) yield { n: `${name}${n}`, l: [{ a: name.repeat(50), s: [name, "x"] }] };
    }
    const streams = ["a", "b"].map((name) => writeRecords(source(name), compiled));
    const iterators = streams.map((stream) => stream[Symbol.asyncIterator]());
    const texts = ["", ""];
    for (let open = true; open;) {
      open = false;
      for (const [index, iterator] of iterators.entries()) {
        const { done, value } = await iterator.next();
        if (done !== true) open = true;
        texts[index] = (texts[index] ?? "") + (done === true ? "" : new TextDecoder().decode(value));
      }
    }
    for (const [index, name] of ["a", "b"].entries()) {
      const { text: alone } = await writeAll(source(name), {}, compiled.data);
      expect(texts[index]).toBe(alone);
    }
  });
});
