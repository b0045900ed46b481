import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readOrders } from "propojka";
import { describe, expect, it } from "vitest";
import { prestashop } from "../../presets/prestashop/preset.ts";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { httpTransport, rateLimit } from "../../src/adapters/http.ts";
import { TransportError } from "../../src/errors.ts";
import { type BundleOptions, fetchBundle } from "../../src/transfer/bundle.ts";
import {
  type HttpAnswer,
  type HttpDelivery,
  type HttpGet,
  type HttpQuery,
  intervalMsOf,
  sinceQuery,
  type WebserviceDelivery,
} from "../../src/transfer/delivery.ts";

const delivery: WebserviceDelivery = prestashop.feeds.orders.delivery;
const sample = readFileSync(new URL("../../presets/prestashop/samples/bundle.xml", import.meta.url), "utf8");
const OPEN = `<prestashop xmlns:xlink="http://www.w3.org/1999/xlink">`;

/** Lists of a document by their names, each with the XML of its entries. */
function resourcesOf(document: string): Map<string, string[]> {
  const lists = [...document.matchAll(/^<(\w+)>\n([\s\S]*?)^<\/\1>/gm)];
  return new Map(
    lists.map(([, name = "", body = ""]) => [name, body.match(/^ {2}<(\w+)>[\s\S]*?^ {2}<\/\1>/gm) ?? []]),
  );
}

