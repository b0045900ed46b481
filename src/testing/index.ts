export { sampleResult } from "./sample.ts";
export type { FeedSampleResult, SampleOptions, SampleResult } from "./sample.ts";
export { documentResult, exportResult } from "./export.ts";
export type { DocumentResult, ExportResult, ExportSample, InvoicesSample, OrdersSample } from "./export.ts";
export { samplesIn } from "./folder.ts";
export type { DocumentSample, ReadSample, SampleFolder, WriteSample } from "./folder.ts";
