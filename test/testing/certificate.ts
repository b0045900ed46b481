import { execFileSync } from "node:child_process";

/** A self-signed certificate of localhost and 127.0.0.1, PEM. */
export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Made anew for each test file; undefined where it could not be made, see {@link withoutCertificate}. */
export const certificate: TestCertificate | undefined = make();

/** Why tests of TLS cannot run; undefined if they can. */
export const withoutCertificate: string | undefined =
  certificate === undefined ? "no TLS: openssl is not installed or could not make a certificate" : undefined;

function make(): TestCertificate | undefined {
  const request =
    "req -x509 -newkey rsa:2048 -nodes -keyout - -out - -days 2 -subj /CN=localhost " +
    "-addext subjectAltName=DNS:localhost,IP:127.0.0.1";
  try {
    const pem = execFileSync("openssl", request.split(" "), { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const key = /-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----\n/s.exec(pem)?.[0];
    const cert = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n/s.exec(pem)?.[0];
    return key === undefined || cert === undefined ? undefined : { key, cert };
  } catch {
    return undefined;
  }
}
