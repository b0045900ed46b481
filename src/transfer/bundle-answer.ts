import { TransportError, type TransportErrorCode, XmlError } from "../errors.ts";
import { encodingNamed } from "../xml/charset.ts";
import type { Frame } from "../xml/plan.ts";
import { type NameTest, planBuilder } from "../xml/plan.ts";
import { createReader } from "../xml/reader.ts";
import { createShapeStore, type Shape, XML_URI } from "../xml/shape.ts";
import type { HttpAnswer, Resource, Webservice } from "./delivery.ts";

/** Entries of a list, as they stand in an answer, with the list's tags around them. */
export interface ResourcePart {
  readonly bytes: Uint8Array;
  readonly entries: readonly Entry[];
}

/** What an entry has in the fields that are asked for, without white space around it; a field may stand there several times. */
export type Entry = ReadonlyMap<string, readonly string[]>;

export interface AnswerReader {
  /** Reads one answer to its end, which must be that of its root element. @throws {@link TransportError} */
  read(
    answer: HttpAnswer & { readonly changed: true },
    resource: Resource,
  ): AsyncGenerator<ResourcePart, void, undefined>;
}

/** Characters of an error that are shown. */
const SHOWN = 200;

const any: NameTest = { uri: undefined, local: undefined };
const plain = (local: string): NameTest => ({ uri: "", local });

/** Reads answers of a webservice: `/prestashop/orders/order`, and the same with any other list and entry. */
export function createAnswerReader({ root, errors }: Webservice, fields: readonly string[]): AnswerReader {
  const builder = planBuilder();
  // Whatever the root and the list are called: what they should be is looked at, and said.
  const entry = builder.step(builder.step(builder.step(builder.plan.root, any), any), any);
  const scope = builder.record(entry);
  const captureOf = (name: string) => builder.text(builder.step(entry, plain(name)), scope, true);
  const captures = fields.map((field) => [field, captureOf(field)] as const);
  const errorCapture = captureOf(errors.message);
  const shapes = createShapeStore(builder.plan.root, false);

  function textsOf(frame: Frame, slot: number): readonly string[] {
    return ((frame[slot] ?? []) as readonly string[]).map((text) => text.trim());
  }

  async function* read(
    answer: HttpAnswer & { readonly changed: true },
    resource: Resource,
  ): AsyncGenerator<ResourcePart, void, undefined> {
    const refused = (reason: string, code: TransportErrorCode = "TRANSPORT_REFUSED", cause?: unknown): TransportError =>
      new TransportError(code, reason, { place: resource.resource, cause });
    const { encoding } = answer;
    if (encoding !== undefined && encodingNamed(encoding) !== "utf-8")
      throw refused(`the answer is in ${encoding}; only UTF-8 can be put together`);

    let entries: Entry[] = [];
    let xml = "";
    let list: Shape | undefined;
    const reader = createReader(
      builder.plan,
      shapes,
      {
        record(_, frame, source) {
          if (list?.name === errors.list)
            throw refused(`the webservice says: ${messageOf(textsOf(frame, errorCapture.slot))}`);
          entries.push(new Map(captures.map(([field, { slot }]) => [field, textsOf(frame, slot)])));
          xml += `${source.raw()}\n`;
        },
        damagedRecord: ({ message }) => {
          throw refused(message);
        },
        damagedFile: ({ message }) => {
          throw refused(message);
        },
      },
      {
        malformed: "stop",
        observe: {
          element(_, shape) {
            if (shape.depth === 1 && shape.name !== root) throw refused(`the answer is <${shape.name}>, not <${root}>`);
            if (shape.depth === 2) {
              if (shape.name !== resource.resource && shape.name !== errors.list)
                throw refused(`the answer holds <${shape.name}>, not <${resource.resource}>`);
              list = shape;
            }
            if (shape.depth === 3 && list?.name !== errors.list && shape.name !== resource.item)
              throw refused(`the answer holds <${shape.name}> in <${resource.resource}>, not <${resource.item}>`);
          },
          text(shape, text) {
            if (shape.depth <= 2 && text.trim() !== "")
              throw refused(`the answer holds text between its elements: ${messageOf([text])}`);
          },
        },
      },
    );
    const encoder = new TextEncoder();

    /** What has been read since the last time, in a list of its own. */
    function taken(): ResourcePart | undefined {
      if (reader.encoding !== undefined && reader.encoding !== "utf-8")
        throw refused(`the answer is in ${reader.encoding}; only UTF-8 can be put together`);
      if (entries.length === 0 || list === undefined) return undefined;
      const name = resource.resource;
      const part = { bytes: encoder.encode(`<${name}${declarationsOf(list)}>\n${xml}</${name}>\n`), entries };
      entries = [];
      xml = "";
      return part;
    }

    try {
      for await (const piece of answer.bytes) {
        reader.write(piece);
        const part = taken();
        if (part !== undefined) yield part;
      }
      reader.end();
      const part = taken();
      if (part !== undefined) yield part;
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      throw refused(`the answer cannot be read: ${error.message}`, codes[error.code] ?? "TRANSPORT_REFUSED", error);
    }
  }

  return { read };
}

/** An empty answer is one that was cut at its start. */
const codes: Readonly<Record<string, TransportErrorCode>> = {
  XML_TRUNCATED: "TRANSPORT_INCOMPLETE",
  XML_EMPTY: "TRANSPORT_INCOMPLETE",
  XML_LIMIT: "TRANSPORT_LIMIT",
};

function messageOf(texts: readonly string[]): string {
  const text = texts.join(" ").replace(/\s+/g, " ").trim();
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}

/** The namespaces that are in force inside an element, for entries that are put elsewhere. */
function declarationsOf({ namespaces }: Shape): string {
  return [...namespaces]
    .filter(([, uri]) => uri !== XML_URI)
    .map(([prefix, uri]) => ` xmlns${prefix === "" ? "" : `:${prefix}`}="${escaped(uri)}"`)
    .join("");
}

function escaped(uri: string): string {
  return uri.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
