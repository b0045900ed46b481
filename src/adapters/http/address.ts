import { TransportError } from "../../errors.ts";
import { requirePath } from "../../transfer/names.ts";
import type { HttpQuery } from "../../transfer/delivery.ts";
import type { HttpOptions } from "./options.ts";

/** Where the files of a transport are, and what of that may be told. */
export interface Addresses {
  /** Of the transport, for messages. */
  readonly name: string;
  /** Names that stand for whole URLs. */
  readonly files: readonly string[];
  /** What must not be told: values of queries, and tokens within paths. */
  readonly secrets: readonly string[];
  /** @throws {@link TransportError} TRANSPORT_NAME; TRANSPORT_NOT_FOUND if nothing says where the file would be */
  find(path: string, query?: HttpQuery): Address;
}

export interface Address {
  readonly url: URL;
  /** The URL without secrets: `https://shop.example/export/orders.xml?patternId=…&hash=…`. */
  readonly place: string;
}

/** Values up to this length, such as numbers of patterns, are no secrets. */
const OPEN = 7;

/** A part of a path that is a key rather than a name. */
const TOKEN = /^(?=.*\d)[\w~-]{20,}$/;

const LOCAL = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** @throws {@link TransportError} TRANSPORT_NAME for what is no URL; TRANSPORT_SECURITY for http without `insecure` */
export function createAddresses({ url, files = {}, insecure = false }: HttpOptions): Addresses {
  const base = url === undefined ? undefined : parseUrl(url, "url", insecure);
  const links = new Map<string, URL>();
  for (const [path, link] of Object.entries(files)) {
    requirePath(path, "http");
    links.set(path, parseUrl(link, `files["${path}"]`, insecure));
  }
  const all = [...(base === undefined ? [] : [base]), ...links.values()];
  if (all.length === 0) throw new TransportError("TRANSPORT_NAME", 'give "url" or "files"', { place: "http" });
  const name = nameOf(base, [...links.values()]);

  return {
    name,
    files: [...links.keys()],
    secrets: all.flatMap(secretsOf),
    find(path, query) {
      if (path !== "" || base === undefined) requirePath(path, name);
      const address = links.get(path) ?? (base && below(base, path));
      if (address === undefined)
        throw new TransportError("TRANSPORT_NOT_FOUND", 'there is no such name in "files"', {
          place: `${name}/${path}`,
        });
      const asked = withQuery(address, query);
      return { url: asked, place: shownUrl(asked) };
    },
  };
}

/** The URL as it may be told. */
export function shownUrl(url: URL): string {
  const path = url.pathname
    .split("/")
    .map((part) => (TOKEN.test(part) ? "…" : part))
    .join("/");
  const query = url.search
    .slice(1)
    .split("&")
    .map((pair) => (pair === "" ? "" : `${pair.includes("=") ? pair.slice(0, pair.indexOf("=") + 1) : ""}…`))
    .join("&");
  return `${url.origin}${path === "/" ? "" : path}${query === "" ? "" : `?${query}`}`;
}

/** Whether a request may go there without encryption, since it does not leave this computer. */
function isLocal(url: URL): boolean {
  return LOCAL.has(url.hostname);
}

function parseUrl(text: string, option: string, insecure: boolean): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // The error of URL holds the text, and that a secret.
    throw new TransportError("TRANSPORT_NAME", `the option "${option}" is not a URL`, { place: "http" });
  }
  url.hash = "";
  if (url.username !== "" || url.password !== "")
    throw new TransportError("TRANSPORT_NAME", 'user and password do not belong in a URL: give "user" and "password"', {
      place: `${url.protocol}//${url.host}`,
    });
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new TransportError("TRANSPORT_NAME", `the option "${option}" is no URL of https`, { place: "http" });
  if (url.protocol === "http:" && !insecure && !isLocal(url))
    throw new TransportError("TRANSPORT_SECURITY", "http is not encrypted; if that may be, set insecure: true", {
      place: shownUrl(url),
    });
  return url;
}

function nameOf(base: URL | undefined, links: readonly URL[]): string {
  const [first, ...others] = links;
  if (base !== undefined) return shownUrl(below(base, ""));
  if (first !== undefined && others.length === 0) return shownUrl(first);
  return [...new Set(links.map(({ origin }) => origin))].join(", ");
}

/** `base` may have a query, which all requests keep. */
function below(base: URL, path: string): URL {
  const url = new URL(base);
  const folder = base.pathname.replace(/\/+$/, "");
  url.pathname = path === "" ? folder : `${folder}/${path.split("/").map(encodeURIComponent).join("/")}`;
  return url;
}

function withQuery(address: URL, query: HttpQuery = {}): URL {
  const url = new URL(address);
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  if (pairs.length > 0) url.search = [...(url.search === "" ? [] : [url.search.slice(1)]), ...pairs].join("&");
  return url;
}

function secretsOf(url: URL): string[] {
  const pairs = url.search.slice(1).split("&");
  const values = pairs.map((pair) => pair.slice(pair.indexOf("=") + 1));
  const decoded = [...url.searchParams].map(([name, value]) => (value === "" ? name : value));
  const tokens = url.pathname.split("/").filter((part) => TOKEN.test(part));
  return [...values, ...decoded, ...tokens].filter((value) => value.length > OPEN);
}
