export { DefinitionError, formatIssue, RecordError, TransportError, XmlError } from "./errors.ts";
export type {
  DefinitionErrorCode,
  Issue,
  IssueCode,
  Location,
  Severity,
  TransportErrorCode,
  XmlErrorCode,
} from "./errors.ts";

export type {
  CallOptions,
  Content,
  Listing,
  ListOptions,
  ReadFileOptions,
  RefusedName,
  RemoteFile,
  Transport,
  TransportCapabilities,
  WriteFileOptions,
} from "./ports.ts";
export { fetchBundle } from "./transfer/bundle.ts";
export type { BundleOptions } from "./transfer/bundle.ts";
export { intervalMsOf, sinceQuery } from "./transfer/delivery.ts";
export type {
  HttpAnswer,
  HttpDelivery,
  HttpGet,
  HttpGetOptions,
  HttpQuery,
  HttpValidators,
  JoinedResource,
  PagedResource,
  Resource,
  SinceParameter,
  ValuesFilter,
  Webservice,
  WebserviceDelivery,
} from "./transfer/delivery.ts";
export { incomingFiles } from "./transfer/incoming.ts";
export type { AfterSuccess, Incoming, IncomingFile, IncomingOptions, WaitingFile } from "./transfer/incoming.ts";
export type { TransferLimits } from "./transfer/limits.ts";
export { checkName, checkPath } from "./transfer/names.ts";
export { publish } from "./transfer/publish.ts";
export type { Published, PublishOptions, ReplaceBy } from "./transfer/publish.ts";
export { retrying } from "./transfer/retry.ts";
export type { Retry, RetryOptions } from "./transfer/retry.ts";
export { steady } from "./transfer/steady.ts";

export { readAsInvoices, readInvoices } from "./read-invoices.ts";
export type { InvoicesResult, InvoiceStream } from "./read-invoices.ts";
export { readOrders, readRecords } from "./read.ts";
export type { MappingSource, OrdersResult, ReadOptions, ReadRecordsOptions, ReadResult, RecordStream } from "./read.ts";
export type { Input, InputData } from "./input.ts";
export { writeDocuments, writeRecords } from "./write.ts";
export type { ByteStream, RecordDocument, Records, WriteRecordsOptions, WriteReport } from "./write.ts";
export { writeInvoiceDocuments, writeInvoices, writeOrderDocuments, writeOrders } from "./feed/documents.ts";
export type { DocumentReport, DocumentStream, SeparateDocuments, WriteDocumentsOptions } from "./feed/documents.ts";
export { mergeOptions, readProducts, summarizeFeed, writeProductDocuments, writeProducts } from "./feed/products.ts";
export type { FeedReport, FeedSource, FeedStream, ProductsResult, WriteProductsOptions } from "./feed/products.ts";
export { createFeedSummary } from "./feed/summary.ts";
export type { FeedItem, FeedSummary } from "./feed/summary.ts";
export { diffFeeds, formatDiff } from "./feed/diff.ts";
export type { FeedDiff, FormatDiffOptions, ItemChange } from "./feed/diff.ts";
export { formatGuard, guardFeed } from "./feed/guard.ts";
export type { FormatGuardOptions, GuardReport, Overridden } from "./feed/guard.ts";
export type { GuardOptions, GuardOverride, GuardRule, GuardRules, GuardViolation } from "./feed/guard-rules.ts";
export { createOffer, exportOptionsSchema, stockLevels } from "./model/offer/offer.ts";
export type { ExportOptions, LeftOut, Offer, OfferedProducts } from "./model/offer/offer.ts";
export { compileWriter } from "./mapping/write/compile.ts";
export type { CompiledWriter } from "./mapping/write/compile.ts";
export { explain } from "./mapping/read/explain.ts";
export type { Explanation } from "./mapping/read/explain.ts";
export type { DriftReport } from "./mapping/read/drift.ts";
export { createRecordReader } from "./mapping/read/records.ts";
export type {
  BadRecord,
  GoodRecord,
  ReadItem,
  ReadReport,
  RecordReader,
  RecordReaderOptions,
} from "./mapping/read/records.ts";

