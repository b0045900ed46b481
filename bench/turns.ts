const BLOCK_MS = 400;
const WARM_UP_MS = 1500;

/**
 * Works off one block at each message; answers with megabytes a second, by the bytes that `run` reads or writes. `proof`
 * goes along, so that nobody can leave out the work.
 */
export async function takeTurns(
  run: () => void | Promise<void>,
  bytes: number,
  proof: () => string | number,
): Promise<void> {
  for (const start = performance.now(); performance.now() - start < WARM_UP_MS;) await run();
  const start = performance.now();
  await run();
  const repeats = Math.max(1, Math.ceil(BLOCK_MS / (performance.now() - start)));

  const block = async (): Promise<void> => {
    const from = performance.now();
    for (let index = 0; index < repeats; index++) await run();
    const rate = (bytes * repeats) / 1e3 / (performance.now() - from);
    process.send?.({ rate, proof: proof() });
  };
  process.on("message", () => void block());
  process.on("disconnect", () => process.exit(0));
  process.send?.({ ready: true });
}
