import type { Socket } from "node:net";

/**
 * Ends a connection with RST. One whose end is on its way is only closed: libuv refuses to reset it, and Node would never say
 * that it is closed (20.20.2).
 */
export function reset(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}
