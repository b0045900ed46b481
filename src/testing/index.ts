export { sampleResult } from "./sample.ts";
export type { FeedSampleResult, SampleOptions, SampleResult } from "./sample.ts";
export { exportResult } from "./export.ts";
export type { ExportResult, ExportSample } from "./export.ts";
export { samplesIn } from "./folder.ts";
export type { ReadSample, SampleFolder, WriteSample } from "./folder.ts";
