import { DefinitionError } from "../errors.ts";

/** How a platform gives a feed over HTTP: plain data. */
export interface HttpDelivery {
  /** How to ask for what was made or changed since some time. */
  readonly since?: SinceParameter | undefined;
  /** Least seconds from one fetch to the next that asks for everything. @defaultValue 0 */
  readonly intervalSeconds?: number | undefined;
  /** For platforms that have no file of the whole feed. */
  readonly webservice?: Webservice | undefined;
}

/** A parameter of a query that holds a time. */
export interface SinceParameter {
  /** `"updateTimeFrom"` */
  readonly parameter: string;
  /** `date-time` is `2026-03-04 18:22:09`, `date` is `2026-03-04`, `unix` are seconds since 1970. */
  readonly format: "date-time" | "date" | "unix";
  /** IANA time zone of the shop, in which it reads a date or time. @defaultValue "UTC" */
  readonly zone?: string | undefined;
  /** Seconds to ask further back: for clocks that differ, and orders that were being made. @defaultValue 0 */
  readonly overlapSeconds?: number | undefined;
  /** The value around the time, which `{since}` stands for. @defaultValue "{since}" */
  readonly value?: string | undefined;
  /** Further parameters that it needs. */
  readonly also?: HttpQuery | undefined;
}

/** Records and what they point to, each kind a resource of its own: what to ask for, to have all in one document. */
export interface Webservice {
  /** Root element of each answer, and of the document that is made of them. */
  readonly root: string;
  /** Parameters of all requests. */
  readonly query: HttpQuery;
  /** The records themselves, page by page. */
  readonly records: PagedResource;
  readonly joins: readonly JoinedResource[];
  /** How one asks for several values of a field at once. */
  readonly filter: ValuesFilter;
  /** Where an error stands in an answer: names of the list, of an entry, and of its text. */
  readonly errors: { readonly list: string; readonly item: string; readonly message: string };
}

/** A list of entries in an answer: `<orders><order>…`, by the path `orders`. */
export interface Resource {
  /** Path of the request, and the element around the entries. */
  readonly resource: string;
  readonly item: string;
}

export interface PagedResource extends Resource {
  /** Element of an entry with its id, a number by which pages are in order. */
  readonly key: string;
  /** Entries of a page; one with fewer is the last. */
  readonly pageSize: number;
  /** Parameters of each page; `{count}` stands for the page's size. */
  readonly page: HttpQuery;
  /**
   * Parameters of each page but the first; `{last}` stands for the last id so far. Pages by number would lose an order when an
   * earlier one is deleted meanwhile.
   */
  readonly after: HttpQuery;
}

export interface JoinedResource extends Resource {
  /** Field to ask by, and the elements of a record that name its values; left out, the whole resource is fetched. */
  readonly by?: { readonly field: string; readonly from: readonly string[] } | undefined;
  /** Only for who asks for it. @defaultValue false */
  readonly extra?: boolean | undefined;
}

export interface ValuesFilter {
  /** `{field}` stands for the name of the field. */
  readonly parameter: string;
  /** `{values}` stands for the values. */
  readonly value: string;
  readonly separator: string;
  /** Values of one request at most. */
  readonly batch: number;
  /** Value that stands for none. */
  readonly none?: string | undefined;
}

/** A delivery of a feed that a webservice gives. */
export interface WebserviceDelivery extends HttpDelivery {
  readonly webservice: Webservice;
}

/** Parameters of a query, not yet encoded. */
export type HttpQuery = Readonly<Record<string, string>>;

/** What a file was the last time, for asking whether it is another one now. */
export interface HttpValidators {
  readonly etag?: string | undefined;
  /** As the server wrote it. */
  readonly lastModified?: string | undefined;
}

export interface HttpGetOptions {
  readonly query?: HttpQuery | undefined;
  /** Time of the last fetch, for servers without validators; these go before it. */
  readonly since?: Date | undefined;
  /** Those of the last answer. */
  readonly validators?: HttpValidators | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type HttpAnswer =
  | { readonly changed: false }
  | {
      readonly changed: true;
      /** To be read once. Whoever does not read them must end the iteration by `return`: the connection is open until then. */
      readonly bytes: AsyncIterable<Uint8Array>;
      readonly validators: HttpValidators;
      /** `"text/xml"`, without its parameters. */
      readonly contentType: string | undefined;
      /** `"utf-8"`: the charset of the content type. */
      readonly encoding: string | undefined;
    };

/** Asks for a path below the shop's URL. */
export type HttpGet = (path: string, options?: HttpGetOptions) => Promise<HttpAnswer>;

const SECOND_MS = 1000;
/** Clocks go back by less. */
const CHANGE_MS = 3 * 60 * 60 * SECOND_MS;

/**
 * Parameters that ask for what was made or changed since a moment; none where the platform gives everything only.
 *
 * In the night when an hour of the clock comes twice, a time in the first of the two would leave out what happens at an earlier
 * time of the second one; so it is the same time an hour before.
 */
export function sinceQuery({ since }: HttpDelivery, moment: Date): HttpQuery {
  if (since === undefined) return {};
  const { parameter, format, zone = "UTC", overlapSeconds = 0, value = "{since}", also } = since;
  const fromMs = moment.getTime() - overlapSeconds * SECOND_MS;
  const text = format === "unix" ? String(Math.floor(fromMs / SECOND_MS)) : earliestLocal(fromMs, zone);
  return {
    [parameter]: fill(value, { since: format === "date" ? text.slice(0, "2026-03-04".length) : text }),
    ...also,
  };
}

/** Milliseconds to leave between two fetches. */
export function intervalMsOf({ since, intervalSeconds = 0 }: HttpDelivery, asksSince: boolean): number {
  return since !== undefined && asksSince ? 0 : intervalSeconds * SECOND_MS;
}

/** Puts values in the place of their names in braces. */
export function fill(template: string, values: HttpQuery): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Local time of a moment, or an earlier one: whichever way it is read, it is not after the moment, nor after any later local time. */
function earliestLocal(ms: number, zone: string): string {
  const clock = clockOf(zone);
  const back = offsetMs(ms, clock) - offsetMs(ms + CHANGE_MS, clock);
  const comesAgain = back > 0 && offsetMs(ms + back, clock) < offsetMs(ms, clock);
  return localTime(comesAgain ? ms - back : ms, clock);
}

function offsetMs(ms: number, clock: Intl.DateTimeFormat): number {
  return Date.parse(`${localTime(ms, clock).replace(" ", "T")}Z`) - Math.floor(ms / SECOND_MS) * SECOND_MS;
}

/** `2026-03-04 18:22:09` */
function localTime(ms: number, clock: Intl.DateTimeFormat): string {
  const parts = new Map(clock.formatToParts(ms).map(({ type, value }) => [type, value]));
  const [year, month, day, hour, minute, second] = (["year", "month", "day", "hour", "minute", "second"] as const).map(
    (type) => parts.get(type) ?? "",
  );
  return `${year ?? ""}-${month ?? ""}-${day ?? ""} ${hour ?? ""}:${minute ?? ""}:${second ?? ""}`;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch (cause) {
    throw new DefinitionError("PRESET_INVALID", `"${zone}" is not an IANA time zone`, { cause });
  }
}
