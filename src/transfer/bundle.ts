import { TransportError } from "../errors.ts";
import { createAnswerReader, type ResourcePart } from "./bundle-answer.ts";
import {
  fill,
  type HttpGet,
  type HttpQuery,
  type JoinedResource,
  type Resource,
  sinceQuery,
  type WebserviceDelivery,
} from "./delivery.ts";

export interface BundleOptions {
  /** Only records made or changed since this moment. @defaultValue all */
  readonly since?: Date | undefined;
  /** Names of the joined resources to fetch. @defaultValue those that are not `extra` */
  readonly resources?: readonly string[] | undefined;
  /** Further parameters of the requests for records. */
  readonly query?: HttpQuery | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One document of a webservice's records and of what they point to, as bytes of UTF-8: the lists of all answers, one after the
 * other inside one root element. Of a resource that records name by ids, only the entries with those ids are fetched.
 *
 * Requests follow one another. A failure of any of them ends the document before its root element does, so that what has come
 * until then cannot be taken for the whole.
 *
 * @param get - of a transport whose URL is that of the webservice
 *
 * @throws {@link TransportError} from the iteration, besides those of `get`: TRANSPORT_REFUSED for an answer that is not one of
 *   the webservice, with its message if it is an error; TRANSPORT_INCOMPLETE for one that is cut; TRANSPORT_LIMIT
 */
export async function* fetchBundle(
  get: HttpGet,
  delivery: WebserviceDelivery,
  options: BundleOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { webservice } = delivery;
  const { signal } = options;
  const joins = chosenJoins(webservice.joins, options.resources);
  const reader = createAnswerReader(webservice, fieldsOf(joins, webservice.records.key));
  /** Values that records have named so far, by the element that named them. */
  const named = new Map<string, Set<string>>();

  async function* ask(resource: Resource, query: HttpQuery): AsyncGenerator<ResourcePart, void, undefined> {
    const answer = await get(resource.resource, { query: { ...webservice.query, ...query }, signal });
    if (!answer.changed) throw refusal("the server says that nothing has changed, without being asked", resource);
    yield* reader.read(answer, resource);
  }

  async function* records(): AsyncGenerator<Uint8Array, void, undefined> {
    const { key, pageSize, page, after } = webservice.records;
    const asked = { ...options.query, ...(options.since !== undefined && sinceQuery(delivery, options.since)) };
    const first = { ...asked, ...filled(page, { count: String(pageSize) }) };
    for (let query = first, last = -Infinity; ;) {
      let count = 0;
      for await (const { bytes, entries } of ask(webservice.records, query)) {
        for (const entry of entries) {
          count++;
          last = next(entry.get(key)?.[0], last, webservice.records);
          for (const [field, values] of entry) note(named, field, values, webservice.filter.none);
        }
        yield bytes;
      }
      if (count < pageSize) return;
      query = { ...first, ...filled(after, { last: String(last) }) };
    }
  }

  async function* joined(join: JoinedResource): AsyncGenerator<Uint8Array, void, undefined> {
    for (const query of queriesOf(join, named, webservice.filter))
      for await (const { bytes } of ask(join, query)) yield bytes;
  }

  const encoder = new TextEncoder();
  // The empty list says what the document is of, when there is nothing new.
  const { root, records: main } = webservice;
  yield encoder.encode(`<?xml version="1.0" encoding="UTF-8"?>\n<${root}>\n<${main.resource}></${main.resource}>\n`);
  yield* records();
  // Without records, nothing points to anything.
  if ((named.get(main.key)?.size ?? 0) > 0) for (const join of joins) yield* joined(join);
  yield encoder.encode(`</${root}>\n`);
}

function chosenJoins(
  joins: readonly JoinedResource[],
  names: readonly string[] | undefined,
): readonly JoinedResource[] {
  if (names === undefined) return joins.filter(({ extra }) => extra !== true);
  const unknown = names.find((name) => !joins.some(({ resource }) => resource === name));
  if (unknown === undefined) return joins.filter(({ resource }) => names.includes(resource));
  const known = joins.map(({ resource }) => resource).join(", ");
  throw new TransportError("TRANSPORT_NAME", `there is no resource "${unknown}"; there are ${known}`);
}

/** Elements of a record that something is asked by. */
function fieldsOf(joins: readonly JoinedResource[], key: string): readonly string[] {
  return [...new Set([key, ...joins.flatMap(({ by }) => by?.from ?? [])])];
}

function filled(query: HttpQuery, values: HttpQuery): HttpQuery {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, fill(value, values)]));
}

/** The id of the next record. Ids that do not grow are of a shop that does not do as it is asked, and pages would not end. */
function next(id: string | undefined, last: number, records: Resource): number {
  if (id === undefined)
    throw refusal(`an entry of "${records.item}" has no id of its own: perhaps it is only a link`, records);
  const value = /^\d{1,15}$/.test(id) ? Number(id) : NaN;
  if (value > last) return value;
  throw refusal(`the ids of its entries do not grow: ${JSON.stringify(id.slice(0, 40))} after ${last}`, records);
}

function note(
  named: Map<string, Set<string>>,
  field: string,
  values: readonly string[],
  none: string | undefined,
): void {
  const known = named.get(field) ?? new Set();
  named.set(field, known);
  for (const value of values) if (value !== "" && value !== none) known.add(value);
}

/** The requests for a resource: one for all of it, or one for each batch of values. */
function queriesOf(
  { by, ...resource }: JoinedResource,
  named: ReadonlyMap<string, ReadonlySet<string>>,
  { parameter, value, separator, batch }: WebserviceDelivery["webservice"]["filter"],
): readonly HttpQuery[] {
  if (by === undefined) return [{}];
  const values = [...new Set(by.from.flatMap((field) => [...(named.get(field) ?? [])]))];
  const odd = values.find((one) => !/^[\w-]{1,40}$/.test(one));
  if (odd !== undefined)
    throw refusal(`a record names it by ${JSON.stringify(odd.slice(0, 40))}, which is no id`, resource);
  return Array.from({ length: Math.ceil(values.length / batch) }, (_, index) => ({
    [fill(parameter, { field: by.field })]: fill(value, {
      values: values.slice(index * batch, (index + 1) * batch).join(separator),
    }),
  }));
}

function refusal(reason: string, { resource }: Resource): TransportError {
  return new TransportError("TRANSPORT_REFUSED", reason, { place: resource });
}
