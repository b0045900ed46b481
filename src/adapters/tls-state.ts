import type { PeerCertificate, TLSSocket } from "node:tls";

/** A TLS connection, whatever its certificate is worth. */
export interface TlsState {
  /** `"TLSv1.3"` */
  readonly protocol: string;
  /** Why the certificate is not trusted: `"SELF_SIGNED_CERT_IN_CHAIN"`; undefined if it is. */
  readonly distrust: string | undefined;
  readonly certificate: PeerCertificate;
}

/** What a connection shows that was made with `rejectUnauthorized: false`. */
export function tlsState(socket: TLSSocket): TlsState {
  // Typed as an error, but of a certificate that cannot be verified it is the code of one.
  const reason: unknown = socket.authorizationError;
  const code = reason instanceof Error && "code" in reason ? reason.code : reason;
  return {
    protocol: socket.getProtocol() ?? "an unknown protocol",
    distrust: socket.authorized ? undefined : String(code),
    certificate: socket.getPeerCertificate(),
  };
}
