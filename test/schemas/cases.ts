import type { SchemaName } from "../validation.ts";
import { feedCases } from "./feed-cases.ts";
import { prestashopCases } from "./prestashop-cases.ts";
import { shoptetCases, upgatesCases } from "./shop-cases.ts";

/** What the change is, what to look for in the good document (its first occurrence), and what to put there. */
export type Change = readonly [title: string, from: string | RegExp, to: string];

export interface SchemaCase {
  readonly schema: SchemaName;
  readonly good: string;
  /** Changes after which the document is still good. */
  readonly fine: readonly Change[];
  /** Changes after which it is not. */
  readonly broken: readonly Change[];
}

export const schemaCases: readonly SchemaCase[] = [...shoptetCases, ...upgatesCases, ...feedCases, ...prestashopCases];
