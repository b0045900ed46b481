import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import { connect as connectTls, type PeerCertificate } from "node:tls";
import { type TlsState, tlsState } from "../../adapters/tls-state.ts";
import type { Examination } from "./examination.ts";

const WAIT_MS = 15_000;

/** Finds the addresses of the host. @returns whether there are any */
export async function checkAddress({ place, findings }: Examination): Promise<boolean> {
  try {
    const found = await lookup(place.host, { all: true });
    await findings.tell({ check: "address", level: "ok", message: found.map(({ address }) => address).join(", ") });
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const message = `the name ${place.host} leads to no address (${code}): is it written right?`;
    await findings.tell({ check: "address", level: "failed", message });
    return false;
  }
}

/** Connects, and waits for the first line where the server speaks first. @returns whether there is a connection */
export async function checkConnection(
  { place, findings }: Examination,
  port: number,
  speaksFirst: boolean,
): Promise<boolean> {
  const started = performance.now();
  const { problem, line } = await firstLine(place.host, port, speaksFirst);
  const ms = Math.round(performance.now() - started);
  const said = line === undefined ? "" : `: ${line}`;
  await findings.tell(
    problem === undefined
      ? { check: "connection", level: "ok", message: `port ${port}, ${ms} ms${said}` }
      : { check: "connection", level: "failed", message: `port ${port}: ${problem}` },
  );
  return problem === undefined;
}

function firstLine(
  host: string,
  port: number,
  speaksFirst: boolean,
): Promise<{ readonly problem?: string; readonly line?: string }> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let text = "";
    let connected = false;
    const end = (result: { readonly problem?: string; readonly line?: string }): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const late = (): void =>
      end({
        problem: connected
          ? `the server says nothing within ${WAIT_MS / 1000} s, as one for implicit TLS does`
          : `no connection within ${WAIT_MS / 1000} s: a firewall, or the wrong port`,
      });
    const timer = setTimeout(late, WAIT_MS);
    socket.once("connect", () => {
      connected = true;
      if (!speaksFirst) end({});
    });
    socket.on("data", (bytes: Buffer) => {
      text += bytes.toString("latin1");
      if (text.includes("\n") || text.length > 1000) end({ line: (text.split("\n")[0] ?? "").trim().slice(0, 200) });
    });
    socket.once("end", () => end({ problem: "the server ends the connection at once" }));
    socket.once("error", (error: NodeJS.ErrnoException) => end({ problem: problemOf(error) }));
  });
}

function problemOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === "ECONNREFUSED") return "refused: nothing listens there, or a firewall refuses";
  if (code === "ECONNRESET") return "the server ends the connection at once";
  return code ?? message;
}

/** A handshake that looks at the certificate and trusts it for nothing. */
export function shakeHands(host: string, port: number, ca: string | undefined): Promise<TlsState> {
  return new Promise((resolve, reject) => {
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const socket = connectTls({
      host,
      port,
      ...servername,
      ...(ca !== undefined && { ca }),
      rejectUnauthorized: false,
    });
    socket.setTimeout(WAIT_MS, () => socket.destroy(new Error(`no handshake within ${WAIT_MS / 1000} s`)));
    socket.once("secureConnect", () => {
      resolve(tlsState(socket));
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_DAYS = 14;

/** Tells of the certificate. @param ca - how the authority is named where the system does not know it */
export async function checkCertificate(
  { findings, access, place }: Examination,
  { protocol, distrust, certificate }: TlsState,
  ca: string,
): Promise<boolean> {
  await findings.tell({ check: "tls", level: "ok", message: protocol });
  const { subject, issuer, valid_to, fingerprint256 } = certificate;
  const days = Math.floor((Date.parse(valid_to) - Date.now()) / DAY_MS);
  const what = `of ${nameIn(subject)}, signed by ${nameIn(issuer)}`;
  if (distrust !== undefined) {
    const reason = reasons[distrust] ?? distrust;
    const fingerprint = `its SHA-256 fingerprint is ${fingerprint256}`;
    const message = `${what}, is not trusted: ${reason} (${distrust}); ${fingerprint}`;
    const set = AUTHORITY.test(distrust)
      ? `${ca} to the file of the authority's certificate, if it is the right one`
      : undefined;
    await findings.tell({ check: "certificate", level: "failed", message, set });
    return false;
  }
  const file = place.settings.ca === undefined ? "PROPOJKA_CA" : "?ca";
  const by = access.ca === undefined ? "trusted by the authorities of Node.js" : `trusted by the file of ${file}`;
  const message = `${what}, ${by}, valid for ${days} more ${days === 1 ? "day" : "days"}`;
  await findings.tell({ check: "certificate", level: days < SOON_DAYS ? "note" : "ok", message });
  return true;
}

function nameIn(name: PeerCertificate["subject"] | undefined): string {
  return name === undefined ? "nobody" : String(name.CN ?? name.O ?? "nobody");
}

/** What a certificate of an authority cures. */
const AUTHORITY = /SELF_SIGNED|UNABLE_TO|UNTRUSTED|LEAF/;

const reasons: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: "no authority that is known has signed it",
  DEPTH_ZERO_SELF_SIGNED_CERT: "it has signed itself",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server does not send who signed it",
  UNABLE_TO_GET_ISSUER_CERT: "no authority that is known has signed it",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "no authority that is known has signed it",
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "it is for another name than that of the URL",
};