const valueOf = (entry: string, field: string): string =>
  new RegExp(`<${field}(?: [^>]*)?>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(entry)?.[1] ?? "";

interface Asked {
  readonly path: string;
  readonly query: HttpQuery;
}

/** Answers as a shop does, with filters, order and pages, and remembers what it was asked. */
function shop(resources = resourcesOf(sample)): { readonly get: HttpGet; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const get: HttpGet = async (path, { query = {} } = {}) => {
    asked.push({ path, query });
    let entries = resources.get(path) ?? [];
    for (const [name, filter] of Object.entries(query)) {
      const field = /^filter\[(\w+)\]$/.exec(name)?.[1];
      const [, sign, values = ""] = /^(>?)\[(.*)\]$/.exec(filter) ?? [];
      if (field === undefined) continue;
      entries = entries.filter((entry) => {
        const value = valueOf(entry, field);
        if (sign !== ">") return values.split("|").includes(value);
        return field === "id" ? Number(value) > Number(values) : value > values;
      });
    }
    if (query["sort"] === "[id_ASC]")
      entries = entries.toSorted((a, b) => Number(valueOf(a, "id")) - Number(valueOf(b, "id")));
    const [offset = 0, count = Infinity] = query["limit"]?.split(",").map(Number) ?? [];
    entries = entries.slice(offset, offset + count);
    return answer(
      `<?xml version="1.0" encoding="UTF-8"?>\n${OPEN}<${path}>${entries.join("\n")}</${path}></prestashop>`,
    );
  };
  return { get, asked };
}

function answer(content: string | Uint8Array, encoding?: string, pieceBytes = 1000): HttpAnswer {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  return { changed: true, bytes: pieces(), validators: {}, contentType: "text/xml", encoding };
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for await (const piece of pieces) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}

const bundleOf = (get: HttpGet, options?: BundleOptions): Promise<string> =>
  textOf(fetchBundle(get, delivery, options));

/** What comes of an answer to the first request. */
async function failureOf(first: HttpAnswer): Promise<TransportError> {
  const error: unknown = await bundleOf(async () => first).then(
    () => new Error("nothing failed"),
    (failure: unknown) => failure,
  );
  if (error instanceof TransportError) return error;
  throw error;
}

describe("fetchBundle", () => {
  it("gives the orders that one document with all of them gives", async () => {
    const { get } = shop();
    const [bundled, expected] = await Promise.all([
      readOrders(await bundleOf(get), prestashop),
      readOrders(sample, prestashop),
    ]);
    expect(bundled.orders).toEqual(expected.orders);
    expect(bundled.issues).toEqual(expected.issues);
    expect(bundled.orders).toHaveLength(2);
  });

  it("asks for no more than the orders name", async () => {
    const { get, asked } = shop();
    await bundleOf(get);
    const full = { display: "full" };
    expect(asked).toEqual([
      { path: "orders", query: { ...full, sort: "[id_ASC]", limit: "0,100" } },
      { path: "addresses", query: { ...full, "filter[id]": "[87|90|88]" } },
      { path: "customers", query: { ...full, "filter[id]": "[45|46]" } },
      { path: "carriers", query: { ...full, "filter[id]": "[7|9]" } },
      { path: "order_cart_rules", query: { ...full, "filter[id_order]": "[1501|1502]" } },
      { path: "countries", query: full },
      { path: "currencies", query: full },
      { path: "order_states", query: full },
    ]);
  });

  it("works by a transport that lets one request through at a time", async () => {
    const { get } = shop();
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "", "http://shop.example");
      void get(pathname.replace("/api/", ""), { query: Object.fromEntries(searchParams) }).then(async (page) => {
        if (page.changed) response.setHeader("content-type", "text/xml;charset=utf-8").end(await textOf(page.bytes));
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    const transport = httpTransport({ url, user: "KLIC", rateLimit: rateLimit({ intervalMs: 0, maxWaitMs: 1000 }) });
    try {
      const { orders } = await readOrders(await bundleOf(transport.get), prestashop);
      expect(orders).toEqual((await readOrders(sample, prestashop)).orders);
    } finally {
      await transport.close();
      server.close();
    }
  });

  it("asks for what changed since a moment, in the time of the shop", async () => {
    const { get, asked } = shop();
    const text = await bundleOf(get, { since: new Date("2026-02-03T23:02:00Z"), query: { id_shop: "1" } });
    expect(asked[0]?.query).toMatchObject({ "filter[date_upd]": ">[2026-02-04 00:00:00]", date: "1", id_shop: "1" });
    expect((await readOrders(text, prestashop)).orders.map(({ number }) => number)).toEqual(["1502"]);
  });

  it("asks for nothing else when there is nothing new, and gives a document without orders", async () => {
    const { get, asked } = shop(new Map());
    const { orders, issues, report } = await readOrders(await bundleOf(get), prestashop);
    expect([orders, issues, report.read, asked.length]).toEqual([[], [], 0, 1]);
  });

  it("fetches the resources that it is told to, and knows no others", async () => {
    const { get, asked } = shop();
    await bundleOf(get, { resources: ["taxes", "order_details"] });
    expect(asked.map(({ path }) => path)).toEqual(["orders", "order_details", "taxes"]);
    await expect(bundleOf(get, { resources: ["orders_details"] })).rejects.toMatchObject({ code: "TRANSPORT_NAME" });
  });

  /** Many orders; ids from 1, each with a customer of its own. */
  function many(count: number): Map<string, string[]> {
    const entry = (id: number): string =>
      `  <order><id><![CDATA[${id}]]></id><id_customer>${id + 1000}</id_customer><id_carrier>0</id_carrier></order>`;
    return new Map([["orders", Array.from({ length: count }, (_, index) => entry(index + 1))]]);
  }

  it.each([0, 1, 99, 100, 101, 250, 300])("gives each of %i orders once, page by page", async (count) => {
    const { get, asked } = shop(many(count));
    const ids = [...(await bundleOf(get)).matchAll(/<id><!\[CDATA\[(\d+)/g)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    const pages = asked.filter(({ path }) => path === "orders");
    expect(pages).toHaveLength(Math.floor(count / 100) + 1);
    const customers = asked.filter(({ path }) => path === "customers").map(({ query }) => query["filter[id]"] ?? "");
    expect(customers.flatMap((values) => values.match(/\d+/g) ?? [])).toHaveLength(count);
    expect(Math.max(0, ...customers.map((values) => values.split("|").length))).toBeLessThanOrEqual(100);
    // 0 stands for no carrier.
    expect(asked.some(({ path }) => path === "carriers")).toBe(false);
  });

  it("loses no order when an earlier one is deleted meanwhile", async () => {
    const resources = many(250);
    const { get } = shop(resources);
    const deleting: HttpGet = async (path, options) => {
      const page = await get(path, options);
      if (path === "orders") resources.set("orders", (resources.get("orders") ?? []).slice(10));
      return page;
    };
    const ids = [...(await bundleOf(deleting)).matchAll(/<id><!\[CDATA\[(\d+)/g)];
    expect(ids).toHaveLength(250);
  });

  it("stops at a shop that gives the same page again", async () => {
    const { get } = shop(many(100));
    const deaf: HttpGet = (path, { query: { "filter[id]": _, ...query } = {} } = {}) => get(path, { query });
    await expect(bundleOf(deaf)).rejects.toMatchObject({ code: "TRANSPORT_REFUSED", place: "orders" });
  });

  it("asks by no id that is none", async () => {
    const entry = "<order><id>1</id><id_customer>1|2]</id_customer></order>";
    const { get } = shop(new Map([["orders", [entry]]]));
    await expect(bundleOf(get)).rejects.toMatchObject({ code: "TRANSPORT_REFUSED", place: "customers" });
  });

  const order = "<order><id>1</id><note><![CDATA[</order></orders> <b>&amp;</b> ]]></note></order>";
  const readings: readonly (readonly [name: string, document: string])[] = [
    ["without a prolog", `<prestashop><orders>${order}</orders></prestashop>`],
    ["with a byte order mark", `\ufeff<?xml version="1.0"?><prestashop><orders>${order}</orders></prestashop>`],
    [
      "with comments and instructions that look like tags",
      `<?xml version='1.0' encoding='utf-8'?><!-- <orders> --><?x <orders>?><prestashop><!--</prestashop>--><orders>${order}<!-- </orders> --></orders><!-- x --></prestashop><!-- end -->\n`,
    ],
    ["with signs in attributes", `<prestashop a='>"' b="/>'"><orders c="/orders>">${order}</orders></prestashop>`],
    ["in several lists", `<prestashop><orders/><orders>${order}</orders><orders></orders></prestashop>`],
  ];
  it.each(readings)("takes the entries of an answer %s as they stand", async (_, document) => {
    for (const pieceBytes of [1, 7, 100_000]) {
      const get: HttpGet = async (path) =>
        answer(path === "orders" ? document : "<prestashop/>", undefined, pieceBytes);
      const text = await bundleOf(get);
      expect(text).toBe(
        `<?xml version="1.0" encoding="UTF-8"?>\n<prestashop>\n<orders></orders>\n<orders>\n${order}\n</orders>\n</prestashop>\n`,
      );
    }
  });

  it.each([
    "<prestashop/>",
    "<prestashop></prestashop>",
    "<prestashop><orders/></prestashop>",
    "<prestashop ><orders>\n</orders\n></prestashop>",
  ])("takes %j for no orders", async (document) => {
    const text = await bundleOf(async () => answer(document));
    expect(text.replace(/\s+/g, "")).toContain("<prestashop><orders></orders></prestashop>");
  });

  it("keeps the namespaces of each answer", async () => {
    const document = `<prestashop xmlns:l="urn:a&amp;b"><orders xmlns:m='urn:"c"'><order l:a="1" m:b="2"><id>1</id></order></orders></prestashop>`;
    const text = await bundleOf(async (path) => answer(path === "orders" ? document : "<prestashop/>"));
    expect(text).toContain(
      `<orders xmlns:l="urn:a&amp;b" xmlns:m="urn:&quot;c&quot;">\n<order l:a="1" m:b="2"><id>1</id></order>`,
    );
  });

  it("fails at an answer that is cut, wherever that is", async () => {
    const document = `<?xml version="1.0"?>${OPEN}<orders>${order}</orders></prestashop>`;
    for (let length = 0; length < document.length; length++) {
      const { code } = await failureOf(answer(document.slice(0, length)));
      // Half a declaration is taken for a wrong one.
      const expected = length >= document.indexOf(OPEN) || length === 0 ? /^TRANSPORT_INCOMPLETE$/ : /^TRANSPORT_/;
      expect(code, document.slice(0, length)).toMatch(expected);
    }
  });

  it("does not end the document when a later answer is cut", async () => {
    const { get } = shop();
    const cutting: HttpGet = async (path, options) =>
      path === "customers" ? answer(`${OPEN}<customers><customer>`) : get(path, options);
    let text = "";
    const decoder = new TextDecoder();
    const work = async (): Promise<void> => {
      for await (const piece of fetchBundle(cutting, delivery)) text += decoder.decode(piece, { stream: true });
    };
    await expect(work()).rejects.toMatchObject({ code: "TRANSPORT_INCOMPLETE", retryable: true, place: "customers" });
    expect(text).toContain("<order>");
    expect(text).not.toContain("</prestashop>");
  });

  it("tells the error of the webservice", async () => {
    const message = "Method GET is not allowed for the resource orders with this authentication key";
    const document = `${OPEN}<errors><error><code><![CDATA[25]]></code><message><![CDATA[${message}]]></message></error></errors></prestashop>`;
    const error = await failureOf(answer(document));
    expect([error.code, error.place, error.retryable]).toEqual(["TRANSPORT_REFUSED", "orders", false]);
    expect(error.reason).toContain(message);
  });

  const refused: readonly (readonly [name: string, content: HttpAnswer])[] = [
    ["is of something else", answer("<ORDERS><ORDER/></ORDERS>")],
    ["is a page", answer("<!DOCTYPE html><html><body>Přihlášení</body></html>")],
    ["holds another resource", answer("<prestashop><products><product><id>1</id></product></products></prestashop>")],
    ["holds other entries", answer("<prestashop><orders><product><id>1</id></product></orders></prestashop>")],
    ["holds links only", answer(`${OPEN}<orders><order id="1" xlink:href="x"/></orders></prestashop>`)],
    ["begins with a warning of PHP", answer(`<br />\n<b>Warning</b>: x${OPEN}<orders/></prestashop>`)],
    ["holds a warning of PHP", answer(`${OPEN}Warning: x<orders/></prestashop>`)],
    ["has a document type", answer(`<!DOCTYPE prestashop>${OPEN}<orders/></prestashop>`)],
    ["has something behind its end", answer(`${OPEN}<orders/></prestashop><orders/>`)],
    ["is not well-formed", answer(`${OPEN}<orders></order></prestashop>`)],
    [
      "says that it is in another encoding",
      answer(`<?xml version="1.0" encoding="windows-1250"?>${OPEN}</prestashop>`),
    ],
    ["was sent as another encoding", answer(`${OPEN}</prestashop>`, "windows-1250")],
    [
      "contradicts what it was sent as",
      answer(`<?xml version="1.0" encoding="iso-8859-2"?>${OPEN}</prestashop>`, "utf-8"),
    ],
    [
      "is in UTF-16",
      answer(new Uint8Array(new Uint16Array(Array.from(`\ufeff${OPEN}</prestashop>`, (c) => c.charCodeAt(0))).buffer)),
    ],
    [
      "holds bytes that are not UTF-8, where nobody looks",
      answer(Buffer.from(`${OPEN}<orders><order><id>1</id><note>\xe8</note></order></orders></prestashop>`, "latin1")),
    ],
    ["has not changed", { changed: false }],
  ];
  it.each(refused)("refuses an answer that %s", async (_, first) => {
    const error = await failureOf(first);
    expect([error.code, error.place]).toEqual(["TRANSPORT_REFUSED", "orders"]);
  });

  it("lets go of an answer that is not wanted any more", async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        const bytes = new TextEncoder().encode(`${OPEN}<orders>${order}`);
        yield bytes;
        for (let id = 2; ; id++) yield new TextEncoder().encode(`<order><id>${id}</id></order>${" ".repeat(70_000)}`);
      } finally {
        ended = true;
      }
    }
    const get: HttpGet = async () => ({ ...(answer("") as HttpAnswer & { changed: true }), bytes: endless() });
    for await (const piece of fetchBundle(get, delivery))
      if (new TextDecoder().decode(piece).includes("<order>")) break;
    expect(ended).toBe(true);
  });
});

describe("sinceQuery", () => {
  const prague = (moment: string, more: Partial<HttpDelivery["since"]> = {}): string | undefined =>
    sinceQuery({ since: { parameter: "from", format: "date-time", zone: "Europe/Prague", ...more } }, new Date(moment))[
      "from"
    ];

  it.each([
    ["in winter", "2026-01-15T10:00:00.999Z", "2026-01-15 11:00:00"],
    ["in summer", "2026-07-15T22:30:00Z", "2026-07-16 00:30:00"],
    ["right before the clocks go forward", "2026-03-29T00:59:59Z", "2026-03-29 01:59:59"],
    ["when the clocks go forward", "2026-03-29T01:00:00Z", "2026-03-29 03:00:00"],
    ["right before an hour that comes twice", "2026-10-24T23:59:59Z", "2026-10-25 01:59:59"],
    ["in the first of the two hours, an hour before", "2026-10-25T00:30:00Z", "2026-10-25 01:30:00"],
    ["in the second one", "2026-10-25T01:30:00Z", "2026-10-25 02:30:00"],
    ["after them", "2026-10-25T02:00:00Z", "2026-10-25 03:00:00"],
  ])("gives the time of the shop %s", (_, moment, expected) => {
    expect(prague(moment)).toBe(expected);
  });

  /** All moments that a local time may stand for, by trying. */
  function meanings(local: string, around: number): number[] {
    const format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: "Europe/Prague",
      dateStyle: "short",
      timeStyle: "medium",
    });
    const found: number[] = [];
    for (let ms = around - 4 * 3_600_000; ms <= around + 4 * 3_600_000; ms += 60_000)
      if (format.format(ms) === local) found.push(ms);
    return found;
  }

  it("is never after the moment, however it is read, nor after any later time of the clock", () => {
    const clock = new Intl.DateTimeFormat("sv-SE", {
      timeZone: "Europe/Prague",
      dateStyle: "short",
      timeStyle: "medium",
    });
    for (const night of ["2026-03-28T22:00:00Z", "2026-10-24T22:00:00Z"])
      for (let minute = 0; minute < 360; minute += 5) {
        const ms = Date.parse(night) + minute * 60_000;
        const local = prague(new Date(ms).toISOString()) ?? "";
        const read = meanings(local, ms);
        expect(read.length, local).toBeGreaterThan(0);
        expect(Math.max(...read), local).toBeLessThanOrEqual(ms);
        for (let later = ms; later < ms + 4 * 3_600_000; later += 300_000)
          expect(clock.format(later) >= local, local).toBe(true);
      }
  });

  it("asks further back, across a change of the clocks too", () => {
    expect(prague("2026-03-29T01:01:00Z", { overlapSeconds: 120 })).toBe("2026-03-29 01:59:00");
  });

  it("gives days and seconds", () => {
    expect(prague("2026-01-01T23:30:00Z", { format: "date" })).toBe("2026-01-02");
    expect(prague("2026-01-01T00:00:01.900Z", { format: "unix", overlapSeconds: 1 })).toBe("1767225600");
  });

  it("asks for everything where the platform knows nothing else", () => {
    expect(sinceQuery({}, new Date())).toEqual({});
  });

  it("refuses a zone that there is not", () => {
    expect(() => prague("2026-01-01T00:00:00Z", { zone: "Europe/Prag" })).toThrow("Europe/Prag");
  });

  it("asks Shoptet and PrestaShop in their own ways", () => {
    const moment = new Date("2026-11-24T12:02:00Z");
    const { delivery: ofShoptet } = shoptet.feeds.orders;
    expect(sinceQuery(ofShoptet, moment)).toEqual({ updateTimeFrom: "2026-11-24 13:00:00" });
    expect([intervalMsOf(ofShoptet, false), intervalMsOf(ofShoptet, true)]).toEqual([900_000, 0]);
    expect(sinceQuery(delivery, moment)).toEqual({ "filter[date_upd]": ">[2026-11-24 13:00:00]", date: "1" });
    for (const one of [ofShoptet, delivery]) expect(JSON.parse(JSON.stringify(one))).toEqual(one);
  });
});
