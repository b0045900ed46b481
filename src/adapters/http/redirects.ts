import { TransportError } from "../../errors.ts";
import { shownUrl } from "./address.ts";
import type { Exchange, HttpRequest, HttpResponse } from "./exchange.ts";

const LONGEST_CHAIN = 5;

/** Those that keep the method, and those that make a GET of everything. */
const KEEPING = new Set([307, 308]);
const OTHERS = new Set([301, 302, 303]);

export interface Followed {
  readonly response: HttpResponse;
  /** The request that was answered. */
  readonly request: HttpRequest;
}

/**
 * Sends a request and goes where the answer leads, but not to another host, and not from https to http: passwords, and links that
 * hold a key, are for the host they were given for.
 *
 * @param repeatable - whether its body can be sent again
 */
export async function sendOn(exchange: Exchange, request: HttpRequest, repeatable: boolean): Promise<Followed> {
  let current = request;
  for (let count = 0; ; count++) {
    const response = await exchange.send(current);
    const { status } = response;
    if (!KEEPING.has(status) && !OTHERS.has(status)) return { response, request: current };
    const location = response.headers.get("location");
    response.cancel();
    const url = target(location, current, status);
    const reads = request.method === "GET" || request.method === "HEAD";
    if (!reads && !(KEEPING.has(status) && repeatable))
      throw refused(`the server answers ${status} and leads to ${shownUrl(url)}: give that URL`, current);
    if (count === LONGEST_CHAIN) throw refused(`more than ${LONGEST_CHAIN} redirects`, request);
    current = { ...current, url, place: shownUrl(url) };
  }
}

/** @throws {@link TransportError} TRANSPORT_SECURITY, naming no more than the other host */
function target(location: string | null, { url, place }: HttpRequest, status: number): URL {
  if (location === null || !URL.canParse(location, url.href))
    throw refused(`the server answers ${status} and does not say where it leads`, { place });
  const next = new URL(location, url);
  next.hash = "";
  const downgrade = url.protocol === "https:" && next.protocol !== "https:";
  if (next.host !== url.host || downgrade || !/^https?:$/.test(next.protocol)) {
    const where =
      next.host === url.host ? `from https to ${next.protocol.slice(0, -1)}` : `to another host, ${next.host}`;
    throw new TransportError("TRANSPORT_SECURITY", `the server leads ${where}; if that is right, give its URL`, {
      place,
    });
  }
  // Those of the request stay as they are.
  next.username = next.password = "";
  return next;
}

function refused(reason: string, { place }: Pick<HttpRequest, "place">): TransportError {
  return new TransportError("TRANSPORT_REFUSED", reason, { place });
}
