import { amountFeatures } from "./amount-features.ts";
import type { Feature } from "./feature.ts";
import { itemFeatures } from "./item-features.ts";
import { textFeatures } from "./text-features.ts";

/** Applied in this order, so a later one may undo an earlier one. */
export const features: readonly Feature[] = [...textFeatures, ...amountFeatures, ...itemFeatures];