export {
  absent,
  all,
  any,
  boolean,
  code,
  companyId,
  compared,
  concat,
  constant,
  country,
  custom,
  date,
  dateTime,
  decimal,
  defineMapping,
  each,
  equals,
  exists,
  fieldIs,
  first,
  has,
  integer,
  join,
  lookup,
  matches,
  not,
  object,
  oneOf,
  parameter,
  parameterIs,
  parts,
  phone,
  readOnly,
  required,
  split,
  template,
  text,
  vatId,
  vatLevel,
  vatRate,
  when,
  writeOnly,
  zip,
} from "./mapping/define.ts";
export type { Fields, Mapping, MappingOptions, Source, Spec, Targets, TypedSchema } from "./mapping/define.ts";
export { compileMapping } from "./mapping/read/compile.ts";
export type { CompiledMapping } from "./mapping/read/compile.ts";
export type { CompileOptions } from "./mapping/setting.ts";
export { mappingJsonSchema, parseMapping } from "./mapping/schema.ts";
export { Invalid } from "./mapping/codec.ts";
export type { Codec, CodecContext } from "./mapping/codec.ts";
export type { Schema } from "./mapping/read/schema-check.ts";
export type {
  Condition,
  MappingData,
  CsvSpec,
  DocumentSpec,
  Node,
  Parameter,
  ParameterReference,
  Paths,
  WriteOptions,
} from "./mapping/spec.ts";

export { check } from "./check.ts";
export type { CheckResult, MissingPath, SampleOptions, UnreadPath } from "./check.ts";
export type { CheckOptions, Problem, ProblemCode } from "./mapping/check/check.ts";
export { inspect } from "./inspect.ts";
export type { Inspection, InspectOptions, PathInfo } from "./mapping/draft/inspect.ts";
export type { DateKind, ValueKind } from "./mapping/draft/kinds.ts";
export { draftMapping } from "./mapping/draft/draft.ts";
export type { Draft } from "./mapping/draft/draft.ts";
export { detect } from "./detect.ts";
export type { Detection, DetectionResult, DetectOptions } from "./detect.ts";

export { customize, customizePreset } from "./customize.ts";
export type { Change, Override } from "./customize.ts";
export { definePreset, exportFeed, importFeed, writesApart } from "./preset.ts";
export type {
  ExportFeed,
  Feed,
  FeedLimits,
  ImportFeed,
  InvoiceRuleData,
  DocumentWriting,
  Maturity,
  Preset,
  Provenance,
  Situation,
} from "./preset.ts";

export { documentOptionsSchema } from "./model/document/options.ts";
export type { DocumentOptions } from "./model/document/options.ts";
export { prepareDocument } from "./model/document/prepare.ts";
export type { PreparationContext, Prepared } from "./model/document/prepare.ts";
export {
  createInvoiceMaker,
  invoiceRulesSchema,
  invoiceSchema,
  parseInvoiceRules,
  toInvoice,
} from "./model/invoice.ts";
export type {
  DateRule,
  DocumentType,
  Invoice,
  InvoiceContext,
  InvoiceMaker,
  InvoiceRounding,
  InvoiceRules,
  Made,
  NextNumber,
  NextNumbers,
  NumberRule,
  SeriesRule,
} from "./model/invoice.ts";
export { paymentKindOf } from "./model/payment.ts";
export type { PaymentTable } from "./model/payment.ts";
export { orderSchema } from "./model/order.ts";
export type {
  Address,
  Amount,
  BankAccount,
  Decimal,
  Instant,
  IsoDate,
  Line,
  LineKind,
  Order,
  Party,
  PaymentKind,
  Price,
  PriceBasis,
  Seller,
  StatusKind,
  Totals,
  VatBreakdown,
  VatCategory,
  VatRegime,
} from "./model/order.ts";
export { productSchema, stockLevelSchema } from "./model/product.ts";
export type {
  Money,
  Product,
  ProductCondition,
  ProductImage,
  ProductParameter,
  ProductPrice,
  Stock,
  StockLevel,
  Variant,
  Warehouse,
} from "./model/product.ts";
export { reconcile } from "./model/reconcile.ts";
export type { TotalsRule } from "./model/rule.ts";
export { checkCompanyId, checkTaxId, checkVatId, normalizeCompanyId, normalizeVatId } from "./model/identifiers.ts";
export { absolute, add, compare, divide, multiply, negate, round, roundToStep, subtract, sum } from "./model/money.ts";
export { vatFromGross, vatFromNet, vatRatesOn, vatTable } from "./model/vat.ts";
export type { VatPeriod, VatRates, VatTable } from "./model/vat.ts";

export type { Encoding } from "./xml/charset.ts";
export type { OutputEncoding } from "./xml/encoder.ts";
export type { Limits } from "./xml/limits.ts";
export type { MalformedPolicy } from "./xml/reader.ts";
export type { RecordSource } from "./xml/source.ts";
