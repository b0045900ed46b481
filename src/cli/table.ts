import type { Colors, Output } from "./io.ts";
import { fit, widthOf } from "./width.ts";

/** A column: its title, how wide it may get, and where its text goes. */
export interface Column {
  readonly title: string;
  readonly most: number;
  readonly align?: "left" | "right";
}

/** Prints rows under one another. */
export interface Table {
  row(cells: readonly string[]): Promise<void>;
  end(): Promise<void>;
}

/** Rows that are kept to see how wide the columns have to be; those behind them must fit. */
const SEEN_ROWS = 100;

export function createTable(columns: readonly Column[], out: Output, colors: Colors): Table {
  let waiting: (readonly string[])[] | undefined = [];
  let widths: readonly number[] = [];

  async function print(cells: readonly string[], paint: (text: string) => string = (text) => text): Promise<void> {
    const fitted = columns.map(({ align }, index) => fit(cells[index] ?? "", widths[index] ?? 0, align));
    await out.write(`${paint(fitted.join("  ").trimEnd())}\n`);
  }

  async function start(): Promise<void> {
    const rows = waiting ?? [];
    waiting = undefined;
    widths = columns.map(({ title, most }, index) =>
      Math.max(widthOf(title), ...rows.map((row) => Math.min(most, widthOf(row[index] ?? "")))),
    );
    if (rows.length > 0)
      await print(
        columns.map(({ title }) => title),
        colors.bold,
      );
    for (const row of rows) await print(row);
  }

  return {
    async row(cells) {
      if (waiting === undefined) return print(cells);
      waiting.push(cells);
      if (waiting.length >= SEEN_ROWS) await start();
    },
    async end() {
      if (waiting !== undefined) await start();
      await out.flush();
    },
  };
}
