/** Why an attached e-invoice could not be used. All are final for this file: the case goes to a person. */
abstract class EmbeddedXmlError extends Error {}

/** It declares a document type or entities, which no invoice needs and which can expand without end or fetch other files. */
export class XmlHasEntitiesError extends EmbeddedXmlError {
  override readonly name = "XmlHasEntitiesError";
}

/** Larger, or nested deeper, than the limit. */
export class XmlTooLargeError extends EmbeddedXmlError {
  override readonly name = "XmlTooLargeError";
}

/** Not well-formed. */
export class XmlUnreadableError extends EmbeddedXmlError {
  override readonly name = "XmlUnreadableError";
}

/** Well-formed, but neither a Cross Industry Invoice nor a UBL invoice. */
export class XmlNotAnInvoiceError extends EmbeddedXmlError {
  override readonly name = "XmlNotAnInvoiceError";
}
